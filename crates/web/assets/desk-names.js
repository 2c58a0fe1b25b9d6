// Who works here: names of colleagues and teams by their ids, for lists and for what was done.

import { get } from "asset:desk-api.js";
import { at, make } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { say, word } from "asset:desk-words.js";

/** @type {Map<string, {id: string, name: string, role: string}>} */
const colleagues = new Map();

/** @type {{id: string, name: string, members: string[]}[]} */
let teams = [];
/** What stands before a team's id where a person could be chosen as well, and in the name of its part of the queue. */
export const TEAM = "team:";

/** Roles that read cases, and so can have one in hand. */
const WORKS = ["intake", "caseworker", "supervisor", "organisation_admin"];
/** Roles that close a case of high risk as the second. */
export const SECOND = ["supervisor", "organisation_admin"];

export async function loadNames() {
  const [{ members }, found] = await Promise.all([get("colleagues"), get("teams")]);
  teams = found.teams;
  colleagues.clear();
  for (const member of members) colleagues.set(member.id, member);
}

/** Who has come or left since; where that can't be asked, whoever was known. */
export const freshNames = () => loadNames().catch(() => {});

/** No name stays in the page. */
export function forgetNames() {
  colleagues.clear();
  teams = [];
  for (const option of document.querySelectorAll("option[data-colleague], optgroup[data-teams]")) option.remove();
}

/** Whether everybody whom these ids name is known. @param {(string | null)[]} ids */
export const areKnown = (ids) => ids.every((id) => !id || colleagues.has(id));

/** @param {string | null} id */
export function nameOf(id) {
  if (!id) return "";
  if (id === desk.member?.id) return say("me", desk.member.name);
  return colleagues.get(id)?.name ?? say("left-us");
}

/** Fills a list to choose a colleague from. @param {string} id @param {{first?: string, roles?: string[], but?: string}} [which] */
export function offerColleagues(id, { first, roles = WORKS, but } = {}) {
  const select = at(id);
  const before = select.value;
  const able = [...colleagues.values()].filter((one) => roles.includes(one.role) && one.id !== but);
  able.sort((one, other) => Number(other.id === desk.member.id) - Number(one.id === desk.member.id) || one.name.localeCompare(other.name, "vi"));
  const options = able.map((one) => {
    const option = Object.assign(make("option", `${nameOf(one.id)} · ${word("role", one.role)}`), { value: one.id });
    option.dataset.colleague = "";
    return option;
  });
  if (first !== undefined) options.unshift(Object.assign(make("option", first), { value: "" }));
  select.replaceChildren(...options);
  if (options.some((option) => option.value === before)) select.value = before;
}

/** @param {string | null} id */
export const nameOfTeam = (id) => (id ? say("of-team", teams.find((team) => team.id === id)?.name ?? say("no-team-more")) : "");

/** The teams whose part of the queue is in sight: her own, or all for whoever gives cases out. */
export const teamsInSight = () => (desk.may.has("assign") ? teams : teams.filter(({ members }) => members.includes(desk.member?.id)));

/** Below the colleagues: a team to hand a case to, or none any more. @param {string} id @param {string | null} [now_] which has it */
export function offerTeams(id, now_ = null) {
  const others = teams.filter((team) => team.id !== now_);
  if (!desk.may.has("assign") || others.length + Number(Boolean(now_)) === 0) return;
  const group = Object.assign(document.createElement("optgroup"), { label: say("teams") });
  group.dataset.teams = "";
  group.append(...others.map((team) => Object.assign(make("option", team.name), { value: TEAM + team.id })));
  if (now_) group.append(Object.assign(make("option", say("no-team")), { value: TEAM }));
  at(id).append(group);
}
