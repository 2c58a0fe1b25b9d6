// What of the queue is shown: words and conditions over the rows that were fetched, and views that she saved. The views
// are sealed to herself before they leave the browser.

import { get, post } from "asset:desk-api.js";
import { at, busy, copy } from "asset:desk-dom.js";
import { desk, openMine, sealMine } from "asset:desk-keys.js";
import { nameOf, nameOfTeam, offerColleagues } from "asset:desk-names.js";
import { factsLine, say, urgencyOf, word } from "asset:desk-words.js";

const FIELDS = ["text", "harm", "urgency", "age", "province", "owner"];
/** As many as one sealed value holds. */
const MOST = 12;
/** @type {any[]} */
let views = [];
/** @type {() => void} */
let changed = () => {};
/** @type {{now: () => string, go: (queue: string) => void}} */
let queue = { now: () => "all", go: () => {} };

/** @param {() => void} redraw @param {typeof queue} theQueue which part is shown, and how to go to another */
export function startFilter(redraw, theQueue) {
  [changed, queue] = [redraw, theQueue];
  for (const field of FIELDS) at(`filter-${field}`).addEventListener("input", onChange);
  at("filter-clear").addEventListener("click", () => use({}));
  at("filter-text").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    use({});
    at("inbox-heading").focus();
  });
  at("view-save").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "view-error", save);
  });
}

export function forgetFilter() {
  views = [];
  at("view-list").replaceChildren();
  put({});
}

/** Her saved views, opened. */
export async function loadViews() {
  const { sealed } = await get("views");
  views = sealed ? ((await openMine(sealed))?.views ?? []) : [];
  drawViews();
}

/** Owners to choose from, once their names are known. */
export function offerOwners() {
  const kept = at("filter-owner").value;
  const [any, nobody] = at("filter-owner").options;
  offerColleagues("filter-owner");
  at("filter-owner").prepend(any, nobody);
  at("filter-owner").value = kept;
}

/** Whether anything is left out. */
export const isFiltered = () => FIELDS.some((field) => at(`filter-${field}`).value);

/** Whether a row is shown. @param {any} row */
export function passes(row) {
  const wish = wished();
  const fits = { harm: row.facts.harm, urgency: urgencyOf(row), age: row.facts.age, province: row.facts.province };
  if (Object.entries(fits).some(([field, has]) => wish[field] && wish[field] !== has)) return false;
  if (wish.owner && (row.owner ?? "nobody") !== wish.owner) return false;
  if (!wish.text) return true;
  const harm = row.facts.harm ? word("harm", row.facts.harm) : say("no-harm");
  const said = plain([harm, factsLine(row.facts), nameOf(row.owner), nameOfTeam(row.team), word("case_state", row.status), word("urgency", urgencyOf(row))].join(" "));
  return plain(wish.text).split(/\s+/).every((part) => said.includes(part));
}

/** Letters without their marks, so that `ha noi` finds Hà Nội. @param {string} text */
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d").trim();

const wished = () => Object.fromEntries(FIELDS.map((field) => [field, at(`filter-${field}`).value]).filter(([, value]) => value));

/** @param {Record<string, string>} wish */
function put(wish) {
  for (const field of FIELDS) at(`filter-${field}`).value = wish[field] ?? "";
  tell();
}

/** @param {any} view */
function use(view) {
  put(view);
  if (view.queue && view.queue !== queue.now()) queue.go(view.queue);
  else changed();
  drawViews();
}

function onChange() {
  tell();
  drawViews();
  changed();
}

function tell() {
  const on = FIELDS.slice(1).filter((field) => at(`filter-${field}`).value).length;
  at("filter-on").textContent = on ? say("conditions", on) : "";
}

const same = (view) => view.queue === queue.now() && FIELDS.every((field) => (view[field] ?? "") === at(`filter-${field}`).value);

/** The part of the queue is another: which view is shown may be another as well. */
export function drawViews() {
  at("view-list").replaceChildren(...views.map((view, index) => {
    const item = copy("t-view");
    const [go, drop] = item.children;
    go.textContent = view.name;
    go.setAttribute("aria-pressed", String(same(view)));
    go.addEventListener("click", () => use(view));
    drop.lastElementChild.textContent = say("view-drop", view.name);
    drop.addEventListener("click", () => busy(drop, "view-error", () => keep(views.filter((_, other) => other !== index))));
    return item;
  }));
}

async function save() {
  const name = at("view-name").value.trim();
  if (!name) return;
  const others = views.filter((view) => view.name !== name);
  if (others.length >= MOST) throw new Error(say("views-full", MOST));
  await keep([...others, { name, queue: queue.now(), ...wished() }]);
  at("view-save").reset();
}

/** @param {any[]} all */
async function keep(all) {
  await post("views", { sealed: await sealMine({ views: all }) });
  if (!desk.member) return;
  views = all;
  drawViews();
}
