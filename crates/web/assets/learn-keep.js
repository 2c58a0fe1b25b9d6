// "Remember on this device": off until she turns it on. What is kept: ids of what is done, and the boxes of what is to be
// met again. Never a word, never an answer.

import { at } from "asset:words.js";

/** @typedef {{done: string[], boxes: unknown}} Kept */

const KEY = "learn";

/** What is remembered; null while it is off. @returns {Kept | null} */
export function remembered() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
    return kept && Array.isArray(kept.done) ? kept : null;
  } catch {
    return null;
  }
}

/** @param {Kept} kept */
export function remember(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // No room, or storage is switched off: then nothing is remembered.
  }
}

function forgetAll() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Switched off: nothing can be there.
  }
}

/** Days since 1970. */
export const today = () => Math.floor(Date.now() / 86_400_000);

/** The switch as it stands on this page. @param {() => void} changed */
export function offerRemembering(changed) {
  const box = /** @type {HTMLInputElement | null} */ (at("remember"));
  if (!box) return;
  box.checked = remembered() !== null;
  box.addEventListener("change", () => {
    if (box.checked) remember({ done: [], boxes: [] });
    else forgetAll();
    changed();
  });
}
