// An evidence package for police or court: chosen parts of an opened report, files included, made in this browser.

import { headBytes, leavesOf } from "asset:chain.js";
import { post } from "asset:desk-api.js";
import { at, busy, make } from "asset:desk-dom.js";
import { organisationName } from "asset:desk-entry.js";
import { fetchOpened } from "asset:desk-file.js";
import { desk } from "asset:desk-keys.js";
import { moment, now, say, word } from "asset:desk-words.js";
import { SHORTEST, makePackage, newPassphrase, offer, openKeeper } from "asset:package.js";
import { toBytes } from "asset:wire.js";

let address = "";
/** @type {import("asset:seal.js").Seal | undefined} */
let keeper;
/** Of a package for an organisation outside. @type {{name: string, text: string} | null} */
let cover = null;

/** @param {() => any} opened what is open @param {() => Promise<void>} again loads it anew */
export function startPackage(opened, again) {
  at("case-package").addEventListener("toggle", async () => {
    if (!at("case-package").open) return;
    keeper ??= await openKeeper();
    if (!at("package-words").value) at("package-words").value = await newPassphrase(keeper);
  });
  at("case-package").addEventListener("change", shape);
  at("package-go").addEventListener("click", () => busy(at("package-go"), "package-error", () => pack(opened(), again)));
}

/** @returns {"words" | "recipient"} */
const lockedBy = () => /** @type {any} */ (document.querySelector("[name=package-lock]:checked")).value;

function shape() {
  for (const way of ["words", "recipient"]) at(`package-${way}-field`).hidden = lockedBy() !== way;
}

/** What is drawn already stays, with its ticks. @param {any[]} entries */
export function drawParts(entries) {
  const list = at("package-parts");
  for (const entry of entries.slice(list.children.length)) {
    const label = make("label");
    label.append(Object.assign(document.createElement("input"), { type: "checkbox", value: String(entry.number), checked: true }));
    label.append(` ${entry.number + 1}. ${word("entry", entry.kind)} · ${moment(entry.at)}`);
    const item = make("li");
    item.append(label);
    list.append(item);
  }
}

/** For an organisation outside: exactly these parts, and a cover sheet. @param {number[]} numbers @param {string} to @param {{name: string, text: string}} sheet */
export function prepareOutside(numbers, to, sheet) {
  cover = sheet;
  for (const box of at("package-parts").querySelectorAll("input")) box.checked = numbers.includes(Number(box.value));
  at("package-to").value = to;
  at("case-package").open = true;
  at("package-go").focus();
}

export function forgetPackage() {
  cover = null;
  if (address) URL.revokeObjectURL(address);
  address = "";
  keeper?.close();
  keeper = undefined;
  at("package-parts").replaceChildren();
  for (const id of ["package-words", "package-recipient", "package-to"]) at(id).value = "";
  /** @type {any} */ (document.querySelector("[name=package-lock]")).checked = true;
  shape();
  at("package-status").textContent = "";
  at("package-done").hidden = true;
  at("package-save").removeAttribute("href");
  at("case-package").open = false;
}

const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const author = ({ author: by }) => (by === "person" ? say("package-person") : organisationName(by));

/** @param {any} open @param {() => Promise<void>} again */
async function pack(open, again) {
  if (!open) return;
  const { found, cases, contents } = open;
  const chosen = new Set([...at("package-parts").querySelectorAll(":checked")].map((box) => Number(box.value)));
  const to = at("package-to").value.trim();
  if (chosen.size === 0) throw new Error(say("package-none"));
  if (!to) throw new Error(say("package-to"));
  keeper ??= await openKeeper();
  const lock = await lockOf(keeper);
  at("package-status").textContent = say("package-working");
  const { role } = await post(`cases/${found.id}/export`);
  const items = [];
  if (cover) {
    const about = { name: `${cover.name}.txt`, type: "text/plain", at: Math.floor(now()), by: organisationName(desk.member.organisation), shown: cover.text };
    items.push({ blob: new Blob([cover.text]), about });
  }
  for (const [index, entry] of found.entries.entries()) {
    if (!chosen.has(entry.number) || !contents[index]) continue;
    items.push(await part(entry, cases));
    const content = contents[index];
    if (entry.kind === "file" && content.role !== "reading_copy") {
      const blob = await fetchOpened(content, { id: found.id, key: cases.get(entry.epoch) }, () => {});
      items.push({ blob, about: { name: String(content.name || "?"), type: String(content.type || ""), at: entry.at, by: author(entry) } });
    }
  }
  const seconds = Math.floor(now());
  const log = { head: headBytes(found.head), signature: toBytes(found.head.signature), leaves: leavesOf(found.entries) };
  const custody = handings(found, to, role, seconds);
  const tell = (step) => { at("package-status").textContent = say(step === "stamping" ? "package-stamping" : "package-working"); };
  const made = await makePackage(keeper, { now: seconds, items, custody, log, ...lock }, tell);
  if (address) URL.revokeObjectURL(address);
  address = offer(at("package-save"), made);
  at("package-status").textContent = say("package-ready", made.name);
  at("package-done").hidden = false;
  at("package-save").focus();
  // That it was taken out is a line of the case: the next step rests on it.
  await again();
}

/** Whose key, or which passphrase; an error where it is neither. */
async function lockOf(maker) {
  if (lockedBy() === "recipient") {
    const recipient = at("package-recipient").value.trim();
    if (!(await maker.call("is_recipient", recipient))) throw new Error(say("package-recipient"));
    return { recipient };
  }
  const passphrase = at("package-words").value.trim();
  if ([...passphrase].length < SHORTEST) throw new Error(say("package-short"));
  return { passphrase };
}

/** A part as it was sealed, byte for byte, with what shows its place in the log. */
async function part(entry, cases) {
  const { content, nonce } = await cases.get(entry.epoch).call("open", toBytes(entry.sealed));
  const text = new TextDecoder().decode(content);
  const shown = JSON.parse(text).text ?? text;
  const name = `${entry.number + 1}. ${word("entry", entry.kind)}.json`;
  const about = { name, type: "application/json", at: entry.at, by: author(entry), shown: String(shown), entry: [entry.number, hex(nonce)] };
  return { blob: new Blob([content]), about };
}

/** From who reported, by way of whoever opened it, to whoever gets the package. */
function handings(found, to, role, seconds) {
  const us = organisationName(desk.member.organisation);
  const opened = (found.openings ?? []).map((opening) => {
    const who = organisationName(opening.organisation);
    return { at: opening.at, from: who, to: `${who}, ${word("role", opening.role)}`, what: say(`opened-${opening.what}`) };
  });
  return [
    { at: found.granted_at, from: say("package-person"), to: us, what: say("package-sent") },
    ...opened,
    { at: seconds, from: `${us}, ${word("role", role)}`, to, what: say("package-made") },
  ];
}
