// Who may read: offered by what she said so far, chosen by her alone. The list is the same for everybody; what fits is
// found on the device.

import { card } from "asset:organisations.js";
import { ask, patient } from "asset:wire.js";
import { at, inLanguage } from "asset:words.js";

/** Why one stands apart, or nothing. As `casework::offered` has it. */
function apart(organisation, facts) {
  if (organisation.kind === "school" && facts.relation === "teacher_or_carer") return "offender";
  const here = facts.province === undefined || organisation.provinces.includes(facts.province);
  if (organisation.provinces.length > 0 && !here) return "elsewhere";
  return undefined;
}

export class Whom {
  /** @param {() => any} facts what she said so far @param {(limits: any, organisations: any[]) => void} learn */
  constructor(facts, learn) {
    this.facts = facts;
    this.learn = learn;
    /** @type {any[]} */
    this.organisations = [];
    this.warned = false;
  }

  wake() {
    this.load().catch(() => {
      const list = document.getElementById("organisations");
      if (list) list.textContent = list.dataset.none ?? "";
    });
  }

  async load() {
    const list = at("organisations");
    if (this.organisations.length === 0) {
      list.textContent = list.dataset.loading ?? "";
      const terms = await patient(() => ask("GET", "/api/v1/report/terms"), (waiting) => {
        if (waiting) at("organisations").textContent = at("organisations").dataset.failed ?? "";
      });
      this.organisations = terms.organisations.filter((each) => each.kind !== "platform");
      this.learn(terms.limits, this.organisations);
    }
    this.cards = new Map(this.organisations.map((each) => [each.id, card(each)]));
    at("organisations").replaceChildren();
    at("organisations-apart").replaceChildren();
    this.fit(this.facts());
  }

  /** Deals the cards: offered ones, and apart those that are not suggested. */
  fit(facts) {
    if (!this.cards) return;
    const why = this.organisations.map((each) => [each, apart(each, facts)]);
    for (const [each, reason] of why) {
      const room = at(reason ? "organisations-apart" : "organisations");
      const item = this.cards.get(each.id);
      if (item.parentElement !== room) room.append(item);
    }
    at("elsewhere").hidden = why.every(([, reason]) => !reason);
    at("why-offender").hidden = why.every(([, reason]) => reason !== "offender");
    const list = at("organisations");
    if (list.childElementCount === 0) list.textContent = list.dataset.none ?? "";
    else for (const node of [...list.childNodes]) if (node.nodeType === Node.TEXT_NODE) node.remove();
    if (this.chosen().length > 0) at("needs-one").hidden = true;
    if (!this.closed(facts)) {
      this.warned = false;
      at("closed-calls").hidden = true;
    }
  }

  chosen() {
    return this.organisations.filter((each) => this.cards?.get(each.id).querySelector(".org-head input").checked);
  }

  /** Danger now, and nobody chosen answers at this hour. */
  closed(facts) {
    const chosen = this.chosen();
    return facts.urgency === "now" && chosen.length > 0 && chosen.every((each) => !each.open);
  }

  /** Before a report of danger goes to a closed desk she sees the numbers that answer, once. */
  mayGoOn(facts) {
    if (!this.closed(facts) || this.warned) return true;
    this.warned = true;
    const calls = at("closed-calls");
    calls.hidden = false;
    calls.tabIndex = -1;
    calls.focus();
    at("ask-next").textContent = at("ask-next").dataset.anyway ?? "";
    return false;
  }

  /** What she said about who there knows the person. */
  answers() {
    return this.chosen().flatMap((each) => {
      const said = this.cards.get(each.id).querySelector(".org-knows :checked");
      return said ? [{ question: `knows_offender:${each.id}`, choice: said.value }] : [];
    });
  }

  /** The ground rules name those she chose. */
  showRules() {
    const chosen = this.chosen();
    const line = at("rules-names");
    line.textContent = chosen.map((each) => inLanguage(each.name)).join(", ") || line.dataset.nobody;
    const law = at("rules-law");
    const told = chosen.filter((each) => inLanguage(each.told_by_law));
    const said = told.map((each) => `${inLanguage(each.name)}: ${inLanguage(each.told_by_law)}`);
    law.replaceChildren(...(said.length ? said : [law.dataset.nobody]).map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }
}
