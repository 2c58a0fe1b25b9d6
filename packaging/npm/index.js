// The recogniser for programs in JavaScript. What they see is described in index.d.ts, for people in README.md.
// `browser.js` and its WASM are those of Hải Đăng's own pages.

import init, { assess, prepare, use_hosts } from "./browser.js";

const WHY = {
  empty: "the text is empty",
  too_long: "the text is too long",
  not_text: "this is not text",
};

export class InputError extends Error {
  constructor(code) {
    super(WHY[code] ?? code);
    this.name = "InputError";
    this.code = code;
  }
}

// The text as UTF-16 without broken letters, or null.
function letters(text) {
  if (text instanceof Uint8Array) {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
    } catch {
      return null;
    }
  }
  if (typeof text !== "string") throw new TypeError("a text must be a string or a Uint8Array");
  return /\p{Surrogate}/u.test(text) ? null : text;
}

function read(text) {
  const whole = letters(text);
  return whole === null ? { error: "not_text" } : JSON.parse(assess(whole));
}

class Recogniser {
  #version = prepare();

  get version() {
    return this.#version;
  }

  assess(text) {
    const said = read(text);
    if ("error" in said) throw new InputError(said.error);
    return said;
  }

  assessMany(texts) {
    if (typeof texts === "string") throw new TypeError("texts must be many texts, not one");
    return Array.from(texts, read);
  }

  useHosts(list) {
    const wrong = use_hosts(list);
    if (wrong) throw new RangeError(wrong);
  }
}

let loading;

export function load(wasm = new URL("browser_bg.wasm", import.meta.url)) {
  loading ??= init({ module_or_path: wasm }).then(() => new Recogniser());
  // Whoever was offline may try again.
  loading.catch(() => (loading = undefined));
  return loading;
}

export function excerpt(text, { start, end }) {
  return Array.from(text).slice(start, end).join("");
}
