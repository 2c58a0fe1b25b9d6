// Who works here: names of colleagues by their ids, for lists and for what was done.

import { get } from "asset:desk-api.js";
import { at, make } from "asset:desk-dom.js";
import { desk } from "asset:desk-keys.js";
import { say, word } from "asset:desk-words.js";

/** @type {Map<string, {id: string, name: string, role: string}>} */
const colleagues = new Map();

/** Roles that read cases, and so can have one in hand. */
const WORKS = ["intake", "caseworker", "supervisor", "organisation_admin"];
/** Roles that close a case of high risk as the second. */
export const SECOND = ["supervisor", "organisation_admin"];

export async function loadNames() {
  const { members } = await get("colleagues");
  colleagues.clear();
  for (const member of members) colleagues.set(member.id, member);
}

/** Who has come or left since; where that can't be asked, whoever was known. */
export const freshNames = () => loadNames().catch(() => {});

/** No name stays in the page. */
export function forgetNames() {
  colleagues.clear();
  for (const option of document.querySelectorAll("option[data-colleague]")) option.remove();
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
