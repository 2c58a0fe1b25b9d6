// Words and phrases of this page's language, which the server put into two templates; times and sizes.

/** @type {Map<string, string>} */
const words = new Map();
/** @type {Map<string, string>} */
const phrases = new Map();
/** Seconds by which the server's clock is ahead of this one. */
let ahead = 0;

export function learnWords() {
  const of = (id) => /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  for (const word of of("words").content.querySelectorAll("i")) {
    words.set(`${word.dataset.list}/${word.dataset.code}`, word.textContent);
  }
  for (const phrase of of("phrases").content.querySelectorAll("i")) phrases.set(phrase.dataset.key, phrase.textContent);
  setClock(Number(of("phrases").dataset.now));
}

/** @param {string} list @param {string} code @param {string} [otherwise] where it has no word */
export const word = (list, code, otherwise = code) => words.get(`${list}/${code}`) ?? otherwise;

/** @param {string} key @param {string | number} [n] @param {string | number} [m] */
export const say = (key, n = "", m = "") =>
  (phrases.get(key) ?? key).replace("{n}", () => String(n)).replace("{m}", () => String(m));

/** @param {number} seconds the server's clock, since 1970 */
export function setClock(seconds) {
  ahead = seconds - Date.now() / 1000;
}

/** The server's clock, in seconds since 1970. */
export const now = () => Date.now() / 1000 + ahead;

/** @param {number} seconds */
export function span(seconds) {
  const minutes = Math.max(1, Math.round(Math.abs(seconds) / 60));
  if (minutes < 90) return say("minutes", minutes);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? say("hours", hours) : say("days", Math.round(hours / 24));
}

/** All of Vietnam has one. */
const ZONE = "Asia/Ho_Chi_Minh";
/** Days come before months in both languages. */
const locale = () => (document.documentElement.lang === "vi" ? "vi" : "en-GB");

/** @param {number} seconds since 1970 */
export function moment(seconds) {
  const shape = { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: ZONE };
  return new Intl.DateTimeFormat(locale(), /** @type {any} */ (shape)).format(seconds * 1000);
}

/** An hour is worth saying of what is less than two days away. */
const NEAR = 2 * 86400;

/**
 * A day as short as it can be said: 27/11 09:00; without the hour where it is far, with its year where it is another one.
 * @param {number} seconds since 1970
 */
export function day(seconds) {
  const shape = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hour12: false, timeZone: ZONE };
  const of = (at) => Object.fromEntries(new Intl.DateTimeFormat("en-GB", /** @type {any} */ (shape)).formatToParts(at * 1000).map(({ type, value }) => [type, value]));
  const parts = of(seconds);
  const year = parts.year === of(now()).year ? "" : `/${parts.year}`;
  const hour = Math.abs(seconds - now()) < NEAR ? ` ${parts.hour}:${parts.minute}` : "";
  return `${parts.day}/${parts.month}${year}${hour}`;
}

/** @param {number} bytes */
export function size(bytes) {
  const number = (value) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(value);
  if (bytes < 1024) return say("bytes", bytes);
  return bytes < 1024 * 1024 ? say("kib", number(bytes / 1024)) : say("mib", number(bytes / 1024 / 1024));
}

/** The facts that stand in the clear, in a line. @param {Record<string, string | null>} facts */
export function factsLine(facts) {
  const said = ["age", "sex", "province", "language"].filter((list) => facts[list]).map((list) => word(list, facts[list]));
  return said.length ? said.join(" · ") : say("no-facts");
}

/** @param {{answer_due: number | null}} row */
export function clock(row) {
  if (!row.answer_due) return { text: row.answered_at ? say("answered") : "", state: "answered" };
  const left = row.answer_due - now();
  if (left < 0) return { text: say("overdue", span(left)), state: "overdue" };
  return { text: say("left", span(left)), state: left < 3600 ? "soon" : "running" };
}

/** How urgent it is by what is known now: as staff found it, else as it came. @param {any} row of a queue, or an open case */
export const urgencyOf = (row) => row.work?.urgency ?? row.reassessed ?? row.urgency;

/** How urgent it came, where staff found something else. @param {any} row */
export const cameAs = (row) => (urgencyOf(row) === row.urgency ? "" : say("came-as", word("urgency", row.urgency)));
