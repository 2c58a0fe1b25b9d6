// What keys do at the desk, wherever nobody is typing.

import { openNow } from "asset:desk-case.js";
import { at } from "asset:desk-dom.js";
import { goTo, move, pickInFocus, pickedRows, rowInFocus } from "asset:desk-inbox.js";
import { desk } from "asset:desk-keys.js";
import { severalToMe, toMe } from "asset:desk-several.js";
import { go, takeOver } from "asset:desk-stands.js";
import { newTask, nextFollowUp } from "asset:desk-tasks.js";

const PARTS = ["new", "mine", "due", "all", "over"];

/** Into her own hands: what is picked, else the row under the focus, else what is open. */
function toMyself() {
  const row = rowInFocus();
  if (pickedRows().length) severalToMe();
  else if (row && row.id !== openNow()) toMe(row);
  else takeOver();
}

/** @param {() => void} lock asks about unsent words, then locks */
export function startShortcuts(lock) {
  /** @type {Record<string, () => void>} */
  const does = {
    j: () => move(1),
    k: () => move(-1),
    x: pickInFocus,
    "/": () => at("filter-text").focus(),
    u: () => { if (document.body.dataset.pane === "case") history.back(); },
    r: () => at("reply-text").focus(),
    n: () => at("note-text").focus(),
    a: toMyself,
    t: newTask,
    f: nextFollowUp,
    c: () => go("close"),
    L: lock,
    "?": () => at("shortcuts").showModal(),
  };
  PARTS.forEach((part, index) => { does[index + 1] = () => goTo(part); });
  document.addEventListener("keydown", (event) => {
    if (!desk.member || document.body.dataset.view !== "inbox" && !"L?".includes(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target instanceof Element ? event.target : document.body;
    // A box to tick takes no letters.
    const typing = target.closest("textarea, select, dialog, input:not([type=checkbox])");
    const work = does[event.key];
    if (typing || !work) return;
    event.preventDefault();
    work();
  });
}
