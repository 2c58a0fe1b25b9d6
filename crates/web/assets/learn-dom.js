// Small things that steps are made of. Text only ever enters as text.

/** @param {string} tag @param {string} [text] @param {string} [className] @returns {any} */
export function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** @param {string} text @param {string} className @param {() => void} work @returns {HTMLButtonElement} */
export function press(text, className, work) {
  const button = make("button", text, className);
  button.type = "button";
  button.addEventListener("click", work);
  return button;
}

/** A line that begins with a word in bold. @param {string} bold @param {string} text @param {string} [className] */
export function line(bold, text, className) {
  const paragraph = make("p", undefined, className);
  paragraph.append(make("strong", bold), " ", text);
  return paragraph;
}

/** A box for own words; browsers and their helpers leave it alone. @param {string} label @param {string} send @param {(said: string) => void} work */
export function wordsBox(label, send, work) {
  const form = make("form", undefined, "own");
  const id = `own-${Math.random().toString(36).slice(2)}`;
  const name = make("label", label);
  name.htmlFor = id;
  const box = make("textarea", undefined, "line-box");
  Object.assign(box, { id, rows: 2, maxLength: 1000, autocomplete: "off", spellcheck: false, translate: false });
  for (const [key, value] of [["autocorrect", "off"], ["writingsuggestions", "false"], ["data-gramm", "false"], ["dir", "auto"]]) box.setAttribute(key, value);
  const button = make("button", send, "button quiet");
  button.type = "submit";
  form.append(name, box, button);
  form.addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    work(box.value);
  });
  return { form, box, button };
}
