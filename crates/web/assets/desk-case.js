// One report: fetched sealed, opened here, answered sealed.

import { get, post } from "asset:desk-api.js";
import { drawEntry, nameReaders } from "asset:desk-entry.js";
import { at, busy, complain, confirmIn, make, notice } from "asset:desk-dom.js";
import { closeFiles } from "asset:desk-file.js";
import { desk, openEntry, openGrants, sealEntry } from "asset:desk-keys.js";
import { drawParts, forgetPackage, startPackage } from "asset:desk-package.js";
import { forgetPaper, startPapers } from "asset:desk-papers.js";
import { clock, factsLine, moment, now, say, word } from "asset:desk-words.js";

/** What is open. @type {{found: any, row: any, cases: Map<number, any>, contents: any[]} | null} */
let open = null;
/** Counts openings, so that an answer that comes late finds nothing of another report. */
let turn = 0;
/** @type {(view: string) => void} */
let show = () => {};

/** The id of what is open, in memory only. */
export const openNow = () => open?.found.id;

/** Whether there are words that were not sent. */
export const hasUnsent = () => at("reply-text").value.trim() !== "";

/** @param {(view: string) => void} showView */
export function startCase(showView) {
  show = showView;
  at("case-back").addEventListener("click", () => history.back());
  at("reply").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(at("reply-send"), "reply-error", send);
  });
  at("reply-text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) at("reply").requestSubmit();
    if (event.key === "Escape") at("case-heading").focus();
  });
  startPackage(() => open);
  startPapers(() => open);
  at("mark").addEventListener("click", () => busy(at("mark"), "reply-error", lockFiles));
  at("hold").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(at("hold-save"), "hold-error", hold);
  });
}

/** @param {any} row a row of the list */
export async function openCase(row) {
  if (hasUnsent() && openNow() !== row.id && !confirm(say("unsent"))) return;
  closeCase();
  show("case");
  at("case-none").hidden = true;
  at("case-body").hidden = false;
  at("case-loading").textContent = say("opening-case");
  head(row);
  await load(row);
  at("case-heading").focus();
}

/** Forgets what is open. */
export function closeCase() {
  turn += 1;
  for (const held of open?.cases.values() ?? []) if (desk.ours) held.free().catch(() => {});
  open = null;
  closeFiles();
  forgetPackage();
  forgetPaper();
  at("reply").reset();
  complain("reply-error");
  for (const id of ["entries", "openings", "readers"]) at(id).replaceChildren();
  at("case-contact").querySelector("dl").replaceChildren();
  for (const id of ["case-contact", "case-keeping", "case-locked", "case-erasing", "case-over"]) at(id).hidden = true;
  for (const id of ["case-heading", "case-facts", "case-clock"]) at(id).textContent = "";
  at("case-none").hidden = false;
  at("case-body").hidden = true;
}

/** The list changed: what is open may have as well. @param {any[]} list */
export async function reopen(list) {
  const row = open && (list.find((one) => one.id === open?.found.id) ?? open.row);
  if (row) await load(row);
}

/** What stands in the clear. */
function head(row) {
  at("case-heading").textContent = row.facts.harm ? word("harm", row.facts.harm) : say("no-harm");
  const asked = row.audience ? `${word("audience", row.audience)} · ` : "";
  at("case-facts").textContent = `${word("urgency", row.urgency)} · ${asked}${factsLine(row.facts)} · ${moment(row.granted_at)}`;
  at("case-body").dataset.urgency = row.urgency;
  const { text, state } = clock(row);
  at("case-clock").textContent = text;
  at("case-clock").dataset.clock = state;
  at("case-erasing").hidden = !row.erase_due;
  if (row.erase_due) at("case-erasing").textContent = say("erasing", moment(row.erase_due));
  at("case-over").hidden = !row.closed_at;
  keeping(row);
  at("case-locked").hidden = !row.locked_at;
  at("mark").hidden = Boolean(row.locked_at);
}

/** A month before staff are warned. As `casework::retention` has it. */
const WARNING_SECONDS = 30 * 86400;

function keeping(row) {
  const near = row.runs_out_at && row.runs_out_at - WARNING_SECONDS <= now();
  at("case-keeping").hidden = !row.hold && !near;
  at("case-keeping").textContent = row.hold
    ? say(row.withdrawn_at ? "held-withdrawn" : "held", word("hold", row.hold))
    : near ? say("runs-out-soon", moment(row.runs_out_at)) : "";
  at("hold-ground").value = row.hold ?? "";
  at("hold").hidden = !["supervisor", "organisation_admin"].includes(desk.member?.role);
}

/** It must be kept longer, or need not any more. */
async function hold() {
  if (!open) return;
  const { found, row } = open;
  await post(`cases/${found.id}/hold`, { ground: at("hold-ground").value || null });
  await load(row);
}

/** Fetches and opens; what is there already stays as it is, so that nothing jumps under the reader. */
async function load(row) {
  const mine = ++turn;
  let found;
  try {
    found = await get(`cases/${row.id}`);
  } catch (error) {
    if (mine === turn) failed(/** @type {any} */ (error).code === "not_found" ? say("gone") : /** @type {any} */ (error).message);
    return;
  }
  const before = open?.found.id === found.id ? open : null;
  const cases = before?.cases ?? new Map();
  try {
    await openGrants(cases, found.grants);
  } catch {
    if (mine === turn) failed(say("no-key"));
    return;
  }
  const known = before?.contents ?? [];
  const contents = await Promise.all(found.entries.map((entry, index) => known[index] ?? openEntry(cases, entry)));
  if (mine !== turn) return;
  open = { found, row, cases, contents };
  head({ ...row, ...found });
  const list = at("entries");
  for (let index = list.children.length; index < contents.length; index += 1) {
    list.append(drawEntry(found.entries[index], contents[index], { id: found.id, key: cases.get(found.entries[index].epoch) }));
  }
  for (const button of list.querySelectorAll(".file-actions")) button.hidden = Boolean(found.locked_at);
  if (found.locked_at) closeFiles();
  at("case-package").hidden = Boolean(found.locked_at);
  drawParts(found.entries);
  showContact(contents, found.entries);
  at("readers").replaceChildren(...nameReaders(found.organisations));
  at("openings").replaceChildren(...(found.openings ?? []).map((opening) =>
    make("li", `${moment(opening.at)} · ${opening.organisation} · ${word("role", opening.role)} · ${say(`opened-${opening.what}`)}`)));
  at("case-loading").textContent = "";
}

function failed(why) {
  closeCase();
  at("case-none").hidden = true;
  at("case-body").hidden = true;
  notice(why, "stern");
  at("case-none").hidden = false;
}

/** How it is safe to be in touch: the newest word counts, and stands above all. */
function showContact(contents, entries) {
  const index = entries.findLastIndex((entry, at) => entry.kind === "contact" && contents[at]);
  at("case-contact").hidden = index < 0;
  if (index < 0) return;
  const rows = ["how", "when", "never"].filter((name) => contents[index][name]).map((name) => {
    const row = make("div");
    row.dataset.contact = name;
    row.append(make("dt", say(name)), make("dd", contents[index][name]));
    return row;
  });
  at("case-contact").querySelector("dl").replaceChildren(...rows);
}

async function send() {
  if (!open) return;
  const text = at("reply-text").value.trim();
  if (!text) throw new Error(say("empty-reply"));
  const { found, row } = open;
  const content = at("reply").elements["reply-kind"].value === "question" ? { text, asks: true } : { text };
  const entry = await sealEntry(found.recipient, "message", content);
  try {
    await post(`cases/${found.id}/entries`, { epoch: found.epoch, entries: [entry] });
  } catch (error) {
    if (/** @type {any} */ (error).code !== "changed_meanwhile") throw error;
    await load(row);
    throw new Error(say("changed"));
  }
  at("reply").reset();
  notice(say("sent"));
  await load(row);
  at("entries").lastElementChild?.scrollIntoView({ block: "nearest" });
}

async function lockFiles() {
  if (!open || !(await confirmIn("mark-dialog"))) return;
  const { found, row } = open;
  closeFiles();
  await post(`cases/${found.id}/lock`);
  notice(say("marked"), "stern");
  await load(row);
  at("case-locked").scrollIntoView({ block: "start" });
}
