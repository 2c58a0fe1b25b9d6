// The team's work: who has how much in hand, what waits for the supervisor, closed cases to be read again.

import { get, post, written } from "asset:desk-api.js";
import { openCase } from "asset:desk-case.js";
import { at, busy, complain, copy, make, notice } from "asset:desk-dom.js";
import { desk, theSeal } from "asset:desk-keys.js";
import { clock, factsLine, moment, say, setClock, urgencyOf, word } from "asset:desk-words.js";

/** Which report a row stands for; the page itself holds no id. @type {WeakMap<Element, any>} */
const rows = new WeakMap();
const LISTS = { second_eyes: "second-eyes", overdue: "overdue", untaken: "untaken" };

export function startTeam() {
  for (const list of Object.values(LISTS)) {
    at(`${list}-list`).addEventListener("click", ({ target }) => {
      const item = target.closest("li");
      if (item) openCase(rows.get(item));
    });
  }
  at("review-month").addEventListener("change", () => loadTeam().catch((error) => complain("review-error", error.message)));
}

export async function loadTeam() {
  complain("review-error");
  // Vietnam's time.
  at("review-month").value ||= new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7);
  const [year, month] = at("review-month").value.split("-").map(Number);
  const begins = (months) => Date.UTC(year, months, 1) / 1000 - 7 * 3600;
  const asked = `overview?from=${begins(month - 1)}&until=${begins(month)}`;
  const [found, { members }] = await Promise.all([get(asked), get("colleagues")]);
  if (!desk.member) return;
  setClock(found.now);
  const names = new Map(members.map(({ id, name }) => [id, name]));
  at("team-check").classList.toggle("stern", found.without_step > 0);
  at("team-check").textContent = found.without_step ? say("steps-missing", found.without_step) : say("steps-all");
  const loads = new Map(found.loads.map((load) => [load.owner, load]));
  const everybody = [...members.filter(({ role }) => role !== "auditor").map(({ id }) => id), ...found.loads.map(({ owner }) => owner).filter((id) => !names.has(id))];
  at("loads").replaceChildren(...everybody.map((id) => {
    const { open = 0, overdue = 0 } = loads.get(id) ?? {};
    const row = make("tr");
    const late = make("td", String(overdue), "figure right");
    if (overdue) late.dataset.clock = "overdue";
    row.append(make("td", names.get(id) ?? say("log-gone", id.slice(0, 8))), make("td", String(open), "figure right"), late);
    return row;
  }));
  at("team-loads-part").hidden = found.teams.length === 0;
  at("team-loads").replaceChildren(...found.teams.map(({ name, members: within, open, untaken, overdue }) => {
    const row = make("tr");
    row.append(make("td", name), ...[within.length, open, untaken, overdue].map((count) => make("td", String(count), "figure right")));
    if (overdue) row.lastElementChild.dataset.clock = "overdue";
    return row;
  }));
  for (const [key, list] of Object.entries(LISTS)) {
    at(`${list}-list`).replaceChildren(...found[key].map(drawn));
    at(`${list}-count`).textContent = found[key].length === 50 ? "50+" : String(found[key].length);
  }
  at("review-list").replaceChildren(...found.review.map(review));
  at("review-none").hidden = found.review.length > 0;
}

export function forgetTeam() {
  for (const list of [...Object.values(LISTS), "review"]) at(`${list}-list`).replaceChildren();
  for (const id of ["loads", "team-loads"]) at(id).replaceChildren();
  at("team-check").textContent = "";
}

/** @param {any} row */
const what = (row) => [word("urgency", urgencyOf(row)), row.facts.harm ? word("harm", row.facts.harm) : say("no-harm"), factsLine(row.facts)].join(" · ");

/** @param {any} row */
function drawn(row) {
  const item = make("li");
  const button = /** @type {HTMLButtonElement} */ (make("button", undefined, "team-row"));
  button.type = "button";
  const { text, state } = clock(row);
  const side = make("span", row.next_due && !row.answer_due ? say("step-due", moment(row.next_due)) : text, "row-clock");
  side.dataset.clock = state;
  button.append(make("span", what(row)), side);
  item.append(button);
  rows.set(item, row);
  return item;
}

/** @param {{row: any, at: number, reviewed: boolean}} closed */
function review({ row, at: closedAt, reviewed }) {
  const item = copy("t-review");
  item.querySelector(".review-what").textContent = `${what(row)} · ${say("closed-at", moment(closedAt))}${reviewed ? ` · ${say("reviewed")}` : ""}`;
  item.querySelector(".review-open").addEventListener("click", () => openCase(row));
  item.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "review-error", async () => {
      const text = item.querySelector(".review-text");
      const words = new TextEncoder().encode(JSON.stringify({ text: text.value.trim() }));
      const { bytes } = await theSeal().call("seal_entry", desk.organisation.recipient, words);
      await post(`cases/${row.id}/work`, { seen: 0, change: { kind: "noted", about: "review" }, sealed: written(bytes) });
      text.value = "";
      notice(say("review-kept"));
      await loadTeam();
    });
  });
  return item;
}
