// Asks the server. What it refuses comes as a problem with a stable code and a sentence in her language.

import { say } from "asset:desk-words.js";

/** What the server refused. */
export class Problem extends Error {
  /** @param {number} status @param {string} code @param {string} title */
  constructor(status, code, title) {
    super(title);
    this.status = status;
    this.code = code;
  }
}

/** @type {() => void} */
let onSignedOut = () => {};

/** @param {() => void} handler called when the session is over */
export function whenSignedOut(handler) {
  onSignedOut = handler;
}

/** @param {string} path @param {RequestInit} [options] */
export async function ask(path, options = {}) {
  let response;
  try {
    response = await fetch(`/api/v1/desk/${path}`, {
      credentials: "same-origin",
      cache: "no-store",
      ...options,
      headers: { "accept-language": document.documentElement.lang, ...options.headers },
    });
  } catch {
    throw new Problem(0, "network", say("network"));
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  if (problem.code === "signed_out") onSignedOut();
  throw new Problem(response.status, problem.code ?? "unknown", problem.title ?? say("network"));
}

/** @param {string} path */
export const get = async (path) => (await ask(path)).json();

/** @param {string} path @param {unknown} [body] */
export async function post(path, body = {}) {
  const headers = { "content-type": "application/json" };
  const response = await ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  return response.status === 204 ? {} : response.json();
}

/** Bytes as base64url without padding. @param {Uint8Array | ArrayBuffer} bytes */
export function written(bytes) {
  const all = new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < all.length; at += 0x8000) text += String.fromCharCode(...all.subarray(at, at + 0x8000));
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
export function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} one @param {Uint8Array} other */
export const alike = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
