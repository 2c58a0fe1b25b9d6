// Entered on her behalf: sealed here as her own device would, with a receipt that is shown once.

import { Questions } from "asset:ask-questions.js";
import { Problem, post } from "asset:desk-api.js";
import { at, busy, make } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { fetchTerms, sealCase } from "asset:desk-sealing.js";
import { say } from "asset:desk-words.js";
import { Files } from "asset:files.js";
import { Receipt, printCard } from "asset:receipt.js";

const FACTS = ["harm", "urgency", "age", "sex", "province", "language"];

const receipt = new Receipt();
const files = new Files(() => { waiting = null; });
/** @type {Questions} */
let questions;
/** What is sealed and not acknowledged: the same again, until it is. @type {any} */
let waiting = null;
/** @type {any} */
let terms = null;

const value = (name) => at(`enter-${name}`).value.trim();
const others = () => [...at("enter-others").querySelectorAll(":checked")].map((box) => box.value);

export function startEnter() {
  at("enter-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(at("enter-go"), "enter-error", send);
  });
  at("enter-form").addEventListener("input", fit);
  at("enter-form").addEventListener("change", fit);
  at("enter-print").addEventListener("click", printCard);
  at("enter-forget").addEventListener("click", forgetEnter);
  files.wake();
}

/** Whether something was written that was not sent. */
export const hasUnsentEntry = () => value("story") !== "" || files.list.length > 0;

export function forgetEnter() {
  waiting = null;
  receipt.forget();
  files.forget();
  for (const id of ["file-status", "enter-status"]) at(id).textContent = "";
  at("enter-form").reset();
  at("enter-form").hidden = false;
  at("enter-done").hidden = true;
}

/** The view is shown. */
export async function showEnter() {
  terms = await fetchTerms();
  files.limits = { bytes: terms.limits.files_bytes_unopened, count: terms.limits.files };
  const us = desk.member.organisation;
  const lang = document.documentElement.lang;
  const beside = terms.organisations.filter((each) => each.kind !== "platform" && each.id !== us);
  const ticked = new Set(others());
  at("enter-others").replaceChildren(...beside.map((each) => {
    const box = Object.assign(document.createElement("input"), { type: "checkbox", value: each.id, checked: ticked.has(each.id) });
    const label = make("label");
    label.append(box, ` ${each.name[lang] || each.name.vi}`);
    const item = make("li");
    item.append(label);
    return item;
  }));
  questions ??= new Questions();
  questions.learn(terms.organisations.filter((each) => each.kind !== "platform"));
  await questions.load();
  fit();
}

/** Which questions fit what was told so far. */
function fit() {
  waiting = null;
  if (!questions || !desk.member) return;
  const facts = Object.fromEntries([...FACTS, "audience"].map((name) => [name, value(name) || undefined]));
  questions.fit(facts, [desk.member.organisation, ...others()]);
  const shown = new Set(questions.steps());
  for (const step of document.querySelectorAll("#questions > section")) step.hidden = !shown.has(step.dataset.step);
}

async function send() {
  const way = at("enter-form").elements["enter-way"].value;
  if (!way || !value("story")) throw new Error(say("enter-need"));
  if (!at("enter-agrees").checked) throw new Error(say("enter-agree"));
  waiting ??= await prepare(way);
  try {
    await post("enter", waiting.body);
  } catch (error) {
    if (error instanceof Problem && error.code === "already_there") throw new Error(say("enter-there"));
    throw error;
  }
  const { words } = waiting;
  forgetEnter();
  at("enter-form").hidden = true;
  at("enter-done").hidden = false;
  receipt.show(words);
  at("enter-done").querySelector("h2").focus();
}

/** What was told, sealed. @param {string} way */
async function prepare(way) {
  const facts = Object.fromEntries(FACTS.filter((name) => value(name)).map((name) => [name, value(name)]));
  const told = ["relation", ...FACTS].filter((name) => value(name)).map((name) => ({ question: name, choice: value(name) }));
  /** @type {[string, any][]} */
  const contents = [["story", { text: value("story") }]];
  const answers = [...told, ...questions.answers()];
  if (answers.length > 0) contents.push(["answers", { answers }]);
  if (value("how") || value("never")) contents.push(["contact", { how: value("how"), when: "", never: value("never") }]);
  const [audience, paper] = [value("audience") || undefined, value("paper") || undefined];
  const about = { language: value("language"), others: others(), facts, audience, way, paper };
  return sealCase(terms, about, contents, files.list, (share) => { at("enter-status").textContent = say("enter-files", Math.round(share * 100)); });
}

/**
 * A row of a list becomes a case of ours, once: its number stands for the sheet.
 * @param {any} row as `papers::exchange` read it @param {[string, any][]} contents @param {string} way how its person agreed
 * @returns {Promise<string[] | null>} the ten words; nothing where it was there already
 */
export async function enterRow({ case: id, id: paper, facts, audience }, contents, way) {
  terms ??= await fetchTerms();
  const { words, body } = await sealCase(terms, { id, language: facts.language, facts, audience: audience ?? undefined, way, paper }, contents);
  try {
    await post("enter", body);
    return words;
  } catch (error) {
    if (error instanceof Problem && ["already_there", "taken"].includes(error.code)) return null;
    throw error;
  }
}
