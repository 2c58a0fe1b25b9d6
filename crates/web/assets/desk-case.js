// One report: fetched sealed, opened here, answered sealed.

import { get, post } from "asset:desk-api.js";
import { drawEntry, nameReaders } from "asset:desk-entry.js";
import { at, busy, complain, confirmIn, make, notice } from "asset:desk-dom.js";
import { closeFiles } from "asset:desk-file.js";
import { desk, openEntry, openGrants, sealEntry } from "asset:desk-keys.js";
import { drawParts, forgetPackage, startPackage } from "asset:desk-package.js";
import { hasUnsavedNote, showOurContact } from "asset:desk-record.js";
import { drawSharing, forgetSharing, hasUnsentReferral, startSharing } from "asset:desk-sharing.js";
import { hasTyped } from "asset:desk-steps.js";
import { closeWork, note, openContact, showWork } from "asset:desk-work.js";
import { forgetPaper, startPapers } from "asset:desk-papers.js";
import { cameAs, clock, factsLine, moment, now, say, urgencyOf, word } from "asset:desk-words.js";

/** What is open. @type {{found: any, row: any, cases: Map<number, any>, contents: any[]} | null} */
let open = null;
/** Counts openings, so that an answer that comes late finds nothing of another report. */
let turn = 0;
/** @type {(view: string) => void} */
let show = () => {};

/** The id of what is open, in memory only. */
export const openNow = () => open?.found.id;

/** Whether there are words that were not sent. */
export const hasUnsent = () => at("reply-text").value.trim() !== "" || hasUnsavedNote() || hasTyped() || hasUnsentReferral();

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
  const again = async () => { if (open) await load(open.row); };
  startPackage(() => open, again);
  startSharing(() => open, again);
  startPapers(() => open, (about, json) => note(about, JSON.parse(json)));
  at("mark").addEventListener("click", () => busy(at("mark"), "reply-error", lockFiles));
  at("case-to-work").addEventListener("click", () => {
    at("work").scrollIntoView();
    at("work-heading").focus({ preventScroll: true });
  });
  at("case-print").addEventListener("click", () => busy(at("case-print"), "work-error", onPaper));
  at("hold").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(at("hold-save"), "hold-error", hold);
  });
}

/** @param {any} row a row of the list, or the id alone */
export async function openCase(row) {
  if (hasUnsent() && openNow() !== row.id && !confirm(say("unsent"))) return;
  closeCase();
  show("case");
  at("case-none").hidden = true;
  at("case-body").hidden = false;
  at("case-loading").textContent = say("opening-case");
  if (row.facts) head(row);
  at("case-heading").focus();
  await load(row);
}

/** Forgets what is open. */
export function closeCase() {
  turn += 1;
  for (const held of open?.cases.values() ?? []) if (desk.ours) held.free().catch(() => {});
  open = null;
  closeFiles();
  forgetPackage();
  closeWork();
  forgetSharing();
  forgetPaper();
  at("reply").reset();
  complain("reply-error");
  for (const id of ["entries", "openings", "readers"]) at(id).replaceChildren();
  at("case-contact").querySelector("dl").replaceChildren();
  for (const id of ["case-contact", "case-keeping", "case-locked", "case-erasing", "case-over"]) at(id).hidden = true;
  for (const id of ["case-heading", "case-facts", "case-clock"]) at(id).textContent = "";
  at("case-none").hidden = false;
  at("case-body").hidden = true;
  delete at("case-body").dataset.opening;
}

/** The list changed: what is open may have as well. @param {any[]} list */
export async function reopen(list) {
  const row = open && (list.find((one) => one.id === open?.found.id) ?? open.row);
  if (row) await load(row);
}

/** What stands in the clear. */
function head(row) {
  at("case-heading").textContent = row.facts.harm ? word("harm", row.facts.harm) : say("no-harm");
  const urgency = [word("urgency", urgencyOf(row)), cameAs(row)].filter(Boolean).join(", ");
  const asked = row.audience ? `${word("audience", row.audience)} · ` : "";
  at("case-facts").textContent = `${urgency} · ${asked}${factsLine(row.facts)} · ${moment(row.granted_at)}`;
  at("case-body").dataset.urgency = urgencyOf(row);
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
  at("hold").hidden = !desk.may.has("hold");
}

/** It must be kept longer, or need not any more. */
async function hold() {
  if (!open) return;
  const { found, row } = open;
  await post(`cases/${found.id}/hold`, { ground: at("hold-ground").value || null });
  await load(row);
}

/**
 * Fetches and opens, and draws each part as soon as it is open, in order; what is there already stays as it is, so that
 * nothing jumps under the reader.
 */
async function load(row) {
  const mine = ++turn;
  const before = open?.found.id === row.id ? open : null;
  // Her words come first; what lies below and beside them is shown once it stands where it stays.
  if (!before) at("case-body").dataset.opening = "";
  try {
    await loadParts(row, mine, before);
  } finally {
    if (mine === turn) delete at("case-body").dataset.opening;
  }
}

/** @param {any} row @param {number} mine @param {any} before what was open already, of the same case */
async function loadParts(row, mine, before) {
  // Asked for at the same time. Of a report that is open already only where somebody did something.
  const asked = before ? undefined : get(`cases/${row.id}/work`);
  asked?.catch(() => {});
  let found;
  try {
    found = await get(`cases/${row.id}`);
  } catch (error) {
    if (mine === turn) failed(/** @type {any} */ (error).code === "not_found" ? say(row.members_only ? "not-chosen" : "gone") : /** @type {any} */ (error).message);
    return;
  }
  const cases = before?.cases ?? new Map();
  try {
    await openGrants(cases, found.grants, found.members_only ? desk.mine : desk.ours);
  } catch {
    if (mine === turn) failed(say("no-key"));
    return;
  }
  if (mine !== turn) return;
  const contents = before?.contents ?? [];
  open = { found, row, cases, contents };
  head({ ...row, ...found });
  await showSafety(found, contents, cases, asked);
  // All are asked for at once; the first are on the page before the last are open.
  const opening = found.entries.map((entry, index) => contents[index] ?? openEntry(cases, entry).catch(() => null));
  const list = at("entries");
  for (let index = list.children.length; index < found.entries.length; index += 1) {
    const content = await opening[index];
    if (mine !== turn) return;
    contents[index] = content;
    list.append(drawEntry(found.entries[index], content, { id: found.id, key: cases.get(found.entries[index].epoch) }));
    if (index === 0) at("case-loading").textContent = "";
  }
  if (mine !== turn) return;
  for (const button of list.querySelectorAll(".file-actions")) button.hidden = Boolean(found.locked_at);
  if (found.locked_at) closeFiles();
  at("case-package").hidden = Boolean(found.locked_at) || !found.may.includes("export_case");
  at("case-print").hidden = !found.may.includes("export_case");
  drawParts(found.entries);
  drawSharing();
  showContact(contents, found.entries);
  at("readers").replaceChildren(...nameReaders(found.organisations));
  at("openings").replaceChildren(...(found.openings ?? []).map((opening) =>
    make("li", `${moment(opening.at)} · ${opening.organisation} · ${word("role", opening.role)} · ${say(`opened-${opening.what}`)}`)));
  at("case-loading").textContent = "";
  await showWork(found, asked).catch((error) => { if (mine === turn) complain("work-error", error.message); });
}

/** How it is safe to be in touch stands there before anything else, so that nothing moves down when it comes. */
async function showSafety(found, contents, cases, asked) {
  const index = found.entries.findLastIndex((entry) => entry.kind === "contact");
  const [hers, ours] = await Promise.all([
    index < 0 ? null : (contents[index] ?? openEntry(cases, found.entries[index]).catch(() => null)),
    asked?.then(openContact, () => null),
  ]);
  if (open?.found !== found) return;
  if (hers) {
    contents[index] = hers;
    showContact(contents, found.entries);
  }
  if (asked) showOurContact(ours);
}

/** On paper. It leaves the desk, so that it is noted; of a locked report there are only words. */
async function onPaper() {
  if (!open) return;
  if (!open.found.locked_at) await post(`cases/${open.found.id}/export`);
  for (const id of ["case-history", "risk-past"]) at(id).open = true;
  print();
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
