"""The recogniser of Hải Đăng: reads a message, a chat or a link and says which harm it looks like, and by which words."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias, TypedDict, final, type_check_only

__all__ = ["HARMS", "MAX_INPUT_BYTES", "RESULTS", "URGENCIES", "InputError", "Recogniser", "__version__"]

__version__: Final[str]

MAX_INPUT_BYTES: Final[int]
"""The longest text in bytes of UTF-8."""

RESULTS: Final[tuple[Result, ...]]
"""Every result; its place is the number in the column `result`."""

HARMS: Final[tuple[Harm, ...]]
"""Every harm; its place is the column of `probability`."""

URGENCIES: Final[tuple[Urgency, ...]]
"""Every urgency; its place is the number in the column `urgency`."""

class InputError(ValueError):
    """A text that can't be read."""

    code: Literal["empty", "too_long", "not_text"]
    """Why: nothing to read; longer than `MAX_INPUT_BYTES`; not UTF-8, half a letter, or a binary file."""

@final
class Recogniser:
    """Rules, model and host list, ready to read texts. Immutable: share one between threads.

    Reading releases the global interpreter lock. A text is a `str`, or `bytes` of UTF-8.
    """

    def __new__(cls, *, hosts: bytes | None = None) -> Recogniser:
        """`hosts` is a list of known hosts in the place of the one that comes with it; `ValueError` where it is damaged."""

    @property
    def version(self) -> str:
        """Version of rules and model, as it stands in each assessment."""

    def assess(self, text: str | bytes, /) -> Assessment:
        """Reads one text: a message, a link or a pasted chat, told apart by its shape.

        `InputError` where it can't be read; `TypeError` where it is neither `str` nor `bytes`.
        """

    def assess_many(self, texts: Iterable[str | bytes], /, *, threads: int = 0) -> list[Assessment | Unread]:
        """Reads many texts, in order, on `threads` threads (0: one for each core).

        What can't be read has its `Unread` in its place; `TypeError` where one is neither `str` nor `bytes`.
        """

    def assess_columns(self, texts: Iterable[str | bytes], /, *, threads: int = 0) -> Columns:
        """Reads many texts, as `assess_many` does, into columns of numbers that numpy takes over without copying."""

@type_check_only
class Columns(TypedDict):
    """One row a text, in order. Views that can't be written to; `numpy.asarray(columns["probability"])`."""

    result: memoryview
    """`int8`: place in `RESULTS`; -1 where the text can't be read."""
    urgency: memoryview
    """`int8`: place in `URGENCIES`; -1 where no harm is seen."""
    probability: memoryview
    """`float32`, texts x `HARMS`: calibrated, 0 to 1; 0 where the harm is not among those found. Of no texts it is flat."""

@final
@type_check_only
class Assessment(TypedDict):
    """The answer to one text: the same from the command line, the API and the browser. No result says safe."""

    result: Result
    harms: list[HarmFinding]
    """Most likely first; empty unless `result` is `harm` or `unsure`."""
    benign_kind: BenignKind | None
    """What an innocent look-alike looks like; set only with `benign_lookalike`."""
    urgency: Urgency | None
    """How soon somebody should answer; `None` where no harm is seen."""
    speaker: Speaker | None
    """Who speaks; `None` where no harm is seen, except `public`."""
    tactics: list[TacticSpan]
    """How one sees it, in the order of the text."""
    links: list[LinkFinding]
    """Every link, in the order of the text."""
    turn: int | None
    """Of a chat: the turn (from 1) at which it became a warning."""
    language: Language
    advice: list[str]
    """Keys of the advice that fits, first step first."""
    model: str
    """Version of rules and model, so that two answers can be compared."""

@type_check_only
class HarmFinding(TypedDict):
    code: Harm
    probability: float
    """Calibrated, 0 to 1."""

@type_check_only
class TacticSpan(TypedDict):
    """`text[start:end]` shows it."""

    code: Tactic
    start: int
    end: int

@type_check_only
class LinkFinding(TypedDict):
    """`text[start:end]` is the link."""

    start: int
    end: int
    host: str
    """In lower case, decoded for reading."""
    verdict: LinkVerdict
    reasons: list[str]
    """Why, most telling first."""
    brand: str | None
    """The brand that it belongs to or plays."""

@final
@type_check_only
class Unread(TypedDict):
    """What stands in the place of a text that can't be read."""

    error: Literal["empty", "too_long", "not_text"]

# Drawn by `cargo xtask schema` from here to the end.

Result: TypeAlias = Literal[
    "harm",
    "unsure",
    "none_known",
    "benign_lookalike",
]

Harm: TypeAlias = Literal[
    "bullying",
    "harassment",
    "hate",
    "threat",
    "stalking",
    "partner_control",
    "doxxing",
    "impersonation",
    "defamation",
    "account_takeover",
    "sexual_harassment",
    "grooming",
    "sextortion",
    "image_abuse",
    "synthetic_image",
    "child_sexual_material",
    "child_exploitation",
    "trafficking",
    "physical_violence",
    "sexual_violence",
    "phishing",
    "authority_scam",
    "job_scam",
    "investment_scam",
    "romance_scam",
    "loan_scam",
    "debt_harassment",
    "purchase_scam",
    "prize_scam",
    "relative_scam",
    "recovery_scam",
    "self_harm",
    "dangerous_challenge",
    "gambling",
    "harmful_content",
]

BenignKind: TypeAlias = Literal[
    "family",
    "genuine_notice",
    "health",
    "school",
    "news",
    "prevention",
    "joke",
    "dating",
    "work",
]

Urgency: TypeAlias = Literal[
    "now",
    "today",
    "soon",
    "when_ready",
]

Speaker: TypeAlias = Literal[
    "offender",
    "harmed",
    "witness",
    "public",
    "unclear",
]

Tactic: TypeAlias = Literal[
    "unknown_sender",
    "friend_of_friend",
    "age_probe",
    "location_probe",
    "alone_probe",
    "flattery",
    "gift_offer",
    "shared_interest",
    "wrong_number",
    "love_bombing",
    "secrecy",
    "isolation",
    "move_platform",
    "authority_claim",
    "insider_claim",
    "sob_story",
    "social_proof",
    "small_payout_first",
    "too_good_return",
    "easy_job",
    "prize_claim",
    "meet_request",
    "photo_request",
    "video_call_request",
    "sexual_talk",
    "desensitising",
    "test_of_obedience",
    "dare",
    "otp_request",
    "credential_request",
    "id_document_request",
    "app_install",
    "remote_control",
    "link_lure",
    "lookalike_link",
    "qr_lure",
    "upfront_fee",
    "transfer_request",
    "gift_card_request",
    "password_demand",
    "intimate_image_demand",
    "deadline",
    "threat_publish",
    "contact_list_threat",
    "threat_violence",
    "threat_legal",
    "threat_self_harm",
    "guilt",
    "debt_pressure",
    "fake_evidence",
    "account_lock_threat",
    "repeat_demand",
    "insult",
    "body_shaming",
    "gender_slur",
    "sexual_slur",
    "dehumanising",
    "exclusion",
    "rumour",
    "pile_on_call",
    "victim_blaming",
    "private_data",
    "surveillance_claim",
    "discloses_harm",
    "fear",
    "despair",
    "suicidal_words",
    "asks_for_help",
    "paid_already",
    "sent_image_already",
]

Language: TypeAlias = Literal[
    "vi",
    "en",
    "mixed",
    "unknown",
]

LinkVerdict: TypeAlias = Literal[
    "known_good",
    "unknown",
    "suspicious",
    "known_bad",
]
