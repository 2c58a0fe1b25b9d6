// Entered on her behalf: sealed here as her own device would, with a receipt that is shown once.

import { Questions } from "asset:ask-questions.js";
import { Problem, post, written } from "asset:desk-api.js";
import { at, busy, make } from "asset:desk-dom.js";
import { desk, theSeal } from "asset:desk-keys.js";
import { say } from "asset:desk-words.js";
import { receiptRecord, sealEntry } from "asset:entries.js";
import { Receipt, printCard } from "asset:receipt.js";
import { newId, toBytes } from "asset:wire.js";

const FACTS = ["harm", "urgency", "age", "sex", "province", "language"];

const receipt = new Receipt();
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
}

/** Whether something was written that was not sent. */
export const hasUnsentEntry = () => value("story") !== "";

export function forgetEnter() {
  waiting = null;
  receipt.forget();
  at("enter-form").reset();
  at("enter-form").hidden = false;
  at("enter-done").hidden = true;
}

/** The view is shown. */
export async function showEnter() {
  terms = await (await fetch("/api/v1/report/terms", { cache: "no-store", credentials: "omit" })).json();
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
  at("enter-form").reset();
  waiting = null;
  at("enter-form").hidden = true;
  at("enter-done").hidden = false;
  receipt.show(words);
  at("enter-done").querySelector("h2").focus();
}

/** Case, receipt, entries, and a grant for the receipt, for us, and for each that was named. */
async function prepare(way) {
  const [theCase, draft] = await Promise.all([theSeal().make("Case"), theSeal().make("ReceiptDraft")]);
  const words = await draft.call("words", value("language") || document.documentElement.lang);
  const keys = await draft.call("derive", toBytes(terms.salt));
  const record = await receiptRecord(keys);
  const grant = async (to) => written(await theCase.call("grant_to", to));
  const grants = [{ epoch: 0, sealed: await grant(record.recipient) }];
  for (const id of [desk.member.organisation, ...others()]) {
    const { recipient } = terms.organisations.find((each) => each.id === id);
    grants.push({ organisation: id, epoch: 0, sealed: await grant(recipient) });
  }
  const facts = Object.fromEntries(FACTS.filter((name) => value(name)).map((name) => [name, value(name)]));
  const told = ["relation", ...FACTS].filter((name) => value(name)).map((name) => ({ question: name, choice: value(name) }));
  const entries = [await sealEntry(theCase, "story", { text: value("story") })];
  const answers = [...told, ...questions.answers()];
  if (answers.length > 0) entries.push(await sealEntry(theCase, "answers", { answers }));
  if (value("how") || value("never")) entries.push(await sealEntry(theCase, "contact", { how: value("how"), when: "", never: value("never") }));
  const recipient = await theCase.call("recipient");
  for (const held of [theCase, draft, keys]) held.free().catch(() => {});
  const paper = value("paper") || undefined;
  const audience = value("audience") || undefined;
  return { words, body: { id: newId(), receipt: record, recipient, audience, facts, grants, entries, way, paper } };
}
