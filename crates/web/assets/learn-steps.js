// Each kind of step as it is done. `c` is what the lesson hands in: the tutor, the page's words, and where outcomes go.

import { drawChat } from "asset:learn-chat.js";
import { line, make, press, wordsBox } from "asset:learn-dom.js";
import { reportTo, shownIn, wakeReader } from "asset:learn-reader.js";

/**
 * @typedef {object} Context
 * @property {any} tutor
 * @property {any} pack
 * @property {DOMStringMap} words
 * @property {string[]} own  what she wrote in the chat, by turn; in memory only
 * @property {(answer: unknown) => string} answer  judges, and gives the code of the outcome
 * @property {(text: string) => void} say  for those who listen
 */

const STEPS = { tell, choose, spot, sort, order, settings, write, reflect, chat: drawChat };

/** @param {any} step @param {Context} c @returns {Node[]} */
export const drawStep = (step, c) => STEPS[/** @type {keyof typeof STEPS} */ (step.kind)](step, c);

/** What needs no answer. @param {string} kind */
export const isOnlyRead = (kind) => ["tell", "reflect", "settings"].includes(kind);

/** @param {any} step */
function spoken({ speaker, text }) {
  return speaker ? line(`${speaker}:`, text, "situation") : make("p", text, "situation");
}

/** @param {any} step */
function tell(step) {
  return [spoken(step)];
}

/** @param {any} step @param {Context} c */
function reflect({ text }, c) {
  return [make("p", text, "situation"), make("p", c.words.hers, "fine")];
}

/** @param {any} step @param {Context} c */
function choose(step, c) {
  const list = make("ul", undefined, "answers");
  step.answers.forEach((/** @type {any} */ answer, /** @type {number} */ number) => {
    const item = make("li");
    const button = press(answer.text, "answer", () => {
      if (button.dataset.outcome) return;
      c.answer({ chosen: number });
      button.dataset.outcome = answer.good ? "good" : "bad";
      const mark = (answer.good ? c.words.good : c.words.bad) ?? "";
      item.append(line(`${mark}.`, answer.why, "why"));
      c.say(`${mark}. ${answer.why}`);
    });
    item.append(button);
    list.append(item);
  });
  return [spoken(step), list];
}

/** The verdict in words, above what explains it. @param {string} outcome @param {Context} c */
function verdict(outcome, c) {
  const words = { right: c.words.right, partly: c.words.partly, not_yet: c.words.notYet }[outcome] ?? "";
  c.say(words);
  const shown = make("p", words, "verdict");
  shown.dataset.outcome = outcome;
  return shown;
}

/** @param {any} step @param {Context} c */
function spot({ from, why }, c) {
  const message = make("div", undefined, "message");
  const text = make("p", undefined, "tappable");
  message.append(make("p", from, "from"), text);
  /** @type {HTMLButtonElement[]} */
  const marked = [];
  /** @type {HTMLButtonElement[]} */
  const others = [];
  /** @type {(string | null)[]} */
  const codes = [];
  const piece = (/** @type {string} */ words, /** @type {HTMLButtonElement[]} */ list) => {
    const button = press(words.trim(), "piece", () => {
      button.ariaPressed = String(button.ariaPressed !== "true");
      look.disabled = ![...marked, ...others].some((each) => each.ariaPressed === "true");
    });
    button.ariaPressed = "false";
    list.push(button);
    text.append(button, /\s$/.test(words) ? " " : "");
  };
  for (const [words, code] of JSON.parse(c.tutor.pieces())) {
    if (code) {
      codes.push(code);
      piece(words, marked);
      continue;
    }
    // Whole phrases, so that there are few enough to go through by keys.
    for (const part of words.match(/[.!?…,;:\s]+|[\s\S]+?(?:[.!?…,;:]+(?=\s|$)|$)\s*/g) ?? []) {
      if (/[\p{L}\p{N}]/u.test(part)) {
        if (/^\s/.test(part)) text.append(" ");
        piece(part, others);
      } else text.append(part);
    }
  }
  const look = press(c.words.look ?? "", "button quiet", () => {
    const tapped = marked.map((button, at) => (button.ariaPressed === "true" ? at : -1)).filter((at) => at >= 0);
    const wrong = others.filter((button) => button.ariaPressed === "true").length;
    const outcome = c.answer({ tapped: { marked: tapped, others: Math.min(wrong, 255) } });
    for (const button of [...marked, ...others]) button.disabled = true;
    const list = make("ul", undefined, "whys");
    codes.forEach((code, at) => {
      marked[at].dataset.outcome = tapped.includes(at) ? "good" : "missed";
      const left = tapped.includes(at) ? "" : ` (${c.words.missed})`;
      const item = make("li");
      item.append(line(`${c.pack.tactics[code ?? ""] ?? ""}${left}:`, why[code ?? ""] ?? ""));
      list.append(item);
    });
    look.replaceWith(verdict(outcome, c), list);
  });
  look.disabled = true;
  return [make("p", c.words.tap, "situation"), message, look];
}

/** @param {any} step @param {Context} c */
function sort({ text, baskets, things }, c) {
  /** @type {number[]} */
  const put = [];
  const rows = things.map((/** @type {any} */ thing, /** @type {number} */ number) => {
    const row = make("fieldset", undefined, "thing");
    const tiles = make("div", undefined, "baskets");
    baskets.forEach((/** @type {string} */ basket, /** @type {number} */ at) => {
      const label = make("label", undefined, "tile");
      const input = Object.assign(make("input"), { type: "radio", name: `thing-${number}`, value: String(at) });
      input.addEventListener("change", () => {
        put[number] = at;
        look.disabled = Object.keys(put).length < things.length;
      });
      label.append(input, make("span", basket));
      tiles.append(label);
    });
    row.append(make("legend", thing.text), tiles);
    return row;
  });
  const look = press(c.words.look ?? "", "button quiet", () => {
    const outcome = c.answer({ sorted: put });
    rows.forEach((/** @type {any} */ row, /** @type {number} */ number) => {
      row.disabled = true;
      row.dataset.outcome = put[number] === things[number].basket ? "good" : "bad";
      row.append(line(`${baskets[things[number].basket]}:`, things[number].why, "why"));
    });
    look.replaceWith(verdict(outcome, c));
  });
  look.disabled = true;
  return [make("p", text, "situation"), ...rows, look];
}

/** Never in the good order at first. @param {number} count */
function shuffled(count) {
  const order = [...Array(count).keys()];
  for (let at = count - 1; at > 0; at -= 1) {
    const other = Math.floor(Math.random() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  if (order.every((each, at) => each === at)) order.reverse();
  return order;
}

/** @param {any} step @param {Context} c */
function order({ text, things, why }, c) {
  /** @type {number[]} */
  let chosen = [];
  const list = make("ul", undefined, "answers");
  const show = () => {
    for (const [number, button] of buttons) {
      const place = chosen.indexOf(number) + 1;
      button.ariaPressed = String(place > 0);
      button.firstElementChild.textContent = place ? String(place) : "";
    }
    look.disabled = chosen.length < things.length;
  };
  /** @type {Map<number, any>} */
  const buttons = new Map(shuffled(things.length).map((number) => {
    const button = press("", "answer ordered", () => {
      chosen = chosen.includes(number) ? chosen.filter((each) => each !== number) : [...chosen, number];
      show();
    });
    button.append(make("span", "", "place"), make("span", things[number]));
    const item = make("li");
    item.append(button);
    list.append(item);
    return [number, button];
  }));
  const look = press(c.words.look ?? "", "button quiet", () => {
    const outcome = c.answer({ ordered: chosen });
    for (const button of buttons.values()) button.disabled = true;
    const good = make("ol", undefined, "good-order");
    good.append(...things.map((/** @type {string} */ thing) => make("li", thing)));
    look.replaceWith(verdict(outcome, c), make("h3", c.words.goodOrder), good, make("p", why, "why"));
  });
  show();
  return [make("p", text, "situation"), make("p", c.words.order, "fine"), list, look];
}

/** @param {any} step @param {Context} c */
function settings({ text, switches }, c) {
  const rows = switches.map((/** @type {any} */ each) => {
    const row = make("div", undefined, "setting");
    const label = make("label", undefined, "switch");
    const box = Object.assign(make("input"), { type: "checkbox" });
    box.setAttribute("role", "switch");
    const effect = make("p", undefined, "effect");
    effect.setAttribute("aria-live", "polite");
    const show = () => effect.replaceChildren(make("strong", `${box.checked ? c.words.on : c.words.off}:`), ` ${box.checked ? each.on : each.off}`);
    box.addEventListener("change", show);
    label.append(box, make("span", each.text));
    row.append(label, effect);
    show();
    return row;
  });
  return [make("p", text, "situation"), ...rows];
}

/** @param {any} step @param {Context} c */
function write({ text, roads, otherwise }, c) {
  const answer = make("p", undefined, "replied");
  answer.setAttribute("role", "status");
  const status = make("p", c.words.stays, "fine");
  const { form, box, button } = wordsBox(text, c.words.send ?? "", async (words) => {
    if (!words.trim()) {
      answer.textContent = c.words.empty ?? "";
      return;
    }
    if (button.ariaBusy === "true") return;
    button.ariaBusy = "true";
    status.textContent = c.words.reading ?? "";
    const road = c.tutor.reads(words, await shownIn(words));
    button.ariaBusy = "false";
    status.textContent = c.words.stays ?? "";
    c.answer("done");
    answer.textContent = road < 0 ? otherwise : roads[road].to;
  });
  box.addEventListener("focus", () => wakeReader(reportTo(status, c.words)), { once: true });
  return [form, status, answer];
}
