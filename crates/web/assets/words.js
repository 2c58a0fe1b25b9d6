// The page's own words: the server draws them into attributes, scripts put numbers and names in.

/** @template {HTMLElement} T @param {string} id @returns {T} */
export const at = (id) => /** @type {T} */ (document.getElementById(id));

/** `"Part {n} of {of}"` with its values. @param {string | undefined} words @param {Record<string, unknown>} values */
export const said = (words, values) => (words ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));

/** `"received=Arrived;opened=Opened"` as a map. @param {string | undefined} list */
export const names = (list) => new Map((list ?? "").split(";").map((pair) => {
  const cut = pair.indexOf("=");
  return /** @type {[string, string]} */ ([pair.slice(0, cut), pair.slice(cut + 1)]);
}));

/** The first element of a copy of a `<template>`. @param {string} id */
export const copyOf = (id) => /** @type {HTMLElement} */ (
  /** @type {HTMLTemplateElement} */ (at(id)).content.firstElementChild.cloneNode(true)
);

/** The text in this page's language. @param {{vi: string, en: string} | undefined} both */
export const inLanguage = (both) => (both ? both[document.documentElement.lang] || both.vi : "");

/** @param {number} seconds since 1970 */
export function moment(seconds) {
  const lang = document.documentElement.lang === "vi" ? "vi-VN" : "en-GB";
  return new Intl.DateTimeFormat(lang, { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Ho_Chi_Minh" })
    .format(new Date(seconds * 1000));
}

/** @param {number} bytes */
export function bytesSaid(bytes) {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumSignificantDigits: 3 })
    .format(Math.max(value, 0.1));
}

/** Small letters without marks, as receipts are compared. @param {string} word */
export const folded = (word) => word.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
