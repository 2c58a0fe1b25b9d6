// Lists of cases: written and read in this browser, by `papers::exchange`.

import { Problem, get, post } from "asset:desk-api.js";
import { openClerk, saveFile } from "asset:desk-clerk.js";
import { at, busy, complain, make } from "asset:desk-dom.js";
import { organisationName } from "asset:desk-entry.js";
import { desk, openEntry, openGrants } from "asset:desk-keys.js";
import { factsLine, moment, now, say, word } from "asset:desk-words.js";

/** The most cases of one list. */
const MOST = 1000;
/** What of the import is there only once it has something to say. */
const PARTS = ["import-preview", "import-enter", "receipts"];
/** Letters of a story that the preview shows. */
const SHOWN = 80;

/** @type {Map<string, any>} */
const rows = new Map();
/** What the picked file holds. @type {any[]} */
let read = [];
/** @typedef {(row: any, contents: [string, any][], way: string) => Promise<string[] | null>} Enter */
/** @type {Enter} */
let enter;
/** The number and the ten words of each row that became a case. @type {[string, string][]} */
let receipts = [];
let areSaved = true;

/** @param {Enter} enterRow seals what a row holds (kind, content) as a case, sends it, and gives its ten words */
export function startExchange(enterRow) {
  enter = enterRow;
  const dialog = at("exchange-dialog");
  at("exchange-open").addEventListener("click", () => {
    dialog.showModal();
    at("exchange-heading").focus();
    busy(at("export-go"), "export-error", offer);
  });
  at("exchange-close").addEventListener("click", () => { if (mayClose()) dialog.close(); });
  dialog.addEventListener("cancel", (event) => { if (!mayClose()) event.preventDefault(); });
  dialog.addEventListener("close", forget);
  at("export-all").addEventListener("change", ({ target }) => {
    for (const box of at("export-list").querySelectorAll("input")) box.checked = target.checked;
  });
  at("export-form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(at("export-go"), "export-error", write);
  });
  at("import-pick").addEventListener("change", () => busy(at("import-go"), "import-error", look));
  at("import-go").addEventListener("click", () => busy(at("import-go"), "import-error", enterAll));
  at("receipts-save").addEventListener("click", saveReceipts);
}

/** Ten words that nobody saved are lost for good. */
const mayClose = () => areSaved || confirm(say("receipts-unsaved"));

function forget() {
  rows.clear();
  read = [];
  receipts = [];
  areSaved = true;
  at("import-way").value = "";
  at("export-form").reset();
  at("import-pick").value = "";
  for (const id of ["export-list", "import-rows", "import-faults"]) at(id).replaceChildren();
  for (const id of ["export-status", "import-status"]) at(id).textContent = "";
  for (const id of PARTS) at(id).hidden = true;
  complain("export-error");
  complain("import-error");
}

/** The cases of the inbox, to choose from. */
async function offer() {
  let behind = "";
  do {
    const part = await get(`inbox${behind ? `?behind=${encodeURIComponent(behind)}` : ""}`);
    for (const row of part.rows) rows.set(row.id, row);
    behind = part.next;
  } while (behind && rows.size < MOST);
  if (!at("exchange-dialog").open) return forget();
  at("export-none").hidden = rows.size > 0;
  at("export-list").replaceChildren(...[...rows.values()].map((row) => {
    const label = make("label", undefined, "choice");
    label.append(Object.assign(document.createElement("input"), { type: "checkbox", value: row.id }));
    label.append(make("span", `${row.facts.harm ? word("harm", row.facts.harm) : say("no-harm")} · ${factsLine(row.facts)} · ${moment(row.granted_at)}`));
    const item = make("li");
    item.append(label);
    return item;
  }));
  return undefined;
}

/** `2026-11-26T09:30:00+07:00`. @param {number | null} seconds */
function iso(seconds) {
  if (!seconds) return "";
  return `${new Date((seconds + 7 * 3600) * 1000).toISOString().slice(0, 19)}+07:00`;
}

/** What the server sees too. */
function clear(row) {
  const { facts } = row;
  const record = {
    id: row.id, received_at: iso(row.granted_at), urgency: row.urgency, state: row.state, audience: row.audience ?? "",
    answered_at: iso(row.answered_at), closed_at: iso(row.closed_at),
  };
  for (const name of ["harm", "age", "sex", "province", "language"]) record[name] = facts[name] ?? "";
  return record;
}

async function write() {
  const chosen = [...at("export-list").querySelectorAll(":checked")].map((box) => rows.get(box.value));
  if (chosen.length === 0) throw new Error(say("exchange-none"));
  const clerk = await openClerk();
  const records = [];
  let left = 0;
  for (const [index, row] of chosen.entries()) {
    const record = clear(row);
    if (at("export-texts").checked) {
      at("export-status").textContent = say("exchange-opening", index + 1, chosen.length);
      try {
        Object.assign(record, await texts(row.id));
      } catch {
        left += 1;
      }
    }
    if (!at("exchange-dialog").open) return;
    records.push(record);
  }
  const format = at("export-form").elements.format.value;
  const name = `${iso(now()).slice(0, 10)}.${format}`;
  saveFile(clerk.list(format, JSON.stringify(records), desk.member.organisation), format === "csv" ? "text/csv" : "application/json", name);
  at("export-status").textContent = [say("exchange-made", records.length, name), left ? say("exchange-left", left) : ""].join(" ").trim();
}

/** Opens a case for a list: noted before a word of it is written. @param {string} id */
async function texts(id) {
  await post(`cases/${id}/export`);
  const found = await get(`cases/${id}`);
  const cases = new Map();
  try {
    await openGrants(cases, found.grants);
    const contents = await Promise.all(found.entries.map((entry) => openEntry(cases, entry)));
    const of = (kind) => found.entries.map((entry, index) => ({ entry, content: contents[index] })).filter(({ entry, content }) => entry.kind === kind && content);
    const contact = of("contact").at(-1)?.content ?? {};
    const by = ({ author }) => (author === "person" ? say("package-person") : organisationName(author));
    return {
      story: of("story").map(({ content }) => content.text ?? "").join("\n\n"),
      contact_how: contact.how ?? "", contact_when: contact.when ?? "", contact_never: contact.never ?? "",
      messages: of("message").map(({ entry, content }) => `${iso(entry.at)} ${by(entry)}: ${content.text ?? ""}`).join("\n"),
    };
  } finally {
    for (const held of cases.values()) held.free().catch(() => {});
  }
}

/** Reads what was picked and shows it; nothing leaves. */
async function look() {
  const [file] = at("import-pick").files;
  read = [];
  for (const id of ["import-rows", "import-faults"]) at(id).replaceChildren();
  for (const id of ["import-preview", "import-enter"]) at(id).hidden = true;
  at("import-status").textContent = "";
  if (!file) return;
  const clerk = await openClerk();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const found = JSON.parse(clerk.read_list(bytes, desk.member.organisation, document.documentElement.lang));
  read = found.rows;
  at("import-status").textContent = say("exchange-read", read.length, found.errors.length);
  for (const { line, message } of found.errors) fault(line, message);
  at("import-rows").replaceChildren(...read.map((row) => {
    const line = make("tr");
    const short = row.story.length > SHOWN ? `${row.story.slice(0, SHOWN)}…` : row.story;
    for (const text of [row.line, row.id, row.facts.harm ? word("harm", row.facts.harm) : say("no-harm"), short]) line.append(make("td", String(text)));
    return line;
  }));
  at("import-preview").hidden = read.length === 0;
  at("import-enter").hidden = read.length === 0 || !desk.may.has("enter_report");
}

/** What is sealed of a row. @returns {[string, any][]} */
function entriesOf({ story, received_at: received, contact }) {
  const text = received ? `${say("exchange-received", received)}\n\n${story}` : story;
  const said = Object.fromEntries(Object.entries(contact).filter(([, value]) => value));
  return [["story", { text }], ...(Object.keys(said).length ? [/** @type {[string, any]} */ (["contact", said])] : [])];
}

/** @param {number} line of the file, where it is one line's @param {string} message */
const fault = (line, message) => at("import-faults").append(make("li", line ? say("exchange-line", line, message) : message));

/** Each row becomes a case, sealed here; what was there already is not entered again, what is refused is named. */
async function enterAll() {
  const way = at("import-way").value;
  if (!way) throw new Error(say("import-way"));
  const all = read.length;
  const counts = { entered: 0, known: 0 };
  while (read.length) {
    const [row] = read;
    at("import-status").textContent = say("exchange-entering", all - read.length + 1, all);
    try {
      const words = await enter(row, entriesOf(row), way);
      if (!at("exchange-dialog").open) return;
      counts[words ? "entered" : "known"] += 1;
      if (words) {
        receipts.push([row.id, words.join(" ")]);
        areSaved = false;
      }
    } catch (error) {
      if (!at("exchange-dialog").open) return;
      // Where the line is down, or the server can't keep it, the next row would fare no better. What is done is done.
      if (!(error instanceof Problem) || error.status === 0 || error.status >= 500) throw new Error(say("import-stopped", row.line, error.message));
      fault(row.line, error.message);
    }
    read.shift();
    at("import-rows").firstElementChild?.remove();
    at("receipts").hidden = receipts.length === 0;
  }
  at("import-status").textContent = say("exchange-entered", counts.entered, counts.known);
  for (const id of ["import-preview", "import-enter"]) at(id).hidden = true;
  // So that the very same file can be picked again.
  at("import-pick").value = "";
}

/** What a spreadsheet would run is held off as in every list. @param {string} text */
const cell = (text) => `"${text.replace(/^[=+\-@\t\r']/, "'$&").replaceAll('"', '""')}"`;

function saveReceipts() {
  const lines = [["id", say("receipts-column")], ...receipts].map((line) => line.map(cell).join(","));
  saveFile(`\uFEFF${lines.join("\r\n")}\r\n`, "text/csv", `${say("receipts-file")}.csv`);
  areSaved = true;
}
