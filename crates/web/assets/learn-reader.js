// The recogniser for own words: its worker is loaded when she begins to write, and not before.

import { Reader } from "asset:reader.js";
import { said } from "asset:words.js";

/** Longer than she should wait for a branch, in ms. Without the recogniser words and what she gives away still count. */
const PATIENCE = 10_000;

/** @type {Reader | undefined} */
let reader;
let failed = false;
/** @type {(state: string, percent: number) => void} */
let tell = () => {};

/** @param {(state: string, percent: number) => void} report */
export function wakeReader(report) {
  tell = report;
  reader ??= new Reader((state, percent = 0) => {
    failed = state === "failed";
    document.body.dataset.reader = state;
    tell(state, percent);
  });
}

/** The tactics that it finds, as a JSON list of codes. @param {string} words */
export async function shownIn(words) {
  if (!reader || failed) return "[]";
  try {
    const late = new Promise((_, fail) => { setTimeout(() => fail(new Error("late")), PATIENCE); });
    const found = JSON.parse(await Promise.race([reader.ask("assess", words), late]));
    return JSON.stringify([...new Set((found.tactics ?? []).map((/** @type {{code: string}} */ each) => each.code))]);
  } catch {
    return "[]";
  }
}

/** How far it is, in a line. @param {HTMLElement} status @param {DOMStringMap} words */
export function reportTo(status, words) {
  return (/** @type {string} */ state, /** @type {number} */ percent) => {
    status.textContent = state === "loading" ? said(words.loading, { n: percent }) : words.stays ?? "";
  };
}
