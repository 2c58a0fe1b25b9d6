// A lesson on its way: one step at a time, what came of it, and the end. The tutor (WASM) judges on this device; nothing
// of what she answers leaves it.

import { onForget } from "asset:exit.js";
import { make, press } from "asset:learn-dom.js";
import { fragment, showHow } from "asset:learn-how.js";
import { offerRemembering, remember, remembered, today } from "asset:learn-keep.js";
import { drawStep, isOnlyRead } from "asset:learn-steps.js";
import { offerReading } from "asset:speak.js";
import { keepThisPage, otherAddress, putPage } from "asset:swap.js";
import init, { Boxes, Tutor } from "asset:tutor.js";
import { at, copyOf, names, said } from "asset:words.js";

/** @type {Promise<unknown> | undefined} */
let wasm;
/** @type {{tutor: any, pack: any, json: string, own: Record<number, string[]>, again: number[] | null} | null} */
let lesson = null;
let answered = false;

export function startLive() {
  keepThisPage();
  wake().then(() => {
    // Steps that are met again are begun at once: she asked for them on the path.
    const again = fragment("again")?.split(",").map(Number).filter((step) => step < lesson?.pack.step.length) ?? [];
    if (lesson && again.length) {
      lesson.again = again;
      begin();
    }
  });
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!lesson || !target) return;
    if (target.closest("#begin, #end-again")) begin();
    else if (target.closest("#step-next")) goOn();
    else if (target.closest("#step-back")) goBack();
    else if (target.closest("#switch-language") && begun() && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      switchLanguage();
    }
  });
  onForget(() => {
    if (lesson) lesson.own = {};
    document.querySelectorAll("[data-own]").forEach((each) => { each.textContent = "…"; });
  });
}

const words = () => at("live").dataset;
const begun = () => !at("live").hidden;

/** Gets the tutor and this page's lesson. */
async function wake() {
  const button = /** @type {HTMLButtonElement} */ (at("begin"));
  try {
    wasm ??= init({ module_or_path: fetch("asset:tutor_bg.wasm", { credentials: "omit" }) });
    const [response] = await Promise.all([fetch(at("learn").dataset.content ?? "", { credentials: "omit" }), wasm]);
    if (!response.ok) throw new Error("no lesson");
    const json = await response.text();
    lesson = { tutor: new Tutor(json), pack: JSON.parse(json), json, own: {}, again: null };
    button.disabled = false;
    document.body.dataset.lesson = "ready";
  } catch {
    wasm = undefined;
    lesson = null;
    at("begin-status").textContent = button.dataset.failed ?? "";
  }
}

function begin() {
  if (!lesson) return;
  lesson.tutor = new Tutor(lesson.json);
  if (lesson.again) lesson.tutor.go_to(lesson.again[0]);
  open();
  show();
}

/** The place where it is done, with the entrance made small. */
function open() {
  at("entrance").dataset.small = "";
  at("live").hidden = false;
  const read = at("live-read");
  if (read.dataset.offered) return;
  read.dataset.offered = read.textContent ?? "";
  offerReading(read, document.documentElement.lang, partsToRead);
}

/** @param {boolean} [focus] */
function show(focus = true) {
  if (!lesson) return;
  const { tutor, pack, again } = lesson;
  const [box, step] = [at("step"), pack.step[tutor.at()]];
  globalThis.speechSynthesis?.cancel();
  at("live-read").textContent = at("live-read").dataset.offered ?? "";
  answered = false;
  at("live-ways").hidden = !step;
  at("live-head").hidden = !step;
  if (!step) return end();
  const steps = again ?? pack.step.map((/** @type {unknown} */ _, /** @type {number} */ number) => number);
  const place = steps.indexOf(tutor.at());
  Object.assign(at("live-progress"), { max: steps.length, value: place });
  at("live-place").textContent = said(words().of, { n: place + 1, of: steps.length });
  /** @type {HTMLButtonElement} */ (at("step-back")).disabled = place <= 0;
  const heading = make("h2", names(words().kinds).get(step.kind));
  Object.assign(heading, { id: "step-heading", tabIndex: -1 });
  const own = (lesson.own[tutor.at()] ??= []);
  const context = { tutor, pack, words: words(), own, answer, say: (/** @type {string} */ text) => { at("step-said").textContent = text; } };
  box.dataset.kind = step.kind;
  box.replaceChildren(heading, ...drawStep(step, context));
  nameNext();
  if (focus) moveTo(heading);
}

/** @param {HTMLElement} heading */
function moveTo(heading) {
  heading.focus({ preventScroll: true });
  at("live").scrollIntoView({ block: "start" });
}

/** @param {unknown} answer @returns {string} */
function answer(answer) {
  if (!lesson) return "done";
  const { tutor, pack, again } = lesson;
  const [step, outcome] = [tutor.at(), tutor.answer(JSON.stringify(answer))];
  const kept = remembered();
  if (again && kept && !answered) {
    const boxes = new Boxes(JSON.stringify(kept.boxes));
    boxes.met(pack.id, step, outcome === "right", today());
    remember({ ...kept, boxes: JSON.parse(boxes.kept()) });
  }
  answered = true;
  nameNext();
  return outcome;
}

/** Whether there is a step behind this one. */
function nextStep() {
  const { tutor, pack, again } = /** @type {NonNullable<typeof lesson>} */ (lesson);
  if (!again) return tutor.at() + 1;
  return again[again.indexOf(tutor.at()) + 1] ?? pack.step.length;
}

function nameNext() {
  if (!lesson) return;
  const { next, skip, finish } = words();
  const { pack, tutor } = lesson;
  const isLast = nextStep() >= pack.step.length;
  const passes = answered || isOnlyRead(pack.step[tutor.at()].kind);
  at("step-next").textContent = (passes ? (isLast ? finish : next) : skip) ?? "";
}

function goOn() {
  if (!lesson) return;
  const { tutor, pack } = lesson;
  if (isOnlyRead(pack.step[tutor.at()].kind)) tutor.answer('"done"');
  tutor.go_to(nextStep());
  show();
}

function goBack() {
  if (!lesson) return;
  const { tutor, again } = lesson;
  tutor.go_to(again ? again[again.indexOf(tutor.at()) - 1] ?? again[0] : Math.max(tutor.at() - 1, 0));
  show();
}

/** Behind the last step. */
function end() {
  if (!lesson) return;
  const { tutor, pack } = lesson;
  const box = at("step");
  box.dataset.kind = "end";
  box.replaceChildren(copyOf("end-template"));
  const { points, of } = JSON.parse(tutor.score());
  at("end-points").textContent = of ? said(words().points, { n: points, of }) : "";
  const missed = [...tutor.missed()];
  at("end-missed").hidden = missed.length === 0;
  const kinds = names(words().kinds);
  const list = at("end-missed").querySelector("ul");
  at("end-missed").querySelector("p").textContent = words().missedAll ?? "";
  for (const step of missed) {
    const item = make("li");
    item.append(press(said(words().redo, { n: step + 1, kind: kinds.get(pack.step[step].kind) }), "button quiet", () => {
      tutor.go_to(step);
      show();
    }));
    list.append(item);
  }
  box.querySelector(".certificate-title").textContent = pack.title;
  box.querySelector(".certificate-aim").textContent = pack.aim;
  /** @type {HTMLElement} */ (box.querySelector(".certificate-part")).hidden = lesson.again !== null;
  const keep = () => noteDone(missed);
  offerRemembering(keep);
  keep();
  moveTo(at("step-heading"));
}

/** Only where she wants it remembered. @param {number[]} missed */
function noteDone(missed) {
  const kept = remembered();
  if (!kept || !lesson || lesson.again) return;
  const boxes = new Boxes(JSON.stringify(kept.boxes));
  for (const step of missed) boxes.missed(lesson.pack.id, step, today());
  remember({ done: [...new Set([...kept.done, lesson.pack.id])], boxes: JSON.parse(boxes.kept()) });
}

/** What of a step is read out. */
function partsToRead() {
  const parts = at("step").querySelectorAll("h2, h3, p:not(.fine), legend, label, li:not(:has(li, p, button)), .answer, .piece");
  return [...parts].filter((part) => part.checkVisibility?.() ?? true).map((part) => part.textContent ?? "");
}

/** The same step in the other language; where she is goes along in memory. */
async function switchLanguage() {
  if (!lesson) return;
  const { tutor: before, own, again } = lesson;
  try {
    await putPage(otherAddress());
  } catch {
    // No network, and never had the other language: better here than nowhere.
    return;
  }
  showHow();
  await wake();
  if (!lesson) return;
  lesson.tutor.resume(before);
  Object.assign(lesson, { own, again });
  open();
  show(false);
  at("switch-language").focus();
}
