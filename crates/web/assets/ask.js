// The report: its steps one at a time. Everything typed or chosen stands in the form and in `report`, in this page's
// memory only; leaving forgets it. Nothing is sent before she presses Send.

import { Files } from "asset:files.js";
import { Questions, raised } from "asset:ask-questions.js";
import { Receipt, printCard } from "asset:receipt.js";
import { Sending } from "asset:ask-send.js";
import { Whom } from "asset:ask-whom.js";
import { onForget } from "asset:exit.js";
import { offerReading } from "asset:speak.js";
import { keepThisPage, otherAddress, putPage } from "asset:swap.js";
import { at, said } from "asset:words.js";

/** Seconds that a step takes, for what is left. */
const SECONDS = {
  who: 10, age: 15, danger: 10, relation: 10, place: 15, organisations: 60, rules: 50, story: 150, harm: 20, files: 40, clear: 30,
};
const QUESTION_SECONDS = 12;
const RECEIPT_SECONDS = 60;
/** The names of the parts, for where she is. */
const BEFORE = ["who", "age", "danger", "relation", "place"];
const YOUNG = ["under_7", "7_11", "12_15"];

/** What came along, what was made; everything else stands in the form. */
let report = fresh();
let started = false;

function fresh() {
  return { findings: undefined, text: "", step: "who", dirty: false, files: undefined, questions: undefined, whom: undefined, sending: undefined, receipt: undefined };
}

/** @param {{findings?: any, text?: string, audience?: string, age?: string, province?: string}} [along] */
export function startAsk(along = {}) {
  if (!document.getElementById("ask")) return;
  keepThisPage();
  if (!started) {
    started = true;
    listen();
  }
  report = { ...fresh(), findings: along.findings?.error ? undefined : along.findings, text: along.text ?? "" };
  report.files = new Files(nameNext);
  report.questions = new Questions();
  const { files, questions } = report;
  report.whom = new Whom(facts, (limits, organisations) => {
    files.limits = { bytes: limits.files_bytes_unopened, count: limits.files };
    questions.learn(organisations);
  });
  report.sending = new Sending(report);
  report.receipt = new Receipt();
  wake();
  report.dirty = report.findings !== undefined;
  if (along.province) at("province").value = along.province;
  if (along.audience && along.audience !== "self") choose("audience", along.audience);
  if (along.age && along.age !== "unknown") choose("age", along.age);
  showFound();
  shape();
  show("who", along.findings !== undefined);
}

/** What a page in the other language needs as well. */
function wake() {
  at("ask-nav").hidden = false;
  report.files.wake();
  report.whom.wake();
  report.questions.wake();
  const lang = document.documentElement.lang;
  if (!value("language")) choose("language", lang);
  offerReading(at("ask-aloud"), lang, spoken);
}

function listen() {
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    next();
  });
  document.addEventListener("click", pressed);
  document.addEventListener("change", changed);
  document.addEventListener("input", (event) => {
    if (!inForm(event.target)) return;
    report.dirty = true;
    nameNext();
  });
  // Going away by mistake would lose her words; leaving at once forgets them first, so it never asks.
  addEventListener("beforeunload", (event) => {
    if (report.dirty) event.preventDefault();
  });
  onForget(forget);
  // A page that waited in memory for "back" was forgotten: it starts anew.
  addEventListener("pageshow", (event) => event.persisted && form() && location.reload());
}

function forget() {
  report.dirty = false;
  report.files?.forget();
  report.sending?.forget();
  report.receipt?.forget();
  report = fresh();
  document.getElementById("questions")?.replaceChildren();
}

const form = () => /** @type {HTMLFormElement | null} */ (document.getElementById("ask"));
const inForm = (target) => target instanceof Element && form()?.contains(target);

/** @param {string} name */
export const value = (name) => String(new FormData(form() ?? undefined).get(name) ?? "");

/** @param {string} name @param {string} code */
function choose(name, code) {
  const box = /** @type {HTMLInputElement | null} */ (form().querySelector(`input[name="${name}"][value="${CSS.escape(code)}"]`));
  if (box) box.checked = true;
}

/** What would stand in the clear, and what decides which questions fit. */
export function facts() {
  const found = report.findings;
  const harm = value("harm") || undefined;
  const child = ["under_7", "7_11", "12_15", "16_17"].includes(value("age"));
  const today = child && found?.urgency && found.urgency !== "now" && harm;
  const urgencies = [value("urgency"), report.questions?.urgency(), value("urgency") ? undefined : found?.urgency, today ? "today" : undefined];
  return {
    harm,
    urgency: raised(urgencies),
    age: value("age") || undefined,
    sex: value("sex") || undefined,
    province: form().querySelector("#abroad").checked ? "abroad" : value("province") || undefined,
    language: value("language") || undefined,
    audience: value("audience") || undefined,
    relation: value("relation") || undefined,
  };
}

/** Simpler words, words about another, calls, warnings: whatever follows from what she chose. */
function shape() {
  const now = facts();
  const another = now.audience !== undefined && now.audience !== "self";
  form().toggleAttribute("data-another", another);
  form().toggleAttribute("data-young", !another && YOUNG.includes(now.age ?? ""));
  at("danger-calls").hidden = value("urgency") !== "now";
  at("question-calls").hidden = !(report.step.startsWith("q-") && report.questions.urgencyOf(report.step) === "now");
  const grown = ["18_24", "25_59", "60_plus"].includes(now.age ?? "");
  const chosen = form().querySelector("input[name=harm]:checked");
  const sexual = now.harm === undefined || chosen?.hasAttribute("data-sexual");
  at("picture-warning").hidden = grown || !sexual;
  report.whom.fit(now);
  report.questions.fit(now, chosenIds());
}

/** What the check found stands first, already chosen, and can be changed. */
function showFound() {
  const harms = (report.findings?.harms ?? []).slice(0, 3).map((harm) => harm.code);
  at("came-along").hidden = report.findings === undefined;
  at("with-text-line").hidden = !report.text;
  at("harm-found").hidden = harms.length === 0;
  const tiles = harms.map((code) => form().querySelector(`details input[name=harm][value="${code}"]`)?.closest("label").cloneNode(true));
  at("harm-found").querySelector(".tiles").replaceChildren(...tiles.filter(Boolean));
  const first = at("harm-found").querySelector("input");
  if (first && !value("harm")) first.checked = true;
}

function steps() {
  return [...BEFORE, "organisations", "rules", "story", "harm", ...report.questions.steps(), "files", "clear"];
}

const chosenIds = () => report.whom.chosen().map((each) => each.id);

const section = (step) => /** @type {HTMLElement} */ (form().querySelector(`[data-step="${step}"]`));

/** @param {string} step */
export function show(step, focus = true) {
  report.step = step;
  shape();
  if (step === "organisations") report.sending.warm();
  if (step === "rules") report.whom.showRules();
  if (step === "clear") report.sending.showClear(facts(), report.whom.chosen());
  for (const each of form().querySelectorAll(".step")) each.hidden = each.dataset.step !== step;
  const all = steps();
  const place = all.indexOf(step);
  const asking = place >= 0;
  at("ask-back").hidden = place <= 0 && step !== "asked-back";
  at("ask-next").hidden = ["send", "done"].includes(step);
  at("ask-hurry-line").hidden = !asking || place <= all.indexOf("rules") || step === "clear";
  at("ask-where").hidden = at("ask-progress").hidden = !asking;
  if (asking) progress(all, place);
  nameNext();
  globalThis.speechSynthesis?.cancel();
  if (!focus) return;
  section(step).querySelector("h2").focus({ preventScroll: true });
  scrollTo({ top: 0 });
}

function progress(all, place) {
  const seconds = (steps) => steps.reduce((sum, step) => sum + (SECONDS[step] ?? QUESTION_SECONDS), RECEIPT_SECONDS);
  const line = at("ask-where");
  const minutes = Math.round(seconds(all.slice(place)) / 60);
  const left = minutes < 1 ? line.dataset.minute : said(line.dataset.minutes, { n: minutes });
  line.textContent = `${said(line.dataset.part, { n: place + 1 })} · ${left}`;
  at("ask-progress").value = (place / all.length) * 100;
}

/** Whether anything was answered here. */
function answered(step) {
  if (step === "files") return report.files.list.length > 0;
  if (step === "organisations") return report.whom.chosen().length > 0;
  const boxes = [...(section(step)?.querySelectorAll("input, textarea, select") ?? [])];
  return boxes.some((box) => (["radio", "checkbox"].includes(box.type) ? box.checked : box.value.trim() !== ""));
}

function nameNext() {
  const button = at("ask-next");
  const step = report.step;
  const data = button.dataset;
  const plain = ["rules", "asked-back"].includes(step) || answered(step);
  const word = { clear: data.send, receipt: data.kept }[step] ?? (plain ? data.next : data.skip);
  button.textContent = word ?? "";
}

function next() {
  const step = report.step;
  if (step === "organisations" && !report.whom.mayGoOn(facts())) return;
  if (step === "clear") return send();
  if (step === "receipt") return report.receipt.askBack(() => show("asked-back"));
  if (step === "asked-back") return report.receipt.check() && finish();
  const all = steps();
  show(all[all.indexOf(step) + 1]);
}

function back() {
  if (report.step === "asked-back") return show("receipt");
  const all = steps();
  show(all[Math.max(0, all.indexOf(report.step) - 1)]);
}

async function send() {
  if (report.whom.chosen().length === 0) {
    show("organisations");
    at("needs-one").hidden = false;
    at("needs-one").focus();
    return;
  }
  show("send");
  const words = await report.sending.send(facts(), report.whom.chosen(), report.whom.answers());
  if (words === "again") return show("clear");
  if (!words) return;
  report.receipt.show(words);
  show("receipt");
}

function finish() {
  report.dirty = false;
  const line = at("answer-by");
  const within = report.sending.answerWithin;
  line.textContent = within < 2 * 86400
    ? said(line.dataset.hours, { n: Math.round(within / 3600) })
    : said(line.dataset.days, { n: Math.round(within / 86400) });
  report.receipt.forget();
  show("done");
}

/** @param {MouseEvent} event */
function pressed(event) {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("#switch-language") && form() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    switchLanguage();
  }
  if (!inForm(target)) return;
  if (target.closest("#ask-back")) back();
  else if (target.closest("#ask-hurry")) show("clear");
  else if (target.closest("#choose-whom")) show("organisations");
  else if (target.closest("#describe")) show("story");
  else if (target.closest("#see-again")) show("receipt");
  else if (target.closest("#print-card")) printCard();
  else if (target.closest("#save-proof")) report.sending.saveProof();
  else if (target instanceof HTMLInputElement && target.type === "radio") unchoose(target);
}

/** Pressing what is chosen takes the choice back: everything can be left out. */
function unchoose(radio) {
  if (radio.dataset.was === "1") {
    radio.checked = false;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const each of form().querySelectorAll(`input[name="${CSS.escape(radio.name)}"]`)) each.dataset.was = each.checked ? "1" : "";
}

function changed(event) {
  if (!inForm(event.target)) return;
  report.dirty = true;
  shape();
  nameNext();
}

/** The same report in the other language: what is typed and chosen stays. */
async function switchLanguage() {
  const kept = [...new FormData(form())].filter(([, each]) => typeof each === "string");
  const step = report.step;
  const open = [...form().querySelectorAll("input[name=open]:checked")].map((box) => box.value);
  try {
    await putPage(otherAddress());
  } catch {
    // No network: better her words here than an empty page there.
    return;
  }
  showFound();
  await report.questions.load();
  restore(kept, open);
  wake();
  await report.whom.load();
  restore(kept, open);
  report.receipt.draw();
  shape();
  show(step, false);
  at("switch-language").focus();
}

function restore(kept, open) {
  report.questions.fit(facts(), chosenIds());
  for (const radio of form().querySelectorAll("input[type=radio]")) radio.checked = false;
  for (const [name, each] of kept) {
    const boxes = [...form().querySelectorAll(`[name="${CSS.escape(name)}"]`)];
    const box = boxes.find((one) => !["radio", "checkbox"].includes(one.type) || one.value === each);
    if (!box) continue;
    if (["radio", "checkbox"].includes(box.type)) box.checked = true;
    else box.value = each;
  }
  for (const box of form().querySelectorAll(".org-head input")) box.dispatchEvent(new Event("change", { bubbles: true }));
  for (const box of form().querySelectorAll("input[name=open]")) box.checked = open.includes(box.value);
}

/** The question and its answers; never what she wrote: the people around her would hear it. */
function spoken() {
  const parts = section(report.step)?.querySelectorAll("h2, .lead, .tile > span, legend, .emergency h3, .call-big, .rules li, .note:not([hidden])") ?? [];
  return [...parts].filter((part) => part.checkVisibility?.() ?? true).map((part) => part.innerText);
}
