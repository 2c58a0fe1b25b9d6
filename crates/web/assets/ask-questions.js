// The follow-up questions: the site's, then those that the organisations she chose ask by themselves. All of them are
// fetched; which ones are asked is decided here, on the device.

import { copyOf, inLanguage, said } from "asset:words.js";

/** The first is the most urgent. */
const URGENCIES = ["now", "today", "soon", "when_ready"];

/** The most urgent of some. @param {(string | undefined)[]} all */
export const raised = (all) => URGENCIES.find((urgency) => all.includes(urgency));

const fits = (wanted, told) => wanted === undefined || wanted.includes(told);

/** The question large, what is said beside it small. @param {HTMLElement} heading @param {string} text @param {string} more */
function put(heading, text, more) {
  const end = text.indexOf("? ") + 1;
  const beside = heading.nextElementSibling;
  heading.textContent = end > 0 ? text.slice(0, end) : text;
  beside.textContent = [end > 0 ? text.slice(end + 1) : "", more].filter(Boolean).join(" ");
  beside.hidden = beside.textContent === "";
}

/** It carries its words: an organisation may change its questions. */
function own({ code: question, text, choices = [] }, told, codes) {
  const asked = inLanguage(text);
  if (told) return [{ question, asked, text: told }];
  return codes.length > 0 ? [{ question, asked, choice: choices.filter(({ code }) => codes.includes(code)).map(inLanguage) }] : [];
}

export class Questions {
  constructor() {
    /** @type {any[]} */
    this.site = [];
    /** @type {any[]} */
    this.own = [];
    this.chosen = [];
  }

  get all() {
    return [...this.site, ...this.own];
  }

  /** What organisations ask by themselves. @param {any[]} organisations */
  learn(organisations) {
    this.own = organisations.flatMap((by) => by.questions.map((question) => ({ ...question, code: `${by.id}:${question.code}`, by })));
    this.draw();
  }

  wake() {
    this.load().catch(() => {});
  }

  async load() {
    if (this.site.length === 0) {
      const response = await fetch("/questions.json", { credentials: "omit" });
      if (response.ok) this.site = await response.json();
    }
    this.draw();
  }

  /** Every question once, hidden; fitting only decides which are steps. */
  draw() {
    const room = document.getElementById("questions");
    if (!room) return;
    room.append(...this.all.filter(({ code }) => !document.getElementById(`step-q-${code}`)).map((question) => this.one(question)));
    if (this.facts) this.fit(this.facts, this.chosen);
  }

  one(question) {
    const step = copyOf("question-template");
    const id = `q-${question.code}`;
    step.dataset.step = id;
    step.setAttribute("aria-labelledby", `step-${id}`);
    const heading = step.querySelector("h2");
    heading.id = `step-${id}`;
    const tiles = step.querySelector(".tiles");
    const box = step.querySelector("textarea");
    if (question.kind === "text") {
      box.name = id;
      box.setAttribute("aria-labelledby", heading.id);
      box.parentElement.hidden = false;
      tiles.remove();
    } else {
      box.parentElement.remove();
      tiles.setAttribute("role", "group");
      tiles.setAttribute("aria-labelledby", heading.id);
      tiles.append(...question.choices.map((choice) => {
        const label = Object.assign(document.createElement("label"), { className: "tile" });
        const input = Object.assign(document.createElement("input"), { type: question.kind === "choice" ? "radio" : "checkbox", name: id, value: choice.code });
        const words = Object.assign(document.createElement("span"), { textContent: inLanguage(choice) });
        label.append(input, words);
        return label;
      }));
    }
    return step;
  }

  /** @param {{harm?: string, age?: string, audience?: string}} facts @param {string[]} chosen organisations */
  fit(facts, chosen) {
    this.facts = facts;
    this.chosen = chosen;
    const another = facts.audience !== undefined && facts.audience !== "self";
    const young = !another && ["under_7", "7_11", "12_15"].includes(facts.age ?? "");
    for (const question of this.all) {
      const heading = document.getElementById(`step-q-${question.code}`);
      const by = question.by && said(document.getElementById("questions")?.dataset.by, { name: inLanguage(question.by.name) });
      if (heading) put(heading, inLanguage((another ? question.other : young ? question.young : undefined) ?? question.text), by);
    }
    const { harm, age = "unknown", audience = "self" } = facts;
    const asked = this.all.filter((q) => !q.by || chosen.includes(q.by.id));
    this.fitting = asked.filter((q) => fits(q.harms, harm) && fits(q.ages, age) && fits(q.audiences, audience));
  }

  steps() {
    return (this.fitting ?? []).map((question) => `q-${question.code}`);
  }

  /** What was answered, by question; only to those that still fit. */
  answers() {
    return (this.fitting ?? []).flatMap((question) => {
      const step = document.querySelector(`[data-step="q-${question.code}"]`);
      const text = step?.querySelector("textarea")?.value.trim();
      const chosen = [...(step?.querySelectorAll("input:checked") ?? [])].map((input) => input.value);
      if (question.by) return own(question, text, chosen);
      if (text) return [{ question: question.code, text }];
      if (chosen.length > 0) return [{ question: question.code, choice: question.kind === "choice" ? chosen[0] : chosen }];
      return [];
    });
  }

  /** The most urgent that an answer raised to. */
  urgency() {
    return raised(this.steps().map((step) => this.urgencyOf(step)));
  }

  /** @param {string} step */
  urgencyOf(step) {
    const question = this.all.find((each) => `q-${each.code}` === step);
    const chosen = [...document.querySelectorAll(`[data-step="${step}"] input:checked`)].map((input) => input.value);
    return raised((question?.choices ?? []).filter((choice) => chosen.includes(choice.code)).map((choice) => choice.urgency));
  }
}
