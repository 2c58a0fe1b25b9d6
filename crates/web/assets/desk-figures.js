// Figures: tables with a picture each. Counts come as they may be shown; nothing here could tell a small one.

import { get, post } from "asset:desk-api.js";
import { at, busy, complain, make } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { save } from "asset:desk-log.js";
import { moment, say, word } from "asset:desk-words.js";

/** @type {any[]} */
let years = [];
/** @type {Map<string, string>} */
const names = new Map();
let asking = 0;
const SVG = "http://www.w3.org/2000/svg";

export function startFigures() {
  for (const named of at("figure-words").content.querySelectorAll("i")) {
    const key = named.dataset.row ?? `table:${named.dataset.table}`;
    if (!names.has(key)) names.set(key, named.textContent);
  }
  at("figures-year").addEventListener("change", draw);
  at("figures-csv").addEventListener("click", ({ currentTarget }) => busy(currentTarget, "figures-error", take));
}

export async function loadFigures() {
  clearTimeout(asking);
  complain("figures-error");
  const found = await get("figures");
  if (!desk.member) return;
  const isCounting = found.counting !== null;
  at("figures-said").textContent = isCounting ? say("counting", found.counting) : say("counted", moment(found.counted_at));
  if (isCounting) asking = setTimeout(() => loadFigures().catch((error) => complain("figures-error", error.message)), 1500);
  if (isCounting && found.years.length === 0) return;
  const before = at("figures-year").value;
  years = found.years;
  at("figures-year").replaceChildren(...years.map(({ year }) => new Option(String(year))));
  if (years.some(({ year }) => String(year) === before)) at("figures-year").value = before;
  draw();
}

export function forgetFigures() {
  clearTimeout(asking);
  years = [];
  at("figures-tables").replaceChildren();
  at("figures-main").replaceChildren();
}

const chosen = () => years.find(({ year }) => String(year) === at("figures-year").value) ?? years[0];

/** @param {string} table @param {string} code */
function named(table, code) {
  if (code === "unsaid") return say("unsaid");
  return names.get(`${table}/${code}`) ?? (table === "month" ? say("month-n", Number(code)) : word(table, code));
}

/** @param {number | "few" | "held"} cases */
const written = (cases) => (cases === "few" ? "<5" : cases === "held" ? "•" : String(cases));

/** Months in their order, the rest by size; what is hidden behind what is shown. @param {any} table */
function ordered({ table, rows }) {
  if (table === "month" || table === "age") return rows;
  const size = ({ cases }) => (typeof cases === "number" ? cases : cases === "held" ? 4.5 : 2);
  return [...rows].sort((one, other) => size(other) - size(one));
}

function draw() {
  const year = chosen();
  at("figures-csv").disabled = !year;
  at("figures-main").replaceChildren();
  at("figures-tables").replaceChildren();
  if (!year) return;
  const table = (name) => year.tables.find((each) => each.table === name);
  const main = [[say("figures-cases"), table("month") ? written(table("month").total) : "0"]];
  const answers = table("answer");
  const of = (code) => answers?.rows.find((row) => row.code === code)?.cases ?? 0;
  const [within, late] = [of("within"), of("late")];
  if (typeof within === "number" && typeof late === "number" && within + late > 0) {
    main.push([say("figures-within"), `${Math.round((100 * within) / (within + late))} %`]);
  }
  if (year.median_minutes !== null) main.push([say("figures-median"), minutes(year.median_minutes)]);
  at("figures-main").append(...main.map(([what, how]) => {
    const pair = make("div");
    pair.append(make("dt", what), make("dd", how));
    return pair;
  }));
  const order = ["month", "harm", "age", "province", "answer", "state", "outcome", "closing", "referral", "follow_up"];
  at("figures-tables").append(...order.map(table).filter(Boolean).map(drawTable));
}

/** @param {number} count */
const minutes = (count) => (count < 90 ? say("minutes", count) : count < 2880 ? say("hours", Math.round(count / 60)) : say("days", Math.round(count / 1440)));

/** @param {any} table */
function drawTable(table) {
  const name = names.get(`table:${table.table}`) ?? table.table;
  const figure = make("figure");
  const list = make("table", undefined, "list");
  const head = make("tr");
  for (const [text, right] of [[name, false], [say("figures-count"), true]]) {
    const cell = make("th", /** @type {string} */ (text), right ? "right" : "");
    cell.setAttribute("scope", "col");
    head.append(cell);
  }
  const rows = ordered(table).map(({ code, cases }) => line(named(table.table, code), cases));
  const body = make("tbody");
  body.append(...rows, line(say("figures-total"), table.total));
  const top = make("thead");
  top.append(head);
  list.append(make("caption", name, "visually-hidden"), top, body);
  if (table.rows.length === 0) figure.append(make("figcaption", name), make("p", say("figures-none"), "fine"));
  else figure.append(make("figcaption", name), bars(table, name), list);
  return figure;
}

/** @param {string} name @param {any} cases */
function line(name, cases) {
  const row = make("tr");
  const head = make("th", name);
  head.setAttribute("scope", "row");
  row.append(head, make("td", written(cases), "figure right"));
  return row;
}

/** A bar a row, drawn by hand; the table beside it says the same. @param {any} table @param {string} name */
function bars(table, name) {
  const rows = ordered(table);
  const [width, step, thick] = [320, 16, 10];
  const most = Math.max(5, ...rows.map(({ cases }) => (typeof cases === "number" ? cases : 0)));
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `0 0 ${width} ${rows.length * step}`);
  picture.setAttribute("class", "bars");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", say("figures-picture", name));
  rows.forEach(({ cases }, index) => {
    const bar = document.createElementNS(SVG, "rect");
    // What is hidden has a bar of its own kind, which tells no number.
    const length = typeof cases === "number" ? (cases / most) * width : 12;
    for (const [key, value] of Object.entries({ x: 0, y: index * step + (step - thick) / 2, width: length, height: thick, rx: 2 })) {
      bar.setAttribute(key, String(value));
    }
    bar.setAttribute("class", typeof cases === "number" ? "bar" : "bar hidden-count");
    picture.append(bar);
  });
  return picture;
}

async function take() {
  const year = chosen();
  if (!year) return;
  await post("figures/taken", { year: year.year });
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = ["year,table,code,name,cases"];
  for (const { table, rows, total } of year.tables) {
    for (const { code, cases } of rows) lines.push([year.year, table, code, quoted(named(table, code)), cell(cases)].join(","));
    if (rows.length === 0) lines.push([year.year, table, "", quoted(say("figures-none")), ""].join(","));
    lines.push([year.year, table, "total", quoted(say("figures-total")), cell(total)].join(","));
  }
  if (year.median_minutes !== null) lines.push([year.year, "median_minutes", "", quoted(say("figures-median")), year.median_minutes].join(","));
  // The mark by which spreadsheets know UTF-8.
  save(new Blob(["\ufeff", lines.join("\n"), "\n"], { type: "text/csv" }), `haidang-figures-${desk.organisation.id}-${year.year}.csv`);
}

/** @param {number | "few" | "held"} cases */
const cell = (cases) => (cases === "few" ? "<5" : cases === "held" ? "" : String(cases));
