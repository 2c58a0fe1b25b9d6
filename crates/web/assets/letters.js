// Letters filled on the device: what is typed goes into the letter below it, in this page's memory only.

import { onForget } from "asset:exit.js";
import { keepThisPage, otherAddress, putPage } from "asset:swap.js";

/** What a gap looks like on paper before it is filled. @type {WeakMap<Element, Node[]>} */
const ruled = new WeakMap();
let started = false;

export function startLetters() {
  keepThisPage();
  if (started) return;
  started = true;
  document.addEventListener("input", ({ target }) => fill(target));
  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".letter-form")) return;
    event.preventDefault();
    printOpen(event.target.closest(".letter"));
  });
  document.addEventListener("click", (event) => {
    const away = event.ctrlKey || event.metaKey || event.shiftKey;
    if (away || !event.target.closest?.("#switch-language") || !document.getElementById("letters")) return;
    event.preventDefault();
    switchLanguage();
  });
  onForget(() => document.querySelectorAll(".gap").forEach((gap) => put(gap, "")));
}

/** The same words stand wherever the letter asks for them; what two letters ask for is typed once. */
function fill(box) {
  if (!box.closest?.(".letter-form")) return;
  for (const other of document.querySelectorAll(`.letter-form [name="${box.name}"]`)) if (other !== box) other.value = box.value;
  for (const gap of document.querySelectorAll(`.gap[data-blank="${box.name}"]`)) put(gap, box.value);
}

function put(gap, text) {
  if (!ruled.has(gap)) ruled.set(gap, [...gap.childNodes]);
  const filled = text.trim() !== "";
  gap.toggleAttribute("data-filled", filled);
  gap.replaceChildren(...(filled ? [text.trim()] : ruled.get(gap)));
}

/** Under the letter's own title: browsers print the title of the page as well. */
function printOpen(letter) {
  const title = document.title;
  document.title = letter.querySelector("h2").textContent;
  addEventListener("afterprint", () => { document.title = title; }, { once: true });
  print();
}

async function switchLanguage() {
  const typed = [...document.querySelectorAll(".letter-form [name]")].map((box) => [box.name, box.value]);
  const open = document.querySelector(".letter[open]")?.dataset.letter;
  try {
    await putPage(otherAddress());
  } catch {
    // No network: better her words here than an empty page there.
    return;
  }
  for (const letter of document.querySelectorAll(".letter")) letter.open = letter.dataset.letter === open;
  for (const [name, value] of typed) {
    const box = document.querySelector(`.letter-form [name="${name}"]`);
    if (!box || !value) continue;
    box.value = value;
    fill(box);
  }
  document.getElementById("switch-language").focus();
}
