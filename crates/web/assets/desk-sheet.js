// A filled paper, block by block, as `papers::Sheet` has it. Words only ever enter as text.

import { make } from "asset:desk-dom.js";

/** @param {{lang: string, blocks: any[]}} sheet @returns {Element[]} */
export const drawSheet = ({ lang, blocks }) => blocks.map((block) => {
  const element = BLOCKS[block.block](block, lang);
  element.lang = lang;
  return element;
});

/** @type {Record<string, (block: any, lang: string) => HTMLElement>} */
const BLOCKS = {
  head({ number, agency, symbol, nation, motto, place }) {
    const head = make("div", undefined, "sheet-head");
    const left = make("p");
    left.append(make("strong", agency), make("br"), symbol);
    const right = make("p");
    right.append(make("strong", nation), make("br"), make("span", motto, "motto"));
    head.append(make("p", number, "sheet-number"), left, right, make("p", place, "place-line"));
    return head;
  },
  title({ title, about }) {
    const all = make("div");
    // Not a heading of the desk: a sheet stands in a document that has its own.
    all.append(make("p", title, "sheet-title"));
    if (about) all.append(make("p", about, "about"));
    return all;
  },
  to: ({ text }) => make("p", text, "to"),
  heading: ({ text }) => make("p", text, "sheet-heading"),
  say: ({ text }) => make("p", text),
  field({ name, value, lines }) {
    const all = make("p", `${name}: `);
    const gap = make("span", value, "gap");
    if (value) gap.dataset.filled = "";
    else {
      for (let rule = 0; rule < Math.max(1, lines); rule += 1) gap.append(make("span", undefined, "rule"));
    }
    if (lines) gap.dataset.long = "";
    all.append(gap);
    return all;
  },
  levels({ name, levels, means }) {
    const all = make("p", `${name}: `);
    for (const level of levels) all.append(make("span", `${level.chosen ? "☒" : "☐"} ${level.name}`, level.chosen ? "sheet-level chosen" : "sheet-level"), " ");
    if (means) all.append(make("span", `(${means})`));
    return all;
  },
  foot({ copies, signs, sign }, lang) {
    const all = make("div", undefined, "sheet-foot");
    const list = make("p", undefined, "sheet-copies");
    if (copies.length) {
      list.append(make("strong", lang === "vi" ? "Nơi nhận:" : "Copies:"));
      for (const copy of copies) list.append(make("br"), copy);
    }
    all.append(list);
    for (const who of signs) {
      const place = make("p");
      place.append(make("strong", who), make("br"), sign);
      all.append(place);
    }
    return all;
  },
};
