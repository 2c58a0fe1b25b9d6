// Papers of an opened case: filled in here, shown as they lie on paper, printed, copied or saved. Nothing goes to the
// server but that something was taken out.

import { post } from "asset:desk-api.js";
import { openClerk, saveFile } from "asset:desk-clerk.js";
import { at, busy, complain, make, notice } from "asset:desk-dom.js";
import { organisationName } from "asset:desk-entry.js";
import { desk } from "asset:desk-keys.js";
import { nameOf } from "asset:desk-names.js";
import { beginRequest } from "asset:desk-requests.js";
import { drawSheet } from "asset:desk-sheet.js";
import { dressTakedown } from "asset:desk-takedown.js";
import { whenWork } from "asset:desk-work.js";
import { moment, now, say } from "asset:desk-words.js";

/** Which notes hold papers; a plan that was made with her is of a kind of its own. */
const ABOUT = ["form", "plan"];
/** The paper in hand. @type {{code: string, of: string, locked: boolean, case: string, clerk: any, typed: Set<string>, noted: boolean, dirty: boolean, kept?: string, request?: string} | null} */
let paper = null;
/** @type {() => any} */
let opened = () => null;
/** @type {(about: string, json: string) => Promise<void>} */
let keep;

/**
 * @param {() => any} whatIsOpen the opened case: `{found, row, contents}`
 * @param {(about: string, json: string) => Promise<void>} keepWith seals what was filled in and keeps it with the case
 */
export function startPapers(whatIsOpen, keepWith) {
  opened = whatIsOpen;
  keep = keepWith;
  whenWork(drawKept, () => drawKept({ events: [] }));
  for (const button of document.querySelectorAll("[data-paper]")) {
    button.addEventListener("click", () => take(/** @type {any} */ (button).dataset.paper).catch((error) => notice(String(error.message ?? error), "stern")));
  }
  const form = at("paper-form");
  // Choosing by the keyboard of some systems tells of a change alone.
  for (const event of ["input", "change"]) form.addEventListener(event, ({ target }) => typed(target.name));
  form.addEventListener("submit", (event) => event.preventDefault());
  at("paper-language").addEventListener("change", () => { fill(); draw(); });
  const dialog = at("paper-dialog");
  dialog.addEventListener("cancel", (event) => { if (!mayClose()) event.preventDefault(); });
  dialog.addEventListener("close", clear);
  at("paper-close").addEventListener("click", () => { if (mayClose()) dialog.close(); });
  for (const [id, work] of Object.entries({ print: onPaper, copy, letter, keep: keepIt, "to-her": toHer })) {
    at(`paper-${id}`).addEventListener("click", () => busy(at(`paper-${id}`), "paper-error", work));
  }
}

/** Nothing of it stays in the page. */
export function forgetPaper() {
  if (at("paper-dialog").open) at("paper-dialog").close();
  clear();
}

/** What was filled in, for keeping: `{paper, lang, values}`, and to which platform a notice began a request. */
export const collect = () => ({ paper: paper?.code, lang: at("paper-language").value, values: values(), request: paper?.request });

const mayClose = () => !paper?.dirty || confirm(say("paper-unkept"));

/** An opened case as `papers::Case` reads it. */
export function caseOf({ found, row, contents }) {
  const author = (by) => (by === "person" ? say("package-person") : organisationName(by));
  const { facts, audience, granted_at: received } = { ...row, ...found };
  const entries = found.entries.map((entry, index) => ({
    number: entry.number, kind: entry.kind, at: entry.at, author: author(entry.author), content: contents[index] ?? null,
  }));
  const { age, harm } = found.work;
  const known = { ...facts, ...(age && { age }), ...(harm && { harm }) };
  return JSON.stringify({ facts: known, audience, received, now: Math.floor(now()), organisation: desk.organisation.name, entries });
}

/** @param {string} code */
const nameOfPaper = (code) => document.querySelector(`[data-paper="${code}"]`)?.textContent ?? "";

/** What was handed out or kept before, the latest first: it opens as it was. @param {{events: any[]}} of */
function drawKept({ events }) {
  const kept = events.filter(({ change, words }) => change?.kind === "noted" && ABOUT.includes(change.about) && words?.paper).reverse();
  at("paper-kept-part").hidden = kept.length === 0;
  at("paper-kept").replaceChildren(...kept.map((event) => {
    const button = /** @type {HTMLButtonElement} */ (make("button", nameOfPaper(event.words.paper), "bar-button"));
    button.type = "button";
    button.addEventListener("click", () => take(event.words.paper, event.words).catch((error) => notice(String(error.message ?? error), "stern")));
    const item = make("li");
    item.append(button, make("span", `${nameOf(event.member)} · ${moment(event.at)}`, "fine"));
    return item;
  }));
}

/** @param {string} code @param {{lang: string, values: Record<string, string>, request?: string}} [before] as it was kept */
async function take(code, before) {
  const open = opened();
  if (!open) return;
  const clerk = await openClerk();
  if (opened()?.found.id !== open.found.id) return;
  paper = {
    code, of: open.found.id, locked: Boolean(open.found.locked_at), case: caseOf(open), clerk, typed: new Set(), noted: false, dirty: false,
    request: before?.request,
  };
  const template = at(`t-paper-${code}`);
  at("paper-form").replaceChildren(template.content.cloneNode(true));
  at("paper-heading").textContent = nameOfPaper(code);
  const languages = template.dataset.languages.split(" ");
  const wished = before ? before.lang : template.dataset.toHer !== undefined ? (open.row.facts.language ?? document.documentElement.lang) : document.documentElement.lang;
  at("paper-language").value = languages.includes(wished) ? wished : languages[0];
  at("paper-language-box").hidden = languages.length < 2;
  at("paper-to-her").hidden = template.dataset.toHer === undefined;
  at("paper-letter").hidden = code !== "takedown";
  at("paper-keep").hidden = !desk.may.has("note");
  fill();
  if (code === "takedown") dressTakedown(at("paper-form"), clerk.only_hotline(paper.case));
  if (before) {
    put(before.values);
    paper.kept = JSON.stringify(collect());
  }
  draw();
  at("paper-dialog").showModal();
  at("paper-form").scrollTop = 0;
  at("paper-heading").focus();
}

/** As it was, whatever the case says by now. @param {Record<string, string>} values */
function put(values) {
  for (const box of boxes()) {
    paper?.typed.add(box.name);
    box.removeAttribute("data-given");
    const value = values[box.name] ?? "";
    if (!["checkbox", "radio"].includes(box.type)) box.value = value;
    else box.checked = box.dataset.many === undefined ? box.value === value : value.split(" ").includes(box.value);
    if (box.localName === "select") box.dispatchEvent(new Event("change"));
  }
}

/** @param {string} name of a field that somebody filled in */
function typed(name) {
  if (!paper) return;
  paper.typed.add(name);
  paper.dirty = true;
  draw();
}

/** What fills itself, where nobody typed. */
function fill() {
  if (!paper) return;
  const known = JSON.parse(paper.clerk.filled(paper.code, paper.case, at("paper-language").value));
  for (const box of boxes()) {
    if (paper.typed.has(box.name) || !("value" in box) || ["checkbox", "radio"].includes(box.type)) continue;
    box.value = known[box.name] ?? "";
    box.toggleAttribute("data-given", box.name in known);
  }
}

/** @returns {any[]} */
const boxes = () => [...at("paper-form").querySelectorAll("[name]")];

function values() {
  /** @type {Record<string, string>} */
  const all = {};
  for (const box of boxes()) {
    const chosen = !["checkbox", "radio"].includes(box.type) || box.checked;
    if (!chosen || !box.value) continue;
    all[box.name] = box.dataset.many === undefined ? box.value : [all[box.name], box.value].filter(Boolean).join(" ");
  }
  return all;
}

/** The sheet beside the form, and the one for the printer. */
function draw() {
  if (!paper) return;
  const sheet = JSON.parse(paper.clerk.sheet(paper.code, JSON.stringify(values()), at("paper-language").value));
  for (const place of ["paper-sheet", "on-paper"]) at(place).replaceChildren(...drawSheet(sheet));
  document.body.dataset.printing = "paper";
  complain("paper-error");
  for (const part of at("paper-form").querySelectorAll("fieldset:has(> .field [data-count])")) {
    const chosen = [...part.querySelectorAll(".paper-levels :checked")].map((box) => box.value);
    const names = [...part.querySelector(".paper-levels").querySelectorAll("strong")].map((name) => name.textContent);
    const said = ["high", "medium", "low"].map((level, index) => `${names[index]}: ${chosen.filter((one) => one === level).length}`);
    part.querySelector("[data-count]").textContent = said.join(" · ");
  }
}

function clear() {
  paper = null;
  for (const place of ["paper-form", "paper-sheet", "on-paper"]) at(place).replaceChildren();
  for (const place of ["paper-heading", "paper-status"]) at(place).textContent = "";
  complain("paper-error");
  delete document.body.dataset.printing;
}

/** As it is now, once; who may write no notes keeps none. */
async function keepNow() {
  const json = JSON.stringify(collect());
  const mine = paper;
  if (!mine || mine.kept === json || !desk.may.has("note")) return;
  await keep(mine.code === "safety_plan" ? "plan" : "form", json);
  mine.kept = json;
  mine.dirty = false;
}

/**
 * Before something leaves: it must be whole, she sees that it was taken out, and colleagues find it in the case. A locked
 * case takes no such note.
 */
async function leaving() {
  if (!paper) throw new Error("closed");
  if (paper.code === "takedown") paper.clerk.check_notice(JSON.stringify(values()), document.documentElement.lang);
  const mine = paper;
  if (!paper.noted && !paper.locked) await post(`cases/${paper.of}/export`);
  mine.noted = true;
  if (paper.code === "takedown") await follow(mine);
  await keepNow();
  // Closed meanwhile: nothing may leave any more.
  if (paper !== mine) throw new Error(say("gone"));
  mine.dirty = false;
  return mine;
}

/** A notice begins a request, one for each platform. That there is no room for it keeps no notice back. @param {any} mine */
async function follow(mine) {
  const { platform, links } = values();
  if (mine.request === platform) return;
  try {
    if (await beginRequest(platform, links)) mine.request = platform;
  } catch (error) {
    notice(String(/** @type {any} */ (error).message ?? error), "stern");
  }
}

async function onPaper() {
  await leaving();
  print();
}

async function copy() {
  const { clerk, code } = await leaving();
  try {
    await navigator.clipboard.writeText(clerk.text(code, JSON.stringify(values()), at("paper-language").value));
  } catch {
    throw new Error(say("paper-not-copied"));
  }
  at("paper-status").textContent = say("paper-copied");
}

async function letter() {
  const make = () => paper?.clerk.letter(JSON.stringify(values()), paper.case, at("paper-language").value, document.documentElement.lang);
  // What is wrong is said before anything is noted.
  make();
  await leaving();
  saveFile(make(), "message/rfc822", `${say("paper-letter")}.eml`);
  at("paper-status").textContent = say("paper-saved");
}

async function keepIt() {
  await keepNow();
  if (paper) at("paper-status").textContent = say("paper-kept");
}

/** It goes to her by the answer, which the worker reads again and sends. */
async function toHer() {
  await keepNow();
  if (!paper) return;
  const text = paper.clerk.text(paper.code, JSON.stringify(values()), at("paper-language").value);
  const box = at("reply-text");
  box.value = [box.value.trim(), text.trim()].filter(Boolean).join("\n\n");
  at("paper-dialog").close();
  notice(say("paper-answer"));
  box.focus();
}
