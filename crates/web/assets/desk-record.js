// What colleagues write down for each other, sealed to the organisation: notes, safe contact, people, risk; and services.

import { at, busy, complain, make } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { nameOf } from "asset:desk-names.js";
import { ask, chosen, newId } from "asset:desk-steps.js";
import { carryOut, note, notesOf, whenWork, workNow } from "asset:desk-work.js";
import { moment, say, word } from "asset:desk-words.js";

/** The questions of form 06, in its order. */
const QUESTIONS = ["harm", "access", "obstacles", "ability"];
const CONTACT = ["how", "when", "never"];
const PERSON = ["name", "relation", "reach"];

/** Whether there is a note that was not saved. */
export const hasUnsavedNote = () => at("note-text").value.trim() !== "";

export function startRecord() {
  whenWork(draw, wipe);
  at("note-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(at("note-save"), "note-error", async () => {
      const text = at("note-text").value.trim();
      if (!text) throw new Error(say("empty-reply"));
      await note("note", { text });
      // What was typed on meanwhile stays.
      if (at("note-text").value.trim() === text) at("note-form").reset();
    });
  });
  at("note-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) at("note-form").requestSubmit();
    if (event.key === "Escape") at("case-heading").focus();
  });
  at("service-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(at("service-save"), "service-error", () => carryOut({ kind: "served", what: at("service-what").value }));
  });
  for (const [step, start] of Object.entries({ risk, contact, person: () => person() })) {
    for (const button of document.querySelectorAll(`[data-step="${step}"]`)) button.addEventListener("click", start);
  }
}

function risk() {
  ask("risk", () => {
    const answers = Object.fromEntries(QUESTIONS.map((name) => [name, chosen("risk", `risk-${name}`)]));
    const text = at("risk-words").value.trim();
    return carryOut(
      { kind: "assessed", risk: chosen("risk", "risk-all"), urgency: at("risk-urgency").value || null, age: at("risk-age").value || null, harm: at("risk-harm").value || null },
      { ...answers, ...(text && { text }) },
    );
  });
}

function contact() {
  const [newest] = notesOf(workNow(), "contact");
  for (const name of CONTACT) at(`contact-${name}`).value = newest?.words?.[name] ?? "";
  ask("contact", () => note("contact", filled("contact", CONTACT)));
}

/** A person who is new, or known already. @param {any} [known] */
function person(known) {
  for (const name of PERSON) at(`person-${name}`).value = known?.[name] ?? "";
  at("person-words").value = known?.text ?? "";
  ask("person", () => {
    const text = at("person-words").value.trim();
    const said = { ...filled("person", PERSON), ...(text && { text }) };
    if (!Object.keys(said).length) throw new Error(say("empty-reply"));
    return note("people", { person: known?.person ?? newId(), ...said });
  });
}

/** @param {string} step @param {string[]} names */
const filled = (step, names) => Object.fromEntries(names.map((name) => [name, at(`${step}-${name}`).value.trim()]).filter(([, value]) => value));

/** @param {any} of */
function draw(of) {
  showOurContact(notesOf(of, "contact")[0]);
  at("service-form").hidden = !desk.may.has("plan");
  for (const step of ["contact", "person"]) for (const button of document.querySelectorAll(`[data-step="${step}"]`)) button.hidden = !desk.may.has("note");
  drawPeople(of);
  drawRisk(of);
  at("note-list").replaceChildren(...notesOf(of, "note").map((event) => {
    const item = make("li");
    item.append(make("p", event.words?.text ?? "", "said"), make("p", by(event), "fine"));
    return item;
  }));
  at("service-list").replaceChildren(...of.work.services.map((code) => make("li", word("service", code), "given")));
}

/** Who wrote it, and when. @param {any} event */
const by = (event) => `${event.member ? nameOf(event.member) : ""} · ${moment(event.at)}`;

/** The newest word of staff stands beside hers, above all. @param {any} newest the event that noted it */
export function showOurContact(newest) {
  const said = newest?.words ?? {};
  const rows = CONTACT.filter((name) => said[name]).map((name) => {
    const row = make("div");
    row.dataset.contact = name;
    row.append(make("dt", say(name)), make("dd", said[name]));
    return row;
  });
  at("contact-ours").hidden = !rows.length;
  at("contact-ours-list").replaceChildren(...rows);
  at("contact-ours-by").textContent = rows.length ? by(newest) : "";
}

function drawPeople(of) {
  const seen = new Set();
  const newest = notesOf(of, "people").map(({ words }) => words).filter((words) => words?.person && !seen.has(words.person) && seen.add(words.person));
  at("person-list").replaceChildren(...newest.reverse().map((known) => {
    const item = make("li", undefined, "task");
    const main = make("div");
    main.append(make("span", [known.name, known.relation].filter(Boolean).join(" · "), "task-what"));
    for (const text of [known.reach, known.text]) if (text) main.append(make("p", text, "said fine"));
    const change = Object.assign(make("button", say("task-change"), "bar-button"), { type: "button", ariaLabel: `${say("task-change")}: ${known.name ?? ""}` });
    change.dataset.key = `person-${known.person}`;
    change.addEventListener("click", () => person(known));
    item.append(main, change);
    return item;
  }));
}

function drawRisk({ work, events }) {
  at("risk-now").textContent = work.risk ? assessed(work) : say("no-risk");
  at("risk-now").dataset.risk = work.risk ?? "";
  const past = events.filter(({ change }) => change?.kind === "assessed").reverse();
  at("risk-past").hidden = !past.length;
  at("risk-list").replaceChildren(...past.map((event) => {
    const item = make("li");
    const { change, words } = event;
    item.append(make("p", assessed(change), "task-what"));
    const answers = QUESTIONS.filter((name) => words?.[name]).map((name) => `${say(`risk-${name}`)}: ${word("risk", words[name])}`);
    if (answers.length) item.append(make("p", answers.join(" · "), "fine"));
    if (words?.text) item.append(make("p", words.text, "said"));
    item.append(make("p", by(event), "fine"));
    return item;
  }));
}

function wipe() {
  for (const id of ["note-list", "person-list", "risk-list", "service-list", "contact-ours-list"]) at(id).replaceChildren();
  for (const id of ["risk-now", "contact-ours-by"]) at(id).textContent = "";
  at("contact-ours").hidden = true;
  for (const id of ["note-error", "service-error"]) complain(id);
}

/** What staff found: the risk, how soon to act, how old she is, what it is about. */
const assessed = ({ risk, urgency, age, harm }) =>
  [word("risk", risk), urgency && say("act", word("urgency", urgency)), age && word("age", age), harm && word("harm", harm)].filter(Boolean).join(" · ");
