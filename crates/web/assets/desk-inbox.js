// The list: what stands in the clear, most urgent first.

import { get } from "asset:desk-api.js";
import { openCase, openNow, reopen } from "asset:desk-case.js";
import { at, copy, notice } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { clock, factsLine, moment, say, setClock, word } from "asset:desk-words.js";

/** Which report a row stands for; the page itself holds no id. @type {WeakMap<Element, any>} */
const rows = new WeakMap();
/** How many pages are shown. */
let pages = 1;
/** @type {string | null} */
let next = null;
/** @type {Promise<void> | undefined} */
let refreshing;
let again = false;

export function startInbox() {
  for (const list of ["inbox-list", "keeping-list"]) {
    at(list).addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) openCase(rows.get(item)).then(mark);
    });
  }
  at("inbox-more").addEventListener("click", () => {
    pages += 1;
    refresh();
  });
  setInterval(tick, 30_000);
}

export function forgetInbox() {
  at("inbox-list").replaceChildren();
  at("keeping-list").replaceChildren();
  at("keeping").hidden = true;
  at("inbox-count").textContent = "";
  [pages, next] = [1, null];
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

async function read() {
  const found = [];
  next = null;
  for (let page = 0; page < pages; page += 1) {
    const part = await get(`inbox${next ? `?behind=${encodeURIComponent(next)}` : ""}`);
    found.push(...part.rows);
    next = part.next;
    setClock(part.now);
    if (!next) break;
  }
  const kept = await get("keeping");
  if (!desk.member) return;
  showKeeping(kept);
  const focused = document.activeElement?.closest("#inbox-list li");
  const had = focused && rows.get(focused)?.id;
  at("inbox-list").replaceChildren(...found.map(drawn));
  at("inbox-empty").hidden = found.length > 0 || !desk.ours;
  at("inbox-more").hidden = !next;
  at("inbox-count").textContent = say(next ? "count-more" : "count", found.length);
  mark();
  if (had) /** @type {any} */ (items().find((item) => rows.get(item).id === had))?.firstElementChild.focus();
  await reopen(found);
}

/** Reports whose time runs out soon, then those that must be kept. */
function showKeeping({ running_out: soon, held }) {
  at("keeping").hidden = soon.length + held.length === 0;
  at("keeping-count").textContent = say(held.length ? "keeping-held" : "keeping", soon.length, held.length);
  at("keeping-list").replaceChildren(...[...soon, ...held].map((row) => {
    const item = drawn(row);
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
  set("row-urgency", word("urgency", row.urgency));
  set("row-harm", row.facts.harm ? word("harm", row.facts.harm) : say("no-harm"));
  set("row-facts", factsLine(row.facts));
  const state = row.erase_due ? say("erasing-short") : row.closed_at ? say("closed") : row.news ? say("new") : word("state", row.state);
  set("row-state", state);
  item.firstElementChild.dataset.urgency = row.urgency;
  item.firstElementChild.dataset.news = row.news;
  tickOf(item, row);
  return item;
}

function tickOf(item, row) {
  const { text, state } = clock(row);
  item.querySelector(".row-clock").textContent = text;
  item.querySelector(".row-clock").dataset.clock = state;
}

function tick() {
  for (const item of items()) tickOf(item, rows.get(item));
}

const items = () => [...at("inbox-list").children];

/** Shows which one is open. */
function mark() {
  for (const item of items()) {
    const button = /** @type {Element} */ (item.firstElementChild);
    if (rows.get(item).id === openNow()) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** Up and down the list by keys. @param {1 | -1} by */
export function move(by) {
  const all = items();
  const here = all.findIndex((item) => item.contains(document.activeElement) || item.firstElementChild.ariaCurrent === "true");
  const to = all[Math.max(0, Math.min(all.length - 1, here < 0 ? 0 : here + by))];
  /** @type {any} */ (to)?.firstElementChild.focus();
}
