// Steps that ask for something first: a dialog each. What was typed stays while it is refused; it goes once the step is
// done or let go.

import { at, busy, complain } from "asset:desk-dom.js";
import { now, say } from "asset:desk-words.js";

/** What each open dialog is for. @type {Map<string, () => Promise<void>>} */
const doing = new Map();

export function startSteps() {
  for (const dialog of /** @type {any} */ (document.querySelectorAll("dialog.step"))) {
    const name = dialog.dataset.stepOf;
    const form = at(`${name}-form`);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      busy(event.submitter ?? form.querySelector(".primary"), `${name}-error`, async () => {
        const work = doing.get(name);
        await work?.();
        if (doing.get(name) === work) dialog.close();
      });
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    const mayGo = () => !hasWords(form) || confirm(say("unsent"));
    dialog.querySelector("[data-close]").addEventListener("click", () => { if (mayGo()) dialog.close(); });
    dialog.addEventListener("cancel", (event) => { if (!mayGo()) event.preventDefault(); });
    dialog.addEventListener("close", () => {
      // Opened anew meanwhile by the one who closed it.
      if (dialog.open) return;
      doing.delete(name);
      form.reset();
      complain(`${name}-error`);
    });
  }
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {any} */ (target).closest?.("[data-days]");
    if (button) at(button.parentElement.dataset.dueFor).value = local(usual(button.dataset.days));
  });
}

/** @param {HTMLFormElement} form */
const hasWords = (form) => [...form.querySelectorAll("textarea")].some((field) => field.value.trim());

/** Whether a dialog holds words that would be lost. */
export const hasTyped = () => [...document.querySelectorAll("dialog.step[open] form")].some((form) => hasWords(/** @type {any} */ (form)));

/**
 * Asks, then does it. A step that is refused stays open with what was typed.
 * @param {string} name @param {() => Promise<void>} work @param {string} [of] which cases, where there are several
 */
export function ask(name, work, of) {
  for (const field of /** @type {any} */ (at(`${name}-form`).querySelectorAll("input[type=datetime-local]"))) {
    field.min = local(now() - 60);
    if (!field.value) field.value = local(usual("1"));
  }
  at(`${name}-of`).hidden = !of;
  at(`${name}-of`).textContent = of ?? "";
  doing.set(name, work);
  at(`${name}-dialog`).showModal();
}

/** Lets every step go, as when the case is gone. */
export function letGo() {
  for (const dialog of /** @type {any} */ (document.querySelectorAll("dialog.step[open]"))) dialog.close();
}

/** What was written with a step. @param {string} name @returns {{text: string} | undefined} */
export function wordsOf(name) {
  const text = at(`${name}-words`).value.trim();
  return text ? { text } : undefined;
}

/** Which of several was chosen. @param {string} form @param {string} name */
export const chosen = (form, name) => at(`${form}-form`).elements[name].value;

/** Shows the next step where one is needed. @param {string} name @param {boolean} wanted */
export function wantNext(name, wanted) {
  const part = at(`${name}-next`);
  part.hidden = !wanted;
  // What is hidden is not asked for.
  part.disabled = !wanted;
}

/** @param {string} name @returns {any} a task, as the server takes it */
export function nextOf(name) {
  return { task: newId(), what: at(`${name}-what`).value, due: dueOf(name), owner: null };
}

/** The name of something new within a case. */
export const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** The clock of Vietnam is seven hours ahead, all year. */
const AHEAD = 7 * 3600;

/** @param {string} name @returns {number} seconds since 1970 */
export function dueOf(name) {
  const at_ = Date.parse(`${at(`${name}-due`).value}:00Z`) / 1000 - AHEAD;
  if (!Number.isFinite(at_)) throw new Error(say("no-day"));
  return at_;
}

/** @param {string} name @param {number} seconds since 1970 */
export function setDue(name, seconds) {
  at(`${name}-due`).value = local(seconds);
}

/** As the field has it. @param {number} seconds since 1970 */
const local = (seconds) => new Date((seconds + AHEAD) * 1000).toISOString().slice(0, 16);

/** An hour from now, this afternoon at five, or nine in the morning of a later day. @param {string} days */
function usual(days) {
  if (days === "hour") return now() + 3600;
  const midnight = Math.floor((now() + AHEAD) / 86400) * 86400 - AHEAD;
  if (days === "0") return Math.max(midnight + 17 * 3600, now() + 1800);
  return midnight + Number(days) * 86400 + 9 * 3600;
}
