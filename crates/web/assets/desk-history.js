// What was done, by whom and when, in words; the latest first. Readings have a list of their own.

import { at, make } from "asset:desk-dom.js";
import { organisationName } from "asset:desk-entry.js";
import { nameOf, nameOfTeam } from "asset:desk-names.js";
import { whenWork } from "asset:desk-work.js";
import { day, moment, say, word } from "asset:desk-words.js";

/** Changes that say more than their kind. @type {Record<string, (change: any) => string>} */
const SAYS = {
  accepted: ({ owner }) => nameOf(owner),
  assigned: ({ owner }) => nameOf(owner),
  teamed: ({ team }) => (team ? nameOfTeam(team) : say("no-team")),
  declined: ({ reason }) => word("decline_reason", reason),
  waiting: ({ until }) => day(until),
  assessed: ({ risk }) => word("risk", risk),
  notified: ({ duty }) => word("legal_duty", duty),
  task_set: ({ set }) => `${word("task", set.what)}, ${day(set.due)}${set.owner ? `, ${nameOf(set.owner)}` : ""}`,
  task_done: ({ next }) => (next ? say("then", word("task", next.what), day(next.due)) : ""),
  noted: ({ about }) => word("note", about),
  served: ({ what }) => word("service", what),
  followed_up: ({ which, reached }) => `${word("follow_up", which)}, ${say(reached ? "reached" : "not-reached")}`,
  she_said: ({ wellbeing, helped }) => [wellbeing && word("wellbeing", wellbeing), helped && word("helped", helped)].filter(Boolean).join(", "),
  close_asked: ({ reason, outcome }) => `${word("closing", reason)}, ${word("outcome", outcome)}`,
  closed: ({ reason, outcome }) => `${word("closing", reason)}, ${word("outcome", outcome)}`,
  reopened: ({ next }) => say("then", word("task", next.what), day(next.due)),
  referral_offered: ({ to }) => organisationName(to),
  referral_received: ({ from }) => organisationName(from),
  referral_moved: ({ state }) => word("referral_state", state),
  consent_asked: ({ to }) => organisationName(to),
  consent_recorded: ({ to }) => organisationName(to),
  takedown_set: ({ state }) => word("takedown_state", state),
  left: ({ member }) => nameOf(member),
};

export function startHistory() {
  whenWork(draw, () => at("history-list").replaceChildren());
}

/** Who did it. @param {any} event */
function who({ by, member, role }) {
  if (by === "member") return `${nameOf(member)} (${word("role", role)})`;
  if (by === "person") return say("person");
  if (by === "program") return say("a-program");
  return by === "clock" ? say("the-clock") : organisationName(by);
}

function draw({ events }) {
  const told = events.filter(({ change }) => change && change.kind !== "read").reverse();
  at("history-list").replaceChildren(...told.map((event) => {
    const item = make("li");
    const time = Object.assign(make("time", moment(event.at), "fine"), { dateTime: new Date(event.at * 1000).toISOString() });
    const more = SAYS[event.change.kind]?.(event.change);
    item.append(time, make("p", `${who(event)}: ${say(`did-${event.change.kind}`)}${more ? `: ${more}` : ""}`));
    if (event.words?.text) item.append(make("p", event.words.text, "said fine"));
    return item;
  }));
}
