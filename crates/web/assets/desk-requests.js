// Requests to remove content: each begins with a notice that leaves the desk, and is followed until it is gone.

import { at } from "asset:desk-dom.js";
import { ask, dueOf, newId, setDue, wantNext, wordsOf } from "asset:desk-steps.js";
import { lineButton, taskItem } from "asset:desk-tasks.js";
import { carryOut, isOpen, whenWork, workNow } from "asset:desk-work.js";
import { day, now, say, word } from "asset:desk-words.js";

/** Whether it was sent is looked at a day after it was written; an answer takes a platform some days. */
const [WRITTEN, SENT] = [24 * 3600, 3 * 24 * 3600];

export function startRequests() {
  whenWork(draw, () => at("request-list").replaceChildren());
  at("takedown-state").addEventListener("input", offerDue);
}

/** What is gone needs no second look. */
function offerDue() {
  const state = at("takedown-state").value;
  wantNext("takedown", state !== "removed");
  setDue("takedown", now() + (state === "drafted" ? WRITTEN : SENT));
}

/**
 * A notice is about to leave: from now on somebody looks whether it was sent, and what came of it.
 * @param {string} platform by its code @param {string} links one a line, sealed
 * @returns {Promise<boolean>} false where the case is not worked on, or she may not
 */
export async function beginRequest(platform, links) {
  const of = workNow();
  if (!of || !isOpen(of.work) || !of.may.includes("takedown")) return false;
  await carryOut({ kind: "takedown_set", takedown: newId(), platform, state: "drafted", due: Math.floor(now()) + WRITTEN }, { text: links });
  return true;
}

/** @param {string} takedown @param {any} request */
function goOn(takedown, { platform, state }) {
  at("takedown-state").value = state;
  offerDue();
  ask("takedown", () => {
    const next = at("takedown-state").value;
    return carryOut({ kind: "takedown_set", takedown, platform, state: next, due: next === "removed" ? null : dueOf("takedown") }, wordsOf("takedown"));
  }, word("platform", platform));
}

/** @param {any} of */
function draw({ work, events, may }) {
  const requests = Object.entries(work.takedowns);
  at("requests-part").hidden = !requests.length;
  const said = new Map(events.filter(({ change, words }) => change?.kind === "takedown_set" && words?.text).map(({ change, words }) => [change.takedown, words.text]));
  at("request-list").replaceChildren(...requests.map(([id, request]) => {
    const name = word("platform", request.platform);
    const ways = isOpen(work) && may.includes("takedown")
      ? [lineButton(say("request-next"), `request-${id}`, `${say("request-next")}: ${name}`, () => goOn(id, request), "requests-error")]
      : [];
    const stands = say("request-since", word("takedown_state", request.state), day(request.at));
    const item = taskItem(name, { about: stands, due: request.due, said: said.get(id), ways });
    item.dataset.request = request.state;
    return item;
  }));
}
