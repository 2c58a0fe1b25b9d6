/**
 * Makes the recogniser ready, once: later calls give the same one.
 *
 * `wasm` says where the WASM is, if not beside this module: an address, the answer to a fetch, bytes, or a compiled
 * module. Rejects where it can't be fetched; the next call tries again.
 */
export function load(wasm?: Wasm | Promise<Wasm>): Promise<Recogniser>;

export type Wasm = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/** Rules, model and host list, ready to read texts. Keeps nothing of a text, sends nothing anywhere. */
export interface Recogniser {
  /** Version of rules and model, as it stands in each assessment. */
  readonly version: string;
  /**
   * Reads one text: a message, a link or a pasted chat, told apart by its shape. Bytes are read as UTF-8.
   *
   * Throws `InputError` where it can't be read, `TypeError` where it is no text at all.
   */
  assess(text: string | Uint8Array): Assessment;
  /** Reads many texts, in order. What can't be read has its `Unread` in its place. */
  assessMany(texts: Iterable<string | Uint8Array>): (Assessment | Unread)[];
  /**
   * Puts a list of known hosts in the place of the one that comes along.
   *
   * Throws `RangeError` where it is damaged, or older than the one held, which then stays.
   */
  useHosts(list: Uint8Array): void;
}

/** The words of a span: spans count code points, strings in JavaScript don't. */
export function excerpt(text: string, span: { start: number; end: number }): string;

/** A text that can't be read. */
export class InputError extends Error {
  constructor(code: InputErrorCode);
  readonly code: InputErrorCode;
}

/** Nothing to read; longer than 8 MiB of UTF-8; not UTF-8, half a letter, or a binary file. */
export type InputErrorCode = "empty" | "too_long" | "not_text";

/** What stands in the place of a text that can't be read. */
export interface Unread {
  error: InputErrorCode;
}

/** The answer to one text: the same from the command line, the API and the browser. No result says safe. */
export interface Assessment {
  result: Result;
  /** Most likely first; empty unless `result` is `harm` or `unsure`. */
  harms: HarmFinding[];
  /** What an innocent look-alike looks like; set only with `benign_lookalike`. */
  benign_kind: BenignKind | null;
  /** How soon somebody should answer; null where no harm is seen. */
  urgency: Urgency | null;
  /** Who speaks; null where no harm is seen, except `public`. */
  speaker: Speaker | null;
  /** How one sees it, in the order of the text. */
  tactics: TacticSpan[];
  /** Every link, in the order of the text. */
  links: LinkFinding[];
  /** Of a chat: the turn (from 1) at which it became a warning. */
  turn: number | null;
  language: Language;
  /** Keys of the advice that fits, first step first. */
  advice: string[];
  /** Version of rules and model, so that two answers can be compared. */
  model: string;
}

export interface HarmFinding {
  code: Harm;
  /** Calibrated, 0 to 1. */
  probability: number;
}

/** Places count Unicode code points: see `excerpt`. */
export interface TacticSpan {
  code: Tactic;
  start: number;
  end: number;
}

/** Places count Unicode code points: see `excerpt`. */
export interface LinkFinding {
  start: number;
  end: number;
  /** In lower case, decoded for reading. */
  host: string;
  verdict: LinkVerdict;
  /** Why, most telling first. */
  reasons: string[];
  /** The brand that it belongs to or plays. */
  brand: string | null;
}

// Drawn by `cargo xtask schema` from here to the end.

export type Result =
  | "harm"
  | "unsure"
  | "none_known"
  | "benign_lookalike";

export type Harm =
  | "bullying"
  | "harassment"
  | "hate"
  | "threat"
  | "stalking"
  | "partner_control"
  | "doxxing"
  | "impersonation"
  | "defamation"
  | "account_takeover"
  | "sexual_harassment"
  | "grooming"
  | "sextortion"
  | "image_abuse"
  | "synthetic_image"
  | "child_sexual_material"
  | "child_exploitation"
  | "trafficking"
  | "physical_violence"
  | "sexual_violence"
  | "phishing"
  | "authority_scam"
  | "job_scam"
  | "investment_scam"
  | "romance_scam"
  | "loan_scam"
  | "debt_harassment"
  | "purchase_scam"
  | "prize_scam"
  | "relative_scam"
  | "recovery_scam"
  | "self_harm"
  | "dangerous_challenge"
  | "gambling"
  | "harmful_content";

export type BenignKind =
  | "family"
  | "genuine_notice"
  | "health"
  | "school"
  | "news"
  | "prevention"
  | "joke"
  | "dating"
  | "work";

export type Urgency =
  | "now"
  | "today"
  | "soon"
  | "when_ready";

export type Speaker =
  | "offender"
  | "harmed"
  | "witness"
  | "public"
  | "unclear";

export type Tactic =
  | "unknown_sender"
  | "friend_of_friend"
  | "age_probe"
  | "location_probe"
  | "alone_probe"
  | "flattery"
  | "gift_offer"
  | "shared_interest"
  | "wrong_number"
  | "love_bombing"
  | "secrecy"
  | "isolation"
  | "move_platform"
  | "authority_claim"
  | "insider_claim"
  | "sob_story"
  | "social_proof"
  | "small_payout_first"
  | "too_good_return"
  | "easy_job"
  | "prize_claim"
  | "meet_request"
  | "photo_request"
  | "video_call_request"
  | "sexual_talk"
  | "desensitising"
  | "test_of_obedience"
  | "dare"
  | "otp_request"
  | "credential_request"
  | "id_document_request"
  | "app_install"
  | "remote_control"
  | "link_lure"
  | "lookalike_link"
  | "qr_lure"
  | "upfront_fee"
  | "transfer_request"
  | "gift_card_request"
  | "password_demand"
  | "intimate_image_demand"
  | "deadline"
  | "threat_publish"
  | "contact_list_threat"
  | "threat_violence"
  | "threat_legal"
  | "threat_self_harm"
  | "guilt"
  | "debt_pressure"
  | "fake_evidence"
  | "account_lock_threat"
  | "repeat_demand"
  | "insult"
  | "body_shaming"
  | "gender_slur"
  | "sexual_slur"
  | "dehumanising"
  | "exclusion"
  | "rumour"
  | "pile_on_call"
  | "victim_blaming"
  | "private_data"
  | "surveillance_claim"
  | "discloses_harm"
  | "fear"
  | "despair"
  | "suicidal_words"
  | "asks_for_help"
  | "paid_already"
  | "sent_image_already";

export type Language =
  | "vi"
  | "en"
  | "mixed"
  | "unknown";

export type LinkVerdict =
  | "known_good"
  | "unknown"
  | "suspicious"
  | "known_bad";
