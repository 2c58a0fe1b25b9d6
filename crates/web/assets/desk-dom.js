// The few ways to touch the page. Text only ever enters as text.

/** @param {string} id @returns {any} */
export const at = (id) => document.getElementById(id);

/** A fresh copy of a template's first element. @param {string} id @returns {any} */
export const copy = (id) => at(id).content.firstElementChild.cloneNode(true);

/** @param {string} tag @param {string} [text] @param {string} [className] */
export function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** Shows or hides a line that says what is wrong. @param {string} id @param {string} [text] */
export function complain(id, text) {
  const line = at(id);
  line.hidden = !text;
  line.textContent = text ?? "";
}

let quieting = 0;

/** Whatever was said goes away at a touch. */
export function startNotices() {
  at("notice").addEventListener("click", () => notice(""));
}

/** Says something in passing. @param {string} text @param {"calm" | "stern"} [tone] */
export function notice(text, tone = "calm") {
  const line = at("notice");
  line.textContent = text;
  line.dataset.tone = tone;
  line.hidden = !text;
  clearTimeout(quieting);
  if (tone === "calm") quieting = setTimeout(() => { line.hidden = true; }, 8000);
}

/**
 * Runs the work of a form's button once at a time and shows what went wrong.
 * @param {HTMLButtonElement} button @param {string} errorId @param {() => Promise<void>} work
 */
export async function busy(button, errorId, work) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  complain(errorId);
  try {
    await work();
  } catch (error) {
    complain(errorId, error instanceof Error ? error.message : String(error));
  } finally {
    button.ariaBusy = "false";
  }
}

/** Asks in a dialog. @param {string} id @returns {Promise<boolean>} */
export function confirmIn(id) {
  const dialog = /** @type {HTMLDialogElement} */ (at(id));
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((done) => dialog.addEventListener("close", () => done(dialog.returnValue === "yes"), { once: true }));
}
