//! Why a step isn't possible, in the reader's language.

use crate::ItemId;
use vocabulary::Lang;

/// A change that would leave a case in a way that no case may be left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The case isn't in a state for this.
    #[error("the case is not in a state for this")]
    NotNow,
    /// Nothing would be left to do, or no day for it.
    #[error("an open case needs a next step with a date")]
    NeedsNextStep,
    /// A case of high risk is closed by two.
    #[error("a case of high risk is closed by two people")]
    NeedsSecond,
    /// The second pair of eyes can't be the first.
    #[error("the second pair of eyes is somebody else's")]
    SameEyes,
    /// There is no consent that allows this.
    #[error("no consent allows this")]
    NoConsent,
    /// The consent is over, taken back or refused.
    #[error("the consent is over")]
    ConsentOver,
    /// The consent names another recipient or an earlier day.
    #[error("the consent allows something else")]
    ConsentElsewhere,
    /// Under 16 the child's word is assent: the representative's consent, or why nobody asked, must be recorded too.
    #[error("under 16, record the representative's consent or why it was not sought")]
    NeedsRepresentative,
    /// A day in the past, or further than two years.
    #[error("a day must lie between now and two years from now")]
    BadDate,
    /// Too many open tasks, referrals or requests.
    #[error("a case holds no more of these")]
    TooMany,
    /// There is no such thing in this case.
    #[error("no such item: {0}")]
    Unknown(ItemId),
    /// It is so already.
    #[error("it is so already")]
    Already,
}

impl Refusal {
    /// A stable code for the API.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotNow => "not_now",
            Self::NeedsNextStep => "needs_next_step",
            Self::NeedsSecond => "needs_second",
            Self::SameEyes => "same_eyes",
            Self::NoConsent => "no_consent",
            Self::ConsentOver => "consent_over",
            Self::ConsentElsewhere => "consent_elsewhere",
            Self::NeedsRepresentative => "needs_representative",
            Self::BadDate => "bad_date",
            Self::TooMany => "too_many",
            Self::Unknown(_) => "unknown_item",
            Self::Already => "already",
        }
    }

    /// What whoever tried it reads.
    pub const fn say(self, lang: Lang) -> &'static str {
        match self {
            Self::NotNow => lang.pick(
                "Ca này không còn ở trạng thái làm được việc đó. Hãy xem lại ca.",
                "The case is no longer in a state for this. Look at it again.",
            ),
            Self::NeedsNextStep => lang.pick(
                "Ca đang mở cần có việc tiếp theo và ngày làm. Hãy chọn việc và ngày.",
                "An open case needs a next step and its date. Choose both.",
            ),
            Self::NeedsSecond => lang.pick(
                "Ca nguy cơ cao cần thêm một người giám sát xem rồi mới khép. Hãy gửi yêu cầu xem lại.",
                "A case of high risk is closed after a supervisor looked too. Ask for the review.",
            ),
            Self::SameEyes => lang
                .pick("Người xem lại phải khác người đề nghị khép.", "Whoever reviews must not be who asked to close."),
            Self::NoConsent => lang.pick(
                "Chưa có sự đồng ý nào cho việc này. Hãy hỏi người trong cuộc, hoặc ghi lại sự đồng ý.",
                "No consent allows this yet. Ask the person, or record the consent.",
            ),
            Self::ConsentOver => lang.pick(
                "Sự đồng ý đã hết hạn, bị rút lại hoặc bị từ chối. Hãy hỏi lại.",
                "The consent has ended, was taken back or refused. Ask again.",
            ),
            Self::ConsentElsewhere => lang.pick(
                "Sự đồng ý dành cho nơi nhận khác, hoặc không kéo dài tới ngày đó.",
                "The consent is for another recipient, or doesn't last until that day.",
            ),
            Self::NeedsRepresentative => lang.pick(
                "Dưới 16 tuổi: hãy ghi sự đồng ý của người đại diện, hoặc vì sao không hỏi.",
                "Under 16: record the representative's consent, or why nobody asked.",
            ),
            Self::BadDate => lang
                .pick("Ngày phải từ bây giờ tới hai năm sau.", "The day must lie between now and two years from now."),
            Self::TooMany => lang.pick(
                "Ca này đã đủ số mục loại này. Hãy hoàn tất bớt trước.",
                "This case has as many of these as it can hold. Finish some first.",
            ),
            Self::Unknown(_) => lang.pick("Không có mục này trong ca.", "There is no such item in this case."),
            Self::Already => lang.pick("Việc này đã được ghi rồi.", "This is so already."),
        }
    }
}
