//! Why a report, or somebody who comes back, was not served: RFC 9457 problem documents.

use crate::{locale, problem};
use axum::{
    Json,
    extract::rejection::JsonRejection,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::Value;
use store::StoreError;
use vocabulary::Lang;

/// What an address answers: JSON, or why not.
pub(crate) fn respond(headers: &HeaderMap, outcome: Result<Value, Refusal>) -> Response {
    match outcome {
        Ok(json) => Json(json).into_response(),
        Err(refusal) => refusal.answer(headers),
    }
}

/// What is wrong, by what the sender can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// This server takes no reports: it has no store, or no organisation joined.
    Shut,
    /// Not the JSON of this address.
    BadJson,
    /// An age file, recipient or key that is none.
    BadSeal,
    /// The work is missing, wrong, too old or used: ask for the terms again.
    Work,
    /// No case opens with this receipt.
    NoSuchReceipt,
    /// No such case, file or organisation for this sender.
    Absent,
    /// The id is in use.
    Taken,
    /// Something changed meanwhile: look again, then decide again.
    Stale,
    /// A named limit would be passed.
    OverLimit,
    /// Too many tries from this network.
    TooMany(u64),
    /// The case is locked: a sexual picture of a child was marked.
    Locked,
    /// Signed in is nobody, or not any more.
    SignedOut,
    /// Name, passphrase or code are wrong.
    WrongSignIn,
    /// The code of a generator that is being set up is wrong.
    WrongCode,
    /// The role doesn't allow it.
    NotAllowed,
    /// Her organisation wants its administrators to come by passkey, and she came otherwise.
    PasskeyNeeded,
    /// No token, one that ended, or one that never was.
    NoToken,
    /// The organisation's own provider can't be reached.
    NoProvider,
    /// No case may be left like that.
    Rule(casework::work::Refusal),
    /// Something that an organisation wants to decide can't be like that.
    Office(casework::office::Mistake),
    /// The request came from another site.
    ForeignPage,
    /// The disk or the database failed; nothing was acknowledged.
    Storage,
}

impl Refusal {
    const fn parts(self) -> (StatusCode, &'static str, &'static str, &'static str) {
        match self {
            Self::Shut => (
                StatusCode::SERVICE_UNAVAILABLE,
                "no_organisation",
                "Ở đây chưa có nơi nào nhận tin báo; danh bạ có những nơi giúp được ngay",
                "No organisation takes reports here yet; the directory lists who can help now",
            ),
            Self::BadJson => (
                StatusCode::BAD_REQUEST,
                "bad_json",
                "Nội dung không đúng dạng mà địa chỉ này chờ",
                "The body is not what this address expects",
            ),
            Self::BadSeal => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad_seal",
                "Phần niêm phong bị hỏng hoặc thiếu; hãy tải lại trang rồi gửi lại",
                "A sealed part is damaged or missing; load the page again and send once more",
            ),
            Self::Work => (
                StatusCode::PRECONDITION_FAILED,
                "work_needed",
                "Trang cần làm lại một phép tính nhỏ rồi gửi lại",
                "The page has to redo a small computation and send again",
            ),
            Self::NoSuchReceipt => (
                StatusCode::NOT_FOUND,
                "no_such_receipt",
                "Không mở được gì bằng các từ này. Hãy xem lại từng từ",
                "These words open nothing. Check each word",
            ),
            Self::Absent => (
                StatusCode::NOT_FOUND,
                "not_found",
                "Không có, hoặc không còn mở cho bạn",
                "Not there, or no longer open to you",
            ),
            Self::Taken => (StatusCode::CONFLICT, "taken", "Mã này đã được dùng", "This id is in use"),
            Self::Stale => (
                StatusCode::CONFLICT,
                "changed_meanwhile",
                "Có thay đổi mới; hãy xem lại rồi làm lại",
                "Something changed meanwhile; look again, then do it again",
            ),
            Self::OverLimit => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "over_limit",
                "Quá giới hạn đã nêu ở điều kiện gửi",
                "Over a limit that the terms name",
            ),
            Self::TooMany(_) => (
                StatusCode::TOO_MANY_REQUESTS,
                "too_many_tries",
                "Thử quá nhiều lần; hãy chờ một chút",
                "Too many tries; wait a little",
            ),
            Self::Locked => (
                StatusCode::LOCKED,
                "locked",
                "Tệp của ca này đã khoá xem và xuất; hãy báo 111 hoặc VN-COP",
                "Files of this case are locked for viewing and export; tell 111 or VN-COP",
            ),
            Self::SignedOut => (StatusCode::UNAUTHORIZED, "signed_out", "Bạn cần đăng nhập lại", "Sign in again"),
            Self::WrongSignIn => (
                StatusCode::UNAUTHORIZED,
                "wrong_sign_in",
                "Tên, cụm mật khẩu hoặc mã không đúng",
                "Name, passphrase or code is wrong",
            ),
            Self::WrongCode => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "wrong_code",
                "Mã 6 số không đúng; xem đồng hồ của điện thoại rồi gõ mã mới",
                "The 6-digit code is wrong; check the phone's clock and type a new one",
            ),
            Self::NotAllowed => (
                StatusCode::FORBIDDEN,
                "not_allowed",
                "Vai trò của bạn không làm việc này",
                "Your role may not do this",
            ),
            Self::PasskeyNeeded => (
                StatusCode::FORBIDDEN,
                "passkey_needed",
                "Tổ chức của bạn yêu cầu người quản trị vào bằng khoá đăng nhập (passkey). Hãy thêm một khoá ở mục Khoá của tôi, rồi vào lại bằng khoá đó",
                "Your organisation wants administrators to sign in by passkey. Add one under My keys, then sign in with it",
            ),
            Self::NoToken => (
                StatusCode::UNAUTHORIZED,
                "no_token",
                "Cần một mã còn hạn, gửi trong Authorization: Bearer",
                "A token that still holds is needed, in Authorization: Bearer",
            ),
            Self::NoProvider => (
                StatusCode::BAD_GATEWAY,
                "no_provider",
                "Chưa nối được tới nơi đăng nhập của tổ chức bạn. Hãy thử lại sau ít phút, hoặc vào bằng mật khẩu",
                "Your organisation's sign-in can't be reached. Try again in a few minutes, or use your passphrase",
            ),
            Self::Rule(rule) => (StatusCode::CONFLICT, rule.code(), rule.say(Lang::Vi), rule.say(Lang::En)),
            Self::Office(mistake) => {
                (StatusCode::UNPROCESSABLE_ENTITY, mistake.code(), mistake.say(Lang::Vi), mistake.say(Lang::En))
            }
            Self::ForeignPage => (
                StatusCode::FORBIDDEN,
                "foreign_page",
                "Yêu cầu đến từ một trang khác",
                "The request came from another page",
            ),
            Self::Storage => (
                StatusCode::INSUFFICIENT_STORAGE,
                "not_kept",
                "Máy chủ chưa lưu được, nên chưa nhận. Hãy giữ trang này và thử lại",
                "The server could not keep it, so it was not taken. Keep this page and try again",
            ),
        }
    }

    /// The document, in the language that the headers ask for.
    pub fn answer(self, headers: &HeaderMap) -> Response {
        let (status, code, vi, en) = self.parts();
        let wait = if let Self::TooMany(seconds) = self { Some(seconds) } else { None };
        let lang: Lang = locale::preferred(headers);
        problem::document(status, code, lang.pick(vi, en), None, wait)
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Absent("receipt") => Self::NoSuchReceipt,
            StoreError::Absent(_) => Self::Absent,
            StoreError::Taken(_) => Self::Taken,
            StoreError::OverLimit(_) => Self::OverLimit,
            StoreError::Stale(_) => Self::Stale,
            StoreError::Malformed(_) => Self::BadSeal,
            StoreError::Locked => Self::Locked,
            StoreError::Refused(rule) => Self::Rule(rule),
            StoreError::Database(_)
            | StoreError::Layout(_)
            | StoreError::OtherLayout
            | StoreError::Address(_)
            | StoreError::Encoding(_)
            | StoreError::Tls(_)
            | StoreError::NoRights(_)
            | StoreError::Storage(_)
            | StoreError::OtherFiles(_)
            | StoreError::Unfinished
            | StoreError::Restoring
            | StoreError::Occupied
            | StoreError::InUse
            | StoreError::Files(_)
            | StoreError::Damaged(_)
            | StoreError::Closing
            | StoreError::Bug => {
                // What failed, never for whom.
                if error.is_full() {
                    tracing::error!(%error, "the disk is full: nothing more is taken until there is room in the data folder");
                } else {
                    tracing::error!(%error, "the store failed");
                }
                Self::Storage
            }
        }
    }
}

impl From<JsonRejection> for Refusal {
    fn from(rejection: JsonRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE { Self::OverLimit } else { Self::BadJson }
    }
}
