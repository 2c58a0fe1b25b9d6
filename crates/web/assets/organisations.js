// Organisations as cards: what each does, whom the law makes it tell, its hours, how fast it answers.

import { copyOf, inLanguage, names, said } from "asset:words.js";

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** A card to choose; nothing is chosen. @param {any} organisation */
export function card(organisation) {
  const item = copyOf("org-template");
  const find = (name) => item.querySelector(name);
  item.dataset.organisation = organisation.id;
  const box = find(".org-head input");
  box.value = organisation.id;
  find(".org-name").textContent = inLanguage(organisation.name);
  const kind = find(".org-kind");
  kind.textContent = names(kind.dataset.names).get(organisation.kind) ?? "";
  find(".org-about").textContent = inLanguage(organisation.about);
  const state = find(".state");
  state.textContent = (organisation.open ? state.dataset.open : state.dataset.closed) ?? "";
  state.dataset.open = String(organisation.open);
  hours(find(".org-hours"), organisation.hours);
  within(find(".org-answers"), organisation.answers_within);
  const keeps = find(".org-keeps");
  keeps.hidden = !organisation.keeps_days;
  keeps.textContent = said(keeps.dataset.days, { n: organisation.keeps_days });
  const law = find(".org-law p");
  law.textContent = inLanguage(organisation.told_by_law) || law.dataset.nobody;
  for (const radio of item.querySelectorAll(".org-knows input")) radio.name = `knows-${organisation.id}`;
  item.addEventListener("change", () => {
    find(".org-knows").hidden = !box.checked;
    find(".org-known").hidden = item.querySelector(".org-knows :checked")?.value !== "yes";
  });
  return item;
}

/** `mon-fri 08:00-17:00` with the days' names. */
function hours(line, text) {
  const days = line.dataset.days.split(" ");
  const named = text.replace(/\b(mon|tue|wed|thu|fri|sat|sun)\b/g, (day) => days[DAYS.indexOf(day)]);
  line.textContent = text === "always" ? line.dataset.always : named;
  line.hidden = text === "";
}

function within(line, seconds) {
  line.hidden = typeof seconds !== "number";
  if (line.hidden) return;
  const hours = Math.max(1, Math.round(seconds / 3600));
  if (hours === 1) line.textContent = line.dataset.hour;
  else if (hours < 48) line.textContent = said(line.dataset.hours, { n: hours });
  else line.textContent = said(line.dataset.days, { n: Math.round(hours / 24) });
}
