// The log: lines, filters, what is taken along. It shows ids of cases, which open nothing.

import { ask, get } from "asset:desk-api.js";
import { at, busy, complain, make } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { moment, say, word } from "asset:desk-words.js";

/** @type {Map<string, string>} */
let names = new Map();
/** @type {number | null} */
let next = null;

export function startLog() {
  at("log-filter").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter ?? at("log-filter").querySelector("button"), "log-error", () => read(true));
  });
  at("log-more").addEventListener("click", ({ currentTarget }) => busy(currentTarget, "log-error", () => read(false)));
  at("log-check").addEventListener("click", ({ currentTarget }) => busy(currentTarget, "log-error", check));
  for (const format of ["csv", "json"]) {
    at(`log-${format}`).addEventListener("click", ({ currentTarget }) => busy(currentTarget, "log-error", () => take(format)));
  }
  at("log-lines").addEventListener("click", ({ target }) => {
    const id = target.closest("[data-case]")?.dataset.case;
    if (!id) return;
    at("log-case").value = id;
    at("log-filter").requestSubmit();
  });
}

export async function loadLog() {
  complain("log-error");
  at("log-checked").hidden = true;
  const { members } = await get("colleagues");
  names = new Map(members.map(({ id, name }) => [id, name]));
  const before = at("log-member").value;
  at("log-member").replaceChildren(at("log-member").options[0], ...members.map(({ id, name }) => new Option(name, id)));
  at("log-member").value = before;
  await read(true);
}

export function forgetLog() {
  names = new Map();
  next = null;
  at("log-filter").reset();
  at("log-lines").replaceChildren();
  at("log-member").replaceChildren(at("log-member").options[0]);
  at("log-checked").hidden = true;
}

/** What was chosen. */
function filter() {
  const day = (id) => (at(id).value ? Date.parse(`${at(id).value}T00:00:00+07:00`) / 1000 : null);
  const until = day("log-until");
  return {
    case: at("log-case").value.trim() || null,
    member: at("log-member").value || null,
    kind: at("log-kind").value || null,
    from: day("log-from"),
    until: until && until + 86_400,
  };
}

/** @param {boolean} anew */
async function read(anew) {
  const asked = { ...filter(), behind: anew ? null : next };
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== null).map(([key, value]) => [key, String(value)]));
  const found = await get(`log?${query}`);
  next = found.next;
  const lines = found.lines.map(drawn);
  if (anew) at("log-lines").replaceChildren(...lines);
  else at("log-lines").append(...lines);
  at("log-more").hidden = next === null;
  at("log-none").hidden = at("log-lines").children.length > 0;
}

/** @param {any} line */
function drawn(line) {
  const row = make("tr");
  const number = make("td", String(line.number), "figure");
  const what = make("td", line.change ? kind(line.change.kind) : say("log-erased"));
  const more = line.change ? detail(line.change) : "";
  if (more) what.append(make("span", more, "fine"));
  const who = make("td", whose(line));
  if (line.role) who.append(make("span", word("role", line.role), "fine"));
  const where = make("td");
  if (line.case) {
    const button = make("button", line.case.slice(0, 8), "link figure");
    /** @type {any} */ (button).type = "button";
    button.dataset.case = line.case;
    button.setAttribute("aria-label", say("log-of-case", line.case.slice(0, 8)));
    where.append(button);
  }
  row.append(number, make("td", moment(line.at), "figure"), who, what, where);
  return row;
}

/** @param {any} line */
function whose(line) {
  if (line.by === "member") return name(line.member);
  if (line.by === "person") return say("person");
  return line.by === "clock" ? say("log-clock") : line.by;
}

/** @param {string} id */
const name = (id) => names.get(id) ?? say("log-gone", id.slice(0, 8));

/** The word of a kind, as the filter has it. @param {string} code */
const kind = (code) => [...at("log-kind").options].find((option) => option.value === code)?.text ?? code;

/** The little that is worth a second line. @param {any} change */
function detail(change) {
  const said = [];
  if (change.kind === "read") said.push(say(`opened-${change.what}`));
  for (const id of [change.owner, change.member]) if (id) said.push(name(id));
  if (change.role) said.push(word("role", change.role));
  for (const part of change.parts ?? []) said.push(say(`part-${part}`));
  if (change.lines !== undefined) said.push(say("log-lines", change.lines));
  if (change.month) said.push(change.month);
  return said.join(" · ");
}

async function check() {
  const { lines, erased, broken, head } = await get("log/check");
  at("log-checked").hidden = false;
  at("log-checked").classList.toggle("stern", broken !== null);
  at("log-checked").textContent = broken === null ? say("log-holds", lines, erased) : say("log-breaks", broken);
  if (broken === null) at("log-checked").append(make("br"), make("code", head));
}

/** @param {string} format */
async function take(format) {
  const headers = { "content-type": "application/json" };
  const response = await ask("log/export", { method: "POST", headers, body: JSON.stringify({ format, ...filter() }) });
  save(await response.blob(), `haidang-log-${desk.organisation.id}-${new Date().toISOString().slice(0, 10)}.${format}`);
  await read(true);
}

/** Hands a file to whoever sits here. @param {Blob} blob @param {string} called */
export function save(blob, called) {
  const link = /** @type {HTMLAnchorElement} */ (make("a"));
  link.href = URL.createObjectURL(blob);
  link.download = called;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
