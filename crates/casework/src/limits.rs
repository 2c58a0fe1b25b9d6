//! Every limit of a report, named once. Pages, API and docs read them from here.

/// The most of one entry's sealed bytes: a story of 100,000 words, padded and sealed.
pub const ENTRY_BYTES: usize = 1024 * 1024;
/// The most sealed bytes of a note of staff, or of what goes with another change: some 50 pages.
pub const NOTE_BYTES: usize = 256 * 1024;
/// The most entries that are sent at once.
pub const ENTRIES_AT_ONCE: usize = 100;
/// The most entries of one case.
pub const ENTRIES_OF_CASE: i64 = 5_000;
/// The most bytes of files of one report, unless the installer sets another.
pub const FILES_BYTES: u64 = 500 * 1024 * 1024;
/// The most bytes of files before staff opened the case, so that nobody fills the disk unseen.
pub const FILES_BYTES_UNOPENED: u64 = 200 * 1024 * 1024;
/// The most bytes of one piece of a file that is sent.
pub const PIECE_BYTES: usize = 1024 * 1024;
/// The most files of one case.
pub const FILES_OF_CASE: i64 = 200;
/// The most organisations that one report may go to.
pub const ORGANISATIONS_OF_CASE: usize = 10;
/// The most questions of an organisation's own.
pub const OWN_QUESTIONS: usize = 8;
/// The most letters of one of them.
pub const OWN_QUESTION_LETTERS: usize = 300;
/// The most answers to choose from.
pub const OWN_CHOICES: usize = 12;
/// The most letters of one of those answers.
pub const OWN_CHOICE_LETTERS: usize = 120;
/// The most bytes of one sealed or wrapped key.
pub const GRANT_BYTES: usize = 3900;
/// How long a member stays signed in, in seconds: a shift of twelve hours.
pub const SESSION_SECONDS: i64 = 12 * 3600;
/// How long a member stays signed in who does nothing, in seconds: half an hour.
pub const SESSION_IDLE_SECONDS: i64 = 30 * 60;
/// How long a file may lie untouched without the report that it belongs to, in seconds: a day.
pub const LOOSE_FILE_SECONDS: i64 = 24 * 3600;
/// How long the root of an evidence package waits for its time-stamp, or for being fetched with it, in seconds: a day.
pub const STAMP_SECONDS: i64 = 24 * 3600;
/// The most of them at once, so that nobody fills the disk; what comes beyond has the server's signature alone.
pub const STAMPS_WAITING: i64 = 100_000;

/// The most bytes of one file that is sent without JavaScript, through the server's memory piece by piece.
pub const PLAIN_FILE_BYTES: u64 = 50 * 1024 * 1024;
/// The most files that are on their way like this at once, of everybody.
pub const PLAIN_FILES_AT_ONCE: usize = 32;
/// How long a draft without JavaScript lies untouched in the server's memory, in seconds: six hours.
pub const DRAFT_SECONDS: i64 = 6 * 3600;
/// The most drafts at once. Those in use are never pushed out by new ones.
pub const DRAFTS: usize = 5_000;
/// The most bytes of one sealed draft, files not counted.
pub const DRAFT_BYTES: usize = 1024 * 1024;
/// The most bytes of all drafts together.
pub const DRAFTS_BYTES: usize = 256 * 1024 * 1024;
/// How long coming back without JavaScript stays open untouched, in seconds: a quarter of an hour.
pub const VISIT_SECONDS: i64 = 15 * 60;

/// A token of the API whose time is over is shown for a month more, so that nobody wonders why a program stopped.
pub const SPENT_TOKEN_SECONDS: i64 = 30 * 24 * 3600;
