// Ten words: shown large, asked back once, printed as a list that could be anybody's. They are in this page's memory
// until she has shown that she kept them, and nowhere else.

import { at, folded, said } from "asset:words.js";

export class Receipt {
  constructor() {
    /** @type {string[]} */
    this.words = [];
    /** @type {number[]} */
    this.asked = [];
  }

  /** @param {string[]} words */
  show(words) {
    this.words = words;
    this.draw();
  }

  draw() {
    if (this.words.length === 0) return;
    const items = () => this.words.map((word) => Object.assign(document.createElement("li"), { textContent: word }));
    at("receipt-words").replaceChildren(...items());
    at("card").querySelector("ol").replaceChildren(...items());
    this.label();
  }

  /** Two of them, drawn anew each time. @param {() => void} show */
  askBack(show) {
    const [one, other] = crypto.getRandomValues(new Uint32Array(2));
    const first = one % 10;
    const second = (first + 1 + (other % 9)) % 10;
    this.asked = [first, second].sort((a, b) => a - b);
    at("asked-wrong").hidden = true;
    at("back-1").value = at("back-2").value = "";
    this.label();
    show();
  }

  label() {
    const words = document.querySelector(".two-fields")?.dataset.label;
    for (const [i, place] of this.asked.entries()) {
      document.querySelector(`label[for=back-${i + 1}]`).textContent = said(words, { n: place + 1 });
    }
  }

  /** Whether both are right, marks and capitals forgiven. */
  check() {
    const right = this.asked.every((place, i) => folded(at(`back-${i + 1}`).value) === folded(this.words[place]));
    at("asked-wrong").hidden = right;
    if (!right) at("back-1").focus();
    return right;
  }

  forget() {
    this.words = [];
    this.asked = [];
    document.getElementById("receipt-words")?.replaceChildren();
    document.querySelector("#card ol")?.replaceChildren();
    for (const box of document.querySelectorAll("#back-1, #back-2")) box.value = "";
  }
}

/** Only the card goes onto paper, under a title that says nothing. */
export function printCard() {
  const title = document.title;
  document.title = at("card").querySelector("h2").textContent;
  document.documentElement.classList.add("printing-card");
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing-card");
    document.title = title;
  }, { once: true });
  print();
}
