// The queue: what stands in the clear, most urgent first.

import { get } from "asset:desk-api.js";
import { openCase, openNow, reopen } from "asset:desk-case.js";
import { at, copy, make, notice } from "asset:desk-dom.js";
import { drawViews, forgetFilter, isFiltered, loadViews, offerOwners, passes, startFilter } from "asset:desk-filter.js";
import { desk } from "asset:desk-keys.js";
import { TEAM, areKnown, forgetNames, loadNames, nameOf, nameOfTeam, teamsInSight } from "asset:desk-names.js";
import { cameAs, clock, day, factsLine, moment, now, say, setClock, span, urgencyOf, word } from "asset:desk-words.js";

/** Which report a row stands for; the page itself holds no id. @type {WeakMap<Element, any>} */
const rows = new WeakMap();
/** What was fetched. @type {any[]} */
let fetched = [];
/** Which part of the queue. */
let part = "all";
/** Rows of a page, as the server has it. */
const PAGE_ROWS = 50;
/** How many pages are shown. */
let pages = 1;
/** @type {string | null} */
let next = null;
/** @type {Promise<void> | undefined} */
let refreshing;
let again = false;
/** Ids of the rows that are picked. @type {Set<string>} */
const picked = new Set();
/** @type {() => void} */
let pickedChanged = () => {};

/** @param {() => void} onPicked called when other rows are picked */
export function startInbox(onPicked) {
  pickedChanged = onPicked;
  for (const list of ["inbox-list", "keeping-list"]) {
    at(list).addEventListener("click", ({ target }) => {
      const item = target.closest(".row")?.closest("li");
      if (item) openCase(rows.get(item)).then(mark);
    });
  }
  at("inbox-list").addEventListener("change", ({ target }) => pick(rows.get(target.closest("li")).id, target.checked));
  at("queue-parts").addEventListener("click", ({ target }) => {
    const wanted = target.closest("[data-queue]")?.dataset.queue;
    if (wanted) goTo(wanted);
  });
  at("inbox-more").addEventListener("click", () => {
    // A filter may have read further than what is shown.
    pages = Math.ceil(fetched.length / PAGE_ROWS) + 1;
    refresh();
  });
  startFilter(filtered, { now: () => part, go: goTo });
  setInterval(tick, 30_000);
}

/** Names and views, then the list. */
export async function beginInbox() {
  // Several at once are for whoever leads.
  at("inbox").dataset.several = String(desk.may.has("bulk"));
  await Promise.all([names(), loadViews(), refresh()]).catch((error) => { if (desk.member) notice(error.message, "stern"); });
}

async function names() {
  await loadNames();
  offerOwners();
  offerTeamParts();
  draw();
}

/** A part of the queue for each team that she belongs to, or gives cases to. */
function offerTeamParts() {
  dropTeamParts();
  at("queue-parts").append(...teamsInSight().map(({ id, name }) => {
    const button = Object.assign(make("button", name), { type: "button" });
    button.dataset.queue = TEAM + id;
    button.setAttribute("aria-pressed", String(button.dataset.queue === part));
    return button;
  }));
}

const dropTeamParts = () => { for (const button of at("queue-parts").querySelectorAll(`[data-queue^="${TEAM}"]`)) button.remove(); };

export function forgetInbox() {
  fetched = [];
  picked.clear();
  pickedChanged();
  forgetFilter();
  forgetNames();
  dropTeamParts();
  for (const id of ["inbox-list", "keeping-list"]) at(id).replaceChildren();
  for (const id of ["inbox-count", "inbox-late", "late-steps", "filter-part"]) at(id).textContent = "";
  at("keeping").hidden = true;
  show("all");
}

/** @param {string} wanted */
function show(wanted) {
  [part, pages, next] = [wanted, 1, null];
  for (const button of at("queue-parts").children) button.setAttribute("aria-pressed", String(button.dataset.queue === part));
}

/** Another part of the queue. @param {string} wanted `new`, `mine`, `due`, `all` or `over`, or a team's */
export function goTo(wanted) {
  if (wanted === part) return refresh();
  show(wanted);
  picked.clear();
  pickedChanged();
  drawViews();
  return refresh();
}

/** Reads the list anew; news that arrives meanwhile is not lost, and many of them cost one more reading. */
export function refresh() {
  if (refreshing) {
    again = true;
    return refreshing;
  }
  refreshing = read()
    .catch((error) => { if (desk.member) notice(error.message, "stern"); })
    .finally(() => {
      refreshing = undefined;
      if (again && desk.member) {
        again = false;
        refresh();
      }
    });
  return refreshing;
}

/** A filter reads so many pages at most. */
const FURTHEST = 40;

/** Whether a filter wants more rows than these to fill a page. @param {any[]} found */
const isShort = (found) => isFiltered() && found.filter(passes).length < PAGE_ROWS;

async function read() {
  const found = [];
  const wanted = part;
  let behind = null;
  let told;
  // A filter looks further down the queue, until a page of it is found.
  const goesOn = (page) => page < pages || (page < FURTHEST && isShort(found));
  for (let page = 0; goesOn(page); page += 1) {
    told = await get(`inbox?view=${wanted}${behind ? `&behind=${encodeURIComponent(behind)}` : ""}`);
    found.push(...told.rows);
    behind = told.next;
    setClock(told.now);
    if (!behind) break;
  }
  const kept = await get("keeping");
  // Who went to another part meanwhile reads that one next.
  if (!desk.member || wanted !== part) return;
  [fetched, next] = [found, behind];
  showKeeping(kept);
  tellLate(told);
  for (const id of [...picked]) if (!fetched.some((row) => row.id === id)) picked.delete(id);
  draw();
  if (!areKnown(fetched.map((row) => row.owner))) loadNames().then(() => { offerOwners(); offerTeamParts(); draw(); }, () => {});
  await reopen(fetched);
}

/** @param {number} count at most a hundred is counted */
const upTo99 = (count) => (count > 99 ? "99+" : String(count));

function tellLate({ late_steps: steps, late_answers: answers }) {
  at("late-steps").textContent = steps ? say("late-steps", upTo99(steps)) : "";
  at("inbox-late").textContent = answers ? say("late-answers", upTo99(answers)) : "";
}

/** At once what is here; further down the queue where that is little. */
function filtered() {
  draw();
  if (next && isShort(fetched)) refresh();
}

/** What passes the filter. */
function draw() {
  const shown = fetched.filter(passes);
  const focused = document.activeElement?.closest("#inbox-list li");
  const had = focused && rows.get(focused)?.id;
  const wasPick = document.activeElement?.matches(".row-pick");
  at("inbox-list").replaceChildren(...shown.map(drawn));
  at("inbox-empty").hidden = shown.length > 0 || !desk.ours;
  at("inbox-empty").textContent = say(isFiltered() ? "empty-filter" : `empty-${part.split(":")[0]}`);
  at("inbox-more").hidden = !next;
  at("inbox-count").textContent = say(next ? "count-more" : "count", shown.length);
  at("filter-part").textContent = isFiltered() && next ? say("filter-part", fetched.length) : "";
  mark();
  pickedChanged();
  const item = had && items().find((one) => rows.get(one).id === had);
  if (item) item.querySelector(wasPick ? ".row-pick" : ".row").focus();
}

/** Reports whose time runs out soon, then those that must be kept. */
function showKeeping({ running_out: soon, held }) {
  at("keeping").hidden = soon.length + held.length === 0;
  at("keeping-count").textContent = say(held.length ? "keeping-held" : "keeping", soon.length, held.length);
  at("keeping-list").replaceChildren(...[...soon, ...held].map((row) => {
    const item = drawn(row);
    item.querySelector(".tick").remove();
    item.querySelector(".row-clock").textContent = row.hold ? say("held", word("hold", row.hold)) : say("runs-out", moment(row.runs_out_at));
    item.querySelector(".row-clock").dataset.clock = "answered";
    return item;
  }));
}

/** @param {any} row */
function drawn(row) {
  const item = copy("t-row");
  const set = (name, text) => { item.querySelector(`.${name}`).textContent = text; };
  rows.set(item, row);
  const harm = row.facts.harm ? word("harm", row.facts.harm) : say("no-harm");
  set("row-urgency", word("urgency", urgencyOf(row)));
  set("row-came", cameAs(row));
  set("row-harm", harm);
  set("row-facts", factsLine(row.facts));
  const state = row.erase_due ? say("erasing-short") : row.closed_at ? say("closed") : row.news ? say("new") : "";
  set("row-state", state);
  set("tick > .visually-hidden", say("pick", harm));
  const pickBox = item.querySelector(".row-pick");
  pickBox.checked = picked.has(row.id);
  const button = item.querySelector(".row");
  button.dataset.urgency = urgencyOf(row);
  button.dataset.news = row.news;
  button.dataset.state = row.status;
  tickOf(item, row);
  return item;
}

/** Clocks go on by themselves. @param {Element} item @param {any} row */
function tickOf(item, row) {
  const { text, state } = clock(row);
  const line = /** @type {any} */ (item.querySelector(".row-clock"));
  line.textContent = text;
  line.dataset.clock = state;
  const isLate = Boolean(row.next_due) && row.next_due < now();
  /** @type {any} */ (item).dataset.late = String(isLate || state === "overdue");
  const said = [row.members_only && say("conference"), word("case_state", row.status), nameOfTeam(row.team), row.owner ? nameOf(row.owner) : ["new", "open", "waiting", "reopened"].includes(row.status) ? say("nobody") : ""];
  const work = /** @type {any} */ (item.querySelector(".row-work"));
  work.replaceChildren(said.filter(Boolean).join(" · "));
  if (!row.next_due) return;
  const step = Object.assign(document.createElement("span"), { className: "row-step", textContent: isLate ? say("step-late", span(now() - row.next_due)) : say("step-on", day(row.next_due)) });
  step.dataset.clock = isLate ? "overdue" : "running";
  work.append(" · ", step);
}

function tick() {
  for (const item of items()) tickOf(item, rows.get(item));
}

const items = () => /** @type {any[]} */ ([...at("inbox-list").children]);

/** Shows which one is open. */
function mark() {
  for (const item of items()) {
    const button = item.querySelector(".row");
    if (rows.get(item).id === openNow()) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** Up and down the list by keys. @param {1 | -1} by */
export function move(by) {
  const all = items();
  const here = all.findIndex((item) => item.contains(document.activeElement) || item.querySelector(".row").ariaCurrent === "true");
  const to = all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + by))];
  to?.querySelector(".row").focus();
}

/** The row under the focus. */
export function rowInFocus() {
  const item = document.activeElement?.closest("#inbox-list li");
  return item ? rows.get(item) : undefined;
}

/** @param {string} id @param {boolean} on */
function pick(id, on) {
  if (on) picked.add(id);
  else picked.delete(id);
  pickedChanged();
}

/** Picks the row under the focus, or lets it go. */
export function pickInFocus() {
  const row = rowInFocus();
  if (!row || !desk.may.has("bulk")) return;
  pick(row.id, !picked.has(row.id));
  const item = /** @type {any} */ (document.activeElement?.closest("#inbox-list li"));
  item.querySelector(".row-pick").checked = picked.has(row.id);
}

export function pickNone() {
  picked.clear();
  for (const item of items()) item.querySelector(".row-pick").checked = false;
  pickedChanged();
}

/** The rows that are picked, in the order of the queue. */
export const pickedRows = () => fetched.filter((row) => picked.has(row.id));
