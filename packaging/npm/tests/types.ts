// Compiled, never run, by `cargo xtask packages`: the types say what the package gives, and refuse what it doesn't.

import { InputError, excerpt, load, type Assessment, type Harm, type Recogniser, type Unread } from "haidang-recognise";

const recogniser: Recogniser = await load();
const said: Assessment = recogniser.assess("xin chào");
const first: Harm | undefined = said.harms[0]?.code;
const words: string[] = said.tactics.map((span) => excerpt("xin chào", span));
const many: (Assessment | Unread)[] = recogniser.assessMany(["a", new Uint8Array()]);
const codes: string[] = many.map((one) => ("error" in one ? one.error : one.result));
if (said.urgency === "now" && said.turn !== null) said.turn.toFixed();
const error = new InputError("empty");

// @ts-expect-error: no result says safe
const safe: boolean = said.result === "safe";
// @ts-expect-error: a number is no text
recogniser.assess(5);
// @ts-expect-error: one text is not many
recogniser.assessMany(5);
// @ts-expect-error: codes are known
error.code === "unknown";

export { codes, first, safe, words };
