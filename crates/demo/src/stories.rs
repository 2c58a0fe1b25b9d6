//! What invented people tell: harm, who tells, ages it fits, urgency, words. Non-explicit; nobody of these is real.

use vocabulary::{AgeBand, Audience, Harm, Urgency};

/// A story that a case begins with.
pub struct Story {
    /// The harm.
    pub harm: Harm,
    /// Who tells.
    pub audience: Audience,
    /// How old the person concerned is.
    pub ages: &'static [AgeBand],
    /// How soon somebody must act.
    pub urgency: Urgency,
    /// In her words. `{who}`, `{where}`, `{when}` are filled in.
    pub text: &'static str,
}

use AgeBand::{From7To11, From12To15, From16To17, From18To24, From25To59, From60Plus};
use Audience::{Friend, ParentOrCarer, Professional, Self_, Teacher};
use Urgency::{Now, Soon, Today, WhenReady};

const TEENS: &[AgeBand] = &[From12To15, From16To17];
const YOUNG: &[AgeBand] = &[From7To11, From12To15];
const GROWN: &[AgeBand] = &[From18To24, From25To59];
const OLDER: &[AgeBand] = &[From25To59, From60Plus];

macro_rules! story {
    ($harm:ident, $audience:expr, $ages:expr, $urgency:expr, $text:literal) => {
        Story { harm: Harm::$harm, audience: $audience, ages: $ages, urgency: $urgency, text: $text }
    };
}

/// Of every kind some.
pub const STORIES: &[Story] = &[
    story!(
        Bullying,
        Self_,
        TEENS,
        Soon,
        "Từ {when} cả nhóm lớp trên {where} đặt biệt danh cho em, chế ảnh em rồi thả haha. Em không dám đi học."
    ),
    story!(
        Bullying,
        Teacher,
        TEENS,
        Soon,
        "Học sinh lớp tôi bị một nhóm bạn lập group riêng trên {where} để nói xấu. Em ấy nghỉ học từ {when}."
    ),
    story!(
        Bullying,
        ParentOrCarer,
        YOUNG,
        Soon,
        "Con tôi khóc suốt từ {when}. Các bạn trong đội bóng gửi tin nhắn doạ không cho chơi cùng."
    ),
    story!(
        Bullying,
        Friend,
        TEENS,
        Soon,
        "Bạn thân em bị {who} tung tin đồn trên {where}. Bạn ấy nói không muốn gặp ai nữa."
    ),
    story!(
        Sextortion,
        Self_,
        TEENS,
        Today,
        "{who} quen trên {where} đang đòi em 2 triệu, không thì gửi ảnh riêng tư của em cho cả lớp. Em sợ lắm."
    ),
    story!(
        Sextortion,
        Self_,
        GROWN,
        Today,
        "Tôi gọi video với {who} từ {when}. Giờ họ gửi danh sách bạn bè của tôi kèm lời đe doạ, đòi chuyển khoản trong hôm nay."
    ),
    story!(
        Sextortion,
        ParentOrCarer,
        TEENS,
        Today,
        "Con trai tôi đã chuyển tiền cho {who} ba lần mà họ vẫn đòi thêm. Cháu không ăn không ngủ."
    ),
    story!(
        ImageAbuse,
        Self_,
        GROWN,
        Today,
        "Người yêu cũ đăng ảnh riêng tư của tôi lên {where} từ {when}. Có người quen đã nhìn thấy."
    ),
    story!(ImageAbuse, Self_, TEENS, Today, "{who} giữ ảnh của em và nói nếu chia tay thì sẽ gửi cho mọi người."),
    story!(
        SyntheticImage,
        Self_,
        GROWN,
        Today,
        "Có người ghép mặt tôi vào một đoạn phim rồi chuyền nhau trên {where}. Cả cơ quan đang bàn tán."
    ),
    story!(
        SyntheticImage,
        Teacher,
        TEENS,
        Today,
        "Một nhóm nam sinh dùng ứng dụng ghép mặt bạn nữ trong lớp. Ảnh chuyền nhau từ {when}."
    ),
    story!(
        Grooming,
        Self_,
        YOUNG,
        Today,
        "{who} trong game tặng em nhiều đồ, rồi bảo gọi video khi bố mẹ không có nhà và đừng kể với ai."
    ),
    story!(
        Grooming,
        ParentOrCarer,
        YOUNG,
        Now,
        "Con gái tôi hẹn gặp {who} chiều nay, người cháu quen trên {where}. Tôi vừa đọc tin nhắn, người này lớn tuổi hơn nhiều."
    ),
    story!(
        Grooming,
        Teacher,
        YOUNG,
        Today,
        "Học sinh của tôi kể có một người tự nhận là huấn luyện viên, xin ảnh và bảo giữ bí mật từ {when}."
    ),
    story!(
        Stalking,
        Self_,
        GROWN,
        Today,
        "{who} biết tôi đi đâu, mặc gì. Tôi đổi số rồi vẫn nhận tin nhắn trên {where}."
    ),
    story!(
        PartnerControl,
        Self_,
        GROWN,
        Today,
        "Chồng tôi bắt đưa mật khẩu {where}, đọc hết tin nhắn và cấm tôi gọi cho mẹ. Tôi viết bằng máy của bạn."
    ),
    story!(
        PartnerControl,
        Friend,
        GROWN,
        Soon,
        "Em gái tôi bị bạn trai cài phần mềm theo dõi từ {when}. Em ấy sợ không dám nói."
    ),
    story!(
        PhysicalViolence,
        Self_,
        GROWN,
        Now,
        "Anh ấy vừa đập điện thoại và đánh tôi trước mặt con. Tôi đang khoá cửa trong phòng."
    ),
    story!(
        PhysicalViolence,
        Professional,
        YOUNG,
        Today,
        "Tôi là y tá. Cháu bé tới khám có nhiều vết bầm, cháu nói {who} làm từ {when}."
    ),
    story!(
        SexualViolence,
        Self_,
        GROWN,
        Now,
        "Chuyện xảy ra tối qua. Tôi chưa đi khám. Tôi không biết nên nói với ai."
    ),
    story!(
        SelfHarm,
        Friend,
        TEENS,
        Now,
        "Bạn em vừa nhắn là không muốn sống nữa và đã gom thuốc. Em không biết làm gì."
    ),
    story!(SelfHarm, Self_, TEENS, Today, "Em mệt lắm. Từ {when} em cứ nghĩ nếu mình biến mất thì mọi người nhẹ hơn."),
    story!(Threat, Self_, GROWN, Today, "{who} nhắn trên {where} là sẽ tới tận nhà. Nó có địa chỉ của tôi."),
    story!(
        Doxxing,
        Self_,
        GROWN,
        Soon,
        "Ai đó đăng số điện thoại, chỗ làm và ảnh căn cước của tôi lên {where}. Điện thoại reo suốt từ {when}."
    ),
    story!(Impersonation, Self_, GROWN, Soon, "Có tài khoản {where} dùng tên và ảnh của tôi để vay tiền bạn bè."),
    story!(Defamation, Self_, GROWN, WhenReady, "{who} viết bài bóc phốt sai sự thật về tiệm của tôi trên {where}."),
    story!(
        AccountTakeover,
        Self_,
        OLDER,
        Soon,
        "Tài khoản {where} của tôi bị chiếm từ {when}, chúng nhắn cho cả họ hàng xin tiền."
    ),
    story!(
        Phishing,
        Self_,
        OLDER,
        Today,
        "Tôi bấm vào đường dẫn trong tin nhắn ngân hàng rồi nhập mã. Tài khoản mất 18 triệu sáng nay."
    ),
    story!(
        AuthorityScam,
        Self_,
        OLDER,
        Today,
        "{who} gọi xưng công an, bảo tôi dính vụ án và phải chuyển tiền vào tài khoản tạm giữ. Tôi vừa chuyển xong."
    ),
    story!(
        AuthorityScam,
        Friend,
        OLDER,
        Today,
        "Mẹ tôi đang bị một người xưng cán bộ điện lực giữ máy gần một tiếng, bảo cài ứng dụng."
    ),
    story!(
        JobScam,
        Self_,
        GROWN,
        Soon,
        "Việc làm thêm chỉ bấm thích trên {where}, lúc đầu được trả, giờ bắt nạp 12 triệu mới rút được."
    ),
    story!(
        JobScam,
        ParentOrCarer,
        &[From16To17, From18To24],
        Today,
        "Con tôi theo {who} đi làm việc nhẹ lương cao bên kia biên giới từ {when}, giờ không gọi được."
    ),
    story!(
        InvestmentScam,
        Self_,
        OLDER,
        Soon,
        "Thầy đọc lệnh trên {where} bảo nạp thêm mới rút được. Tôi đã vay bạn bè 90 triệu."
    ),
    story!(
        RomanceScam,
        Self_,
        OLDER,
        Soon,
        "Tôi yêu {who} qua mạng từ {when}. Anh ấy gửi quà rồi có người xưng hải quan đòi phí."
    ),
    story!(
        LoanScam,
        Self_,
        GROWN,
        Soon,
        "Tôi vay qua ứng dụng, họ thu phí trước rồi không giải ngân, còn giữ danh bạ của tôi."
    ),
    story!(
        DebtHarassment,
        Self_,
        GROWN,
        Soon,
        "Họ ghép ảnh tôi thành ảnh truy nã gửi cho trường của con tôi từ {when}."
    ),
    story!(
        PurchaseScam,
        Self_,
        GROWN,
        WhenReady,
        "Tôi đặt cọc thuê phòng trên {where}, tới nơi thì không có phòng nào."
    ),
    story!(
        PrizeScam,
        Self_,
        YOUNG,
        Soon,
        "Trong game báo em trúng trang phục hiếm, bắt nạp thẻ trước. Em lấy tiền lì xì nạp rồi mà không được."
    ),
    story!(
        RelativeScam,
        Self_,
        OLDER,
        Today,
        "Giọng y như con trai tôi, bảo đang cấp cứu cần tiền gấp. Tôi chuyển rồi mới gọi được cho nó."
    ),
    story!(
        SexualHarassment,
        Self_,
        GROWN,
        Soon,
        "Sếp cũ nhắn những lời khiếm nhã trên {where} từ {when}, tôi bảo dừng mà không dừng."
    ),
    story!(
        SexualHarassment,
        Self_,
        TEENS,
        Soon,
        "{who} cứ bình luận về cơ thể em dưới mỗi bài em đăng. Em khoá trang rồi mà vẫn bị nhắn."
    ),
    story!(Hate, Self_, GROWN, Soon, "Từ {when} em bị tấn công trên {where} chỉ vì em là người đồng tính."),
    story!(Harassment, Self_, GROWN, Soon, "Hàng trăm người lạ vào trang của tôi chửi vì một clip bị cắt ghép."),
    story!(
        Trafficking,
        Friend,
        &[From16To17, From18To24],
        Now,
        "Chị họ em nhắn bị giữ giấy tờ, bị bắt trả nợ mới cho về. Chị gửi vị trí rồi mất liên lạc."
    ),
    story!(
        ChildExploitation,
        Teacher,
        TEENS,
        Today,
        "Học sinh tôi bị {who} rủ lên sóng trực tiếp đổi quà từ {when}. Em nói không dám nghỉ."
    ),
    story!(
        Gambling,
        ParentOrCarer,
        TEENS,
        WhenReady,
        "Con trai tôi nợ tiền cá cược trên {where}, có người lạ tới tận cổng trường đòi."
    ),
    story!(
        DangerousChallenge,
        Teacher,
        YOUNG,
        Today,
        "Mấy học sinh lớp 5 rủ nhau làm thử thách nín thở xem trên {where}."
    ),
];

/// Who did it, as people say.
pub const WHO: &[&str] =
    &["một người lạ", "anh quen trên mạng", "bạn cùng lớp", "người yêu cũ", "một anh lớn tuổi", "chị đồng nghiệp cũ"];
/// Where.
pub const WHERE: &[&str] = &["Zalo", "Facebook", "TikTok", "Messenger", "Telegram", "Instagram"];
/// Since when.
pub const WHEN: &[&str] = &["hôm qua", "tuần trước", "hai tuần nay", "tháng trước", "đầu năm học", "mấy hôm nay"];

/// What a helper writes first.
pub const ANSWERS: &[&str] = &[
    "Cảm ơn bạn đã tin và kể. Chuyện này không phải lỗi của bạn. Bây giờ bạn có đang ở nơi an toàn không?",
    "Mình đã đọc hết lời bạn. Mình ở đây cùng bạn. Mình hỏi thêm vài điều để giúp đúng hơn nhé, bạn bỏ qua câu nào cũng được.",
    "Bạn đừng trả tiền và đừng xoá tin nhắn. Mình sẽ cùng bạn giữ lại bằng chứng từng bước.",
    "Điều bạn vừa làm cần nhiều can đảm. Có người lớn nào bạn tin mà mình có thể cùng bạn nói chuyện không?",
    "Bạn gọi ngân hàng ngay theo số sau thẻ để khoá giao dịch nhé. Xong bạn nhắn lại cho mình.",
];

/// What she writes back.
pub const REPLIES: &[&str] = &[
    "Dạ em đang ở nhà bà, em thấy đỡ hơn rồi.",
    "Tôi đã làm theo, họ vẫn nhắn tiếp. Tôi gửi thêm ảnh chụp màn hình.",
    "Em cảm ơn. Em chưa muốn bố mẹ biết.",
    "Ngân hàng nói đã khoá được một phần.",
    "Tôi muốn biết bước tiếp theo là gì.",
];

/// What staff note among themselves.
pub const NOTES: &[&str] = &[
    "Gọi lần một, máy bận. Thử lại sau 20 giờ, không để lại tin nhắn thoại.",
    "Người gửi nói chuyện bình tĩnh hơn lần trước, đã có cô ruột ở cùng.",
    "Đã thống nhất kế hoạch an toàn, người gửi giữ bản viết tay ở chỗ làm.",
    "Chờ trả lời của nền tảng. Nhắc lại sau ba ngày.",
    "Đã trao đổi với giáo viên chủ nhiệm trong phạm vi được đồng ý.",
];
