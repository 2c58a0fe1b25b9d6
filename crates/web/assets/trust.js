// Trusted Types: the only door through which HTML and script addresses enter the page. What comes through was drawn
// by our own server or by the WASM on this device, which escape every word a person typed.

/** @type {{createHTML: (html: string) => any, createScriptURL: (url: string) => any}} */
export const trusted = globalThis.trustedTypes?.createPolicy("haidang", {
  createHTML: (html) => html,
  createScriptURL: (url) => url,
}) ?? { createHTML: (html) => html, createScriptURL: (url) => url };
