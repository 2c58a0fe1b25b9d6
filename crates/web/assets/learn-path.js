// The path: what is done and what is due, where she wants it remembered; and lessons kept for use without network.

import { handToWorker } from "asset:keep.js";
import { make } from "asset:learn-dom.js";
import { offerRemembering, remembered, today } from "asset:learn-keep.js";
import { at, said } from "asset:words.js";

export function startPath() {
  offerRemembering(show);
  show();
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-keep-path]") : null;
    if (button instanceof HTMLElement) keepPath(button);
  });
}

/** @returns {NodeListOf<HTMLAnchorElement>} */
const cards = () => document.querySelectorAll("[data-id]");

async function show() {
  const kept = remembered();
  for (const card of cards()) {
    const done = kept?.done.includes(card.dataset.id ?? "") ?? false;
    card.toggleAttribute("data-done", done);
    card.querySelector(".card-state").textContent = done ? at("learn-path").dataset.done ?? "" : "";
  }
  /** @type {Map<string, number[]>} */
  const due = new Map();
  if (kept && JSON.stringify(kept.boxes) !== "[]") {
    for (const { of, step } of await dueToday(kept.boxes)) due.set(of, [...(due.get(of) ?? []), step]);
  }
  at("due").hidden = due.size === 0;
  at("due-list").replaceChildren(...[...due].flatMap(([id, steps]) => {
    const card = [...cards()].find((each) => each.dataset.id === id);
    if (!card) return [];
    const link = make("a", card.querySelector("strong").textContent);
    link.href = `${card.pathname}#again=${steps.join(",")}`;
    const item = make("li");
    item.append(link, ` · ${said(at("learn-path").dataset.again, { n: steps.length })}`);
    return [item];
  }));
}

/** @param {unknown} boxes @returns {Promise<{of: string, step: number}[]>} */
async function dueToday(boxes) {
  const { default: init, Boxes } = await import("asset:tutor.js");
  await init({ module_or_path: fetch("asset:tutor_bg.wasm", { credentials: "omit" }) });
  return JSON.parse(new Boxes(JSON.stringify(boxes)).due(today()));
}

/** @param {HTMLElement} button */
async function keepPath(button) {
  const section = /** @type {HTMLElement} */ (button.closest("section"));
  const status = /** @type {HTMLElement} */ (button.nextElementSibling);
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (section.querySelectorAll("[data-id]"));
  const lang = document.documentElement.lang;
  const paths = [...links].flatMap((link) => [link.pathname, `/${lang}/learn/${link.dataset.id}.json`]);
  status.textContent = status.dataset.working ?? "";
  try {
    await handToWorker({ kind: "keep-lessons", base: button.dataset.keepPath, paths });
    status.textContent = status.dataset.done ?? "";
    status.dataset.state = "kept";
  } catch {
    status.textContent = status.dataset.failed ?? "";
    status.dataset.state = "failed";
  }
}
