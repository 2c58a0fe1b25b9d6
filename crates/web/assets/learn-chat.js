// A simulated chat as bubbles: the other side writes, she chooses or writes herself, rewinds, sees where it leads. Her own
// words live in the bubbles of this page and are gone with it.

import { line, make, press, wordsBox } from "asset:learn-dom.js";
import { reportTo, shownIn, wakeReader } from "asset:learn-reader.js";
import { names } from "asset:words.js";

/** @param {any} step @param {import("./learn-steps.js").Context} c */
export function drawChat(step, c) {
  const chat = c.pack.chats.find((/** @type {any} */ each) => each.id === step.chat);
  const scenes = new Map(chat.scene.map((/** @type {any} */ scene) => [scene.id, scene]));
  const endings = names(c.words.endings);
  const list = make("ol", undefined, "bubbles");
  const log = make("div", undefined, "chat-log");
  log.setAttribute("role", "log");
  log.append(list);
  const ways = make("div", undefined, "chat-ways");
  /** How many things of this move came before, for the rhythm where things may move. */
  let beat = 0;

  /** @param {any} item */
  const put = (item) => {
    item.style.setProperty("--beat", String(beat));
    beat += 1;
    list.append(item);
  };

  /** @param {any} scene @returns {any} the first thing of it */
  function enter(scene) {
    const before = list.childElementCount;
    let last = "";
    for (const { who, text } of scene.says ?? []) {
      const bubble = make("li", undefined, "bubble");
      const name = who ?? chat.with;
      bubble.append(make("span", name, name === last ? "who visually-hidden" : "who"), text);
      last = name;
      put(bubble);
    }
    if (scene.note) {
      const note = make("li", undefined, "noticed");
      const tactic = c.pack.tactics[scene.tactic ?? ""];
      note.append(tactic ? line(`${tactic}.`, scene.note) : make("p", scene.note));
      put(note);
    }
    if (scene.ending) {
      const end = make("li", undefined, "ending");
      end.dataset.ending = scene.ending;
      end.append(make("p", endings.get(scene.ending) ?? "", "eyebrow"), make("h3", scene.title), make("p", scene.text));
      put(end);
    }
    return list.children[before] ?? null;
  }

  /** @param {string} text @param {boolean} own */
  function say(text, own) {
    const bubble = make("li", undefined, "bubble me");
    const words = make("span", text);
    if (own) words.dataset.own = "";
    bubble.append(make("span", c.words.you, "who visually-hidden"), words);
    beat = 0;
    put(bubble);
  }

  const trail = () => JSON.parse(c.tutor.trail());
  const here = () => scenes.get(c.tutor.scene());

  /** The way she came. */
  function walk() {
    list.replaceChildren();
    trail().forEach((/** @type {any} */ turn, /** @type {number} */ at) => {
      const scene = scenes.get(turn.from);
      enter(scene);
      if ("choice" in turn.by) say(scene.choices[turn.by.choice].text, false);
      else say(c.own[at] ?? "…", true);
    });
  }

  function redraw() {
    walk();
    arrive();
  }

  /** The scene she came to, and what she can do there. */
  function arrive() {
    const first = enter(here());
    offer();
    if (!first) return;
    first.tabIndex = -1;
    first.focus({ preventScroll: true });
    first.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} text @param {boolean} own */
  function went(text, own) {
    say(text, own);
    arrive();
  }

  function offer() {
    ways.replaceChildren();
    ways.style.setProperty("--beat", String(beat));
    const scene = here();
    log.dataset.scene = scene.id;
    if (scene.ending) c.answer({ ended: scene.ending });
    else {
      ways.append(make("p", c.words.what, "asked"));
      const choices = make("ul", undefined, "answers");
      scene.choices.forEach((/** @type {any} */ choice, /** @type {number} */ number) => {
        const item = make("li");
        item.append(press(choice.text, "answer", () => {
          c.tutor.choose(number);
          went(choice.text, false);
        }));
        choices.append(item);
      });
      ways.append(choices);
      if (scene.own) ways.append(own(scene.own));
    }
    if (trail().length === 0) return;
    const back = make("p", undefined, "actions");
    back.append(press(c.words.rewind ?? "", "button quiet rewind", () => {
      c.tutor.rewind();
      c.own.length = trail().length;
      redraw();
    }));
    if (scene.ending) back.append(press(c.words.restart ?? "", "button quiet", () => {
      c.tutor.restart();
      c.own.length = 0;
      redraw();
    }));
    ways.append(back);
  }

  /** @param {any} asked */
  function own({ ask }) {
    const status = make("p", c.words.stays, "fine");
    status.setAttribute("role", "status");
    const { form, box, button } = wordsBox(`${c.words.own}: ${ask}`, c.words.send ?? "", async (words) => {
      if (!words.trim()) {
        status.textContent = c.words.empty ?? "";
        return;
      }
      if (button.ariaBusy === "true") return;
      button.ariaBusy = "true";
      status.textContent = c.words.reading ?? "";
      const shows = await shownIn(words);
      // She may have chosen, or gone elsewhere, while it was read.
      if (!form.isConnected) return;
      c.own[trail().length] = words;
      c.tutor.write(words, shows);
      box.value = "";
      went(words, true);
    });
    box.addEventListener("focus", () => wakeReader(reportTo(status, c.words)), { once: true });
    form.append(status);
    return form;
  }

  const parts = step.text ? [make("p", step.text, "situation")] : [];
  if (trail().length === 0) c.own.length = 0;
  walk();
  enter(here());
  offer();
  return [...parts, make("p", chat.place, "fine"), make("p", chat.opening, "situation"), log, ways];
}
