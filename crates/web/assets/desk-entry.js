// One part of a report, as it is read.

import { at, copy, make } from "asset:desk-dom.js";
import { drawFile } from "asset:desk-file.js";
import { desk } from "asset:desk-keys.js";
import { moment, say, word } from "asset:desk-words.js";

/** The name of an organisation of this server, as the page of the door knows it. @param {string} id */
export function organisationName(id) {
  const option = [...at("organisation").options].find((one) => one.value === id);
  return option?.textContent ?? id;
}

/** @param {string[]} ids */
export const nameReaders = (ids) => ids.map((id) => make("li", organisationName(id)));

/** @param {any} entry @param {any} content nothing where it can't be opened @param {{id: string, key: any}} of its case, and what opens it */
export function drawEntry(entry, content, of) {
  const item = copy("t-entry");
  const by = entry.author === "person" ? "person" : entry.author === desk.member.organisation ? "us" : "other";
  item.dataset.by = by;
  item.dataset.kind = entry.kind;
  const named = (id) => (id === "person" ? say("person") : organisationName(id));
  const plain = by === "other" ? organisationName(entry.author) : say(by);
  // What another organisation sealed anew says whose it was.
  const author = content?.was ? say("share-via", named(content.was.author), plain) : plain;
  item.querySelector(".entry-author").textContent = author;
  const kind = entry.kind === "message" && content?.asks ? say("asks") : word("entry", entry.kind);
  item.querySelector(".entry-kind").textContent = kind;
  const time = item.querySelector("time");
  time.dateTime = new Date(entry.at * 1000).toISOString();
  time.textContent = `${moment(entry.at)} · ${say("part", entry.number + 1)}`;
  const body = item.querySelector(".entry-body");
  if (content) body.append(...(BODIES[entry.kind] ?? rest)(content, of));
  else body.append(make("p", say("altered"), "form-error"));
  return item;
}

const words = (text) => make("p", text, "said");

/** What stands in a covering letter beside why. */
const letterRows = ({ consent, until, not_told: hidden, contact }) => [
  [say("letter-not-told"), hidden], [say("letter-contact"), contact],
  [say("letter-consent"), consent && word("consent_state", consent)], [say("letter-until"), until && moment(until)],
].filter(([, text]) => text);

/** What each kind holds. @type {Record<string, (content: any, of: any) => Element[]>} */
const BODIES = {
  story: ({ text }) => [words(text)],
  message: ({ text, letter }) => [words(text), ...(letter ? [list(letterRows(letter))] : [])],
  correction: ({ corrects, text }) => [make("p", say("corrects", Number(corrects) + 1), "fine"), words(text)],
  answers: ({ answers }) => [list((answers ?? []).map(answer))],
  contact: (content) => [list(["how", "when", "never"].filter((name) => content[name]).map((name) => [say(name), content[name]]))],
  file: (content, of) => [drawFile(content, of)],
  findings: (content) => {
    const codes = [content.harm, ...(content.harms ?? []).map((one) => one.harm ?? one)].filter(Boolean);
    const said = [...new Set(codes)].map((code) => word("harm", code));
    return said.length ? [make("p", said.join(" · "))] : rest(content);
  },
};

/** Question and answer in words; an organisation's own questions carry their own, "who knows the person" names it. */
function answer({ question, asked, text, choice }) {
  const [code, of] = String(question).split(":");
  const said = asked ?? `${word("answer", code)}${of ? ` (${of})` : ""}`;
  const chosen = [choice].flat().filter(Boolean).map((each) => (asked ? each : word("answer", `${code}.${each}`, each)));
  return [said, text ?? chosen.join(", ")];
}

/** Anything else, field by field: nothing that she sent is left out. */
const rest = (content) =>
  [list(Object.entries(content).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]))];

function list(rows) {
  const all = make("dl", undefined, "answers");
  for (const [name, value] of rows) {
    const row = make("div");
    row.append(make("dt", String(name ?? "")), make("dd", String(value ?? "")));
    all.append(row);
  }
  return all;
}
