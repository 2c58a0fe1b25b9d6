// What the organisation decides for itself: each form is saved by itself.

import { get, post } from "asset:desk-api.js";
import { at, busy, complain, copy, make, notice } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { say } from "asset:desk-words.js";

const HOUR = 3600;
const random = (bytes) => [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
/** @type {any[]} */
let members = [];

export function startOffice() {
  const forms = {
    hours: () => ({ hours: at("office-hours-text").value, clocks: clocks() }),
    contacts: () => ({ duty_contacts: at("office-contacts-text").value.split(/\s+/).filter(Boolean) }),
    card: () => ({ name: both("name"), about: both("about"), told_by_law: both("law") }),
    retention: () => ({ retention: { days: Number(at("office-retention-days").value) || null } }),
    questions: () => ({ questions: [...at("question-list").children].map(question) }),
  };
  for (const [name, read] of Object.entries(forms)) {
    at(`office-${name}`).addEventListener("submit", (event) => {
      event.preventDefault();
      busy(event.submitter, `office-${name}-error`, async () => {
        await post("office", read());
        notice(say("office-saved"));
      });
    });
  }
  at("question-add").addEventListener("click", () => at("question-list").append(drawQuestion({ code: `q_${random(4)}`, kind: "text", text: { vi: "", en: "" } })));
  at("team-add").addEventListener("click", () => at("team-list").append(drawTeam({ id: random(16), name: "", members: [] }, true)));
  at("template-add").addEventListener("click", () => at("template-list").append(drawTemplate({ id: random(16), title: "", text: { vi: "", en: "" } }, true)));
}

export async function loadOffice() {
  for (const name of ["office-hours", "office-contacts", "office-card", "office-retention", "office-questions", "teams", "templates"]) complain(`${name}-error`);
  const [office, { teams }, { templates }, colleagues] = await Promise.all([get("office"), get("teams"), get("templates"), get("colleagues")]);
  members = colleagues.members;
  const { card } = office;
  at("office-hours-text").value = card.hours;
  for (const field of document.querySelectorAll("[data-clock]")) {
    const code = /** @type {any} */ (field).dataset.clock;
    /** @type {any} */ (field).max = office.longest[code] / HOUR;
    /** @type {any} */ (field).value = Math.round((office.clocks[code] / HOUR) * 100) / 100;
  }
  at("office-contacts-text").value = office.duty_contacts.join("\n");
  for (const [name, texts] of Object.entries({ name: card.name, about: card.about, law: card.told_by_law })) {
    at(`card-${name}-vi`).value = texts.vi;
    at(`card-${name}-en`).value = texts.en;
  }
  at("office-retention-days").value = office.retention_days ?? "";
  at("question-list").replaceChildren(...office.questions.map(drawQuestion));
  at("team-list").replaceChildren(...teams.map((team) => drawTeam(team, false)));
  at("template-list").replaceChildren(...templates.map((template) => drawTemplate(template, false)));
}

export function forgetOffice() {
  members = [];
  for (const list of ["question-list", "team-list", "template-list"]) at(list).replaceChildren();
}

/** @param {string} name */
const both = (name) => ({ vi: at(`card-${name}-vi`).value, en: at(`card-${name}-en`).value });

const clocks = () => Object.fromEntries([...document.querySelectorAll("[data-clock]")].map((field) =>
  [/** @type {any} */ (field).dataset.clock, Math.round(Number(/** @type {any} */ (field).value) * HOUR)]));

/** What isn't shown of a question (its code) stays as it was. @type {WeakMap<Element, any>} */
const questions = new WeakMap();

/** @param {any} asked */
function drawQuestion(asked) {
  const item = copy("t-question");
  const part = (name) => item.querySelector(`.question-${name}`);
  questions.set(item, asked);
  part("vi").value = asked.text.vi;
  part("en").value = asked.text.en;
  part("kind").value = asked.kind;
  part("choices").value = (asked.choices ?? []).map(({ vi, en }) => `${vi} | ${en}`).join("\n");
  for (const box of item.querySelectorAll("[data-fits]")) box.checked = (asked[box.dataset.fits] ?? []).includes(box.value);
  const fit = () => { part("choices-field").hidden = part("kind").value === "text"; };
  part("kind").addEventListener("change", fit);
  fit();
  part("remove").addEventListener("click", () => item.remove());
  return item;
}

/** @param {Element} item */
function question(item) {
  const part = (name) => /** @type {any} */ (item.querySelector(`.question-${name}`)).value;
  const asked = questions.get(item);
  const known = asked.choices ?? [];
  const lines = part("kind") === "text" ? [] : part("choices").split("\n").map((line) => line.trim()).filter(Boolean);
  const choices = lines.map((line, index) => {
    const [vi, en = ""] = line.split("|").map((text) => text.trim());
    // An answer that stays where it was keeps its code, so that what was counted by it goes on.
    return { code: known[index]?.code ?? `c_${random(3)}`, vi, en };
  });
  const fits = (which) => [...item.querySelectorAll(`[data-fits="${which}"]:checked`)].map((box) => box.value);
  return { ...asked, ages: fits("ages"), harms: fits("harms"), kind: part("kind"), text: { vi: part("vi").trim(), en: part("en").trim() }, choices };
}

/** @param {any} team @param {boolean} isNew */
function drawTeam(team, isNew) {
  const item = copy("t-team");
  item.querySelector(".team-name").value = team.name;
  item.querySelector(".team-members").replaceChildren(...members.map((member) => {
    const label = make("label", undefined, "choice");
    const box = /** @type {HTMLInputElement} */ (make("input"));
    Object.assign(box, { type: "checkbox", value: member.id, checked: team.members.includes(member.id) });
    label.append(box, make("span", member.name));
    return label;
  }));
  item.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "teams-error", async () => {
      const chosen = [...item.querySelectorAll("input:checked")].map((box) => box.value);
      await post("teams", { id: team.id, name: item.querySelector(".team-name").value, members: chosen });
      isNew = false;
      notice(say("office-saved"));
    });
  });
  removes(item, ".team-remove", "teams", () => isNew, team.id);
  return item;
}

/** @param {any} template @param {boolean} isNew */
function drawTemplate(template, isNew) {
  const item = copy("t-template");
  const part = (name) => item.querySelector(`.template-${name}`);
  part("title").value = template.title;
  part("vi").value = template.text.vi;
  part("en").value = template.text.en;
  item.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    busy(event.submitter, "templates-error", async () => {
      const text = { vi: part("vi").value, en: part("en").value };
      await post("templates", { id: template.id, title: part("title").value, text });
      isNew = false;
      notice(say("office-saved"));
    });
  });
  removes(item, ".template-remove", "templates", () => isNew, template.id);
  return item;
}

/** @param {any} item @param {string} button @param {string} path @param {() => boolean} isNew @param {string} id */
function removes(item, button, path, isNew, id) {
  item.querySelector(button).addEventListener("click", ({ currentTarget }) => busy(currentTarget, `${path}-error`, async () => {
    if (!isNew()) await post(`${path}/${id}/remove`);
    item.remove();
  }));
}

/** Lets her choose a template at a reply. */
export async function chooseTemplate() {
  if (!desk.member || at("case-body").hidden) return;
  const { templates } = await get("templates");
  const english = document.documentElement.lang === "en";
  at("choose-template-none").hidden = templates.length > 0;
  at("choose-template").replaceChildren(...templates.map(({ title, text }) => {
    const item = make("li");
    const button = /** @type {HTMLButtonElement} */ (make("button", title, "button quiet"));
    button.type = "button";
    button.addEventListener("click", () => {
      at("templates-dialog").close();
      const reply = at("reply-text");
      reply.setRangeText((english && text.en) || text.vi, reply.selectionStart, reply.selectionEnd, "end");
      reply.dispatchEvent(new Event("input", { bubbles: true }));
      reply.focus();
    });
    item.append(button);
    return item;
  }));
  at("templates-dialog").showModal();
}
