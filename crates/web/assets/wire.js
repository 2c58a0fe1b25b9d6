// How the device speaks to the server: JSON, bytes as base64url, problems with their code, and patience on a network
// that drops every few seconds.

/** A problem document of the server, in the reader's language. */
export class Problem extends Error {
  /** @param {number} status @param {{code?: string, title?: string}} body */
  constructor(status, body) {
    super(body.title ?? String(status));
    this.status = status;
    this.code = body.code ?? "";
    this.body = body;
  }
}

/** How long one answer may take, in ms: a piece of a file on a slow network. */
const PATIENCE = 60_000;

/** @param {Uint8Array} bytes */
export function toText(bytes) {
  let binary = "";
  for (let from = 0; from < bytes.length; from += 0x8000) binary += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** @param {string} text */
export const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

/** A name that says nothing: 32 hexadecimal digits. */
export const newId = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {Uint8Array} bytes */
export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

/** @param {unknown} value */
export const toJson = (value) => new TextEncoder().encode(JSON.stringify(value));

/**
 * @param {string} method @param {string} path
 * @param {{json?: unknown, bytes?: Uint8Array, headers?: Record<string, string>}} [more]
 */
export async function ask(method, path, { json, bytes, headers = {} } = {}) {
  const typed = json === undefined ? {} : { "content-type": "application/json" };
  const response = await fetch(path, {
    method,
    credentials: "omit",
    cache: "no-store",
    referrerPolicy: "no-referrer",
    headers: { "accept-language": document.documentElement.lang, ...typed, ...headers },
    body: json === undefined ? bytes : JSON.stringify(json),
    signal: AbortSignal.timeout?.(PATIENCE),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(response.status, answer);
  return answer;
}

/** Whether trying again later may help. @param {unknown} error */
const passes = (error) => !(error instanceof Problem) || error.status === 429 || [500, 502, 504].includes(error.status)
  || (error.status === 503 && error.code !== "no_organisation");

/**
 * Tries until it works or can't. The worker's own failures are not the network's.
 * @template T @param {() => Promise<T>} attempt @param {(waiting: boolean) => void} tell
 */
export async function patient(attempt, tell) {
  for (let wait = 500; ; wait = Math.min(wait * 2, 8000)) {
    try {
      const answer = await attempt();
      tell(false);
      return answer;
    } catch (error) {
      if (!passes(error) || error.message === "broke") throw error;
      tell(true);
      await new Promise((done) => {
        const timer = setTimeout(done, wait);
        addEventListener("online", () => { clearTimeout(timer); done(undefined); }, { once: true });
      });
    }
  }
}
