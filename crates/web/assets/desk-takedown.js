// The takedown notice's own part of the form: where it goes, and what may go nowhere but to the hotline.

import { at } from "asset:desk-dom.js";

const HOTLINE = "hotline";
/** What only a letter needs. */
const OF_LETTERS = ["address", "name", "email"];

/** @param {HTMLFormElement} form @param {boolean} onlyHotline */
export function dressTakedown(form, onlyHotline) {
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("platform"));
  for (const option of select.options) option.hidden = option.disabled = (option.value === HOTLINE) !== onlyHotline && (onlyHotline || option.value !== "");
  select.value = onlyHotline ? HOTLINE : "";
  at("paper-hotline").hidden = !onlyHotline;
  at("paper-letter").hidden = onlyHotline;
  for (const name of OF_LETTERS) {
    const field = /** @type {any} */ (form.querySelector(`[data-field="${name}"]`));
    field.hidden = onlyHotline;
    if (onlyHotline) field.querySelector("[name]").value = "";
  }
  const steps = () => {
    for (const step of form.querySelectorAll("[data-platform]")) /** @type {any} */ (step).hidden = /** @type {any} */ (step).dataset.platform !== select.value;
  };
  select.addEventListener("change", steps);
  steps();
}
