//! What scripts say: names of codes, and phrases with `{n}` where something is put in.

use super::sharing;
use crate::{Site, pages::back::case::answer_words};
use casework::Place as Where;
use maud::{Markup, html};
use vocabulary::{AgeBand, Audience, EntryKind, Harm, HoldGround, Lang, PROVINCES, ReportState, Role, Sex, Urgency};

/// Two templates that are never shown.
pub(super) fn all(lang: Lang, site: &Site) -> Markup {
    html! {
        template #words {
            (list("harm", Harm::ALL.iter().map(|c| (c.code(), c.name(lang)))))
            (list("urgency", Urgency::ALL.iter().map(|c| (c.code(), urgency(*c, lang)))))
            (list("age", AgeBand::ALL.iter().map(|c| (c.code(), c.name(lang)))))
            (list("sex", Sex::ALL.iter().map(|c| (c.code(), c.name(lang)))))
            (list("audience", Audience::ALL.iter().map(|c| (c.code(), c.name(lang)))))
            (list("state", ReportState::ALL.iter().map(|c| (c.code(), c.name(lang)))))
            (list("role", Role::ALL.iter().map(|c| (c.code(), c.name(lang)))))
            (list("hold", HoldGround::ALL.iter().map(|c| (c.code(), c.name(lang)))))
            (list("entry", EntryKind::ALL.iter().map(|c| (c.code(), c.name(lang)))))
            (list("province", PROVINCES.iter().map(|p| (p.code, p.name(lang)))))
            (list("province", [(Where::Abroad.code(), Where::Abroad.name(lang))].into_iter()))
            (super::work_words::lists(lang))
            (list("answer", answer_words(lang).iter().map(|(code, name)| (code.as_str(), *name))))
            @for (name, rows) in sharing::lists(lang) { (list(name, rows)) }
            (list("language", [("vi", lang.pick("tiếng Việt", "Vietnamese")), ("en", lang.pick("tiếng Anh", "English"))].into_iter()))
        }
        template #phrases data-now=(site.seconds()) {
            @for (key, vi, en) in PHRASES.iter().chain(super::work_words::PHRASES).chain(sharing::PHRASES) { i data-key=(key) { (lang.pick(vi, en)) } }
        }
    }
}

/// To staff, not to her: the vocabulary's own names speak to the person.
pub(super) const fn urgency(urgency: Urgency, lang: Lang) -> &'static str {
    match urgency {
        Urgency::Now => lang.pick("Ngay", "Now"),
        Urgency::Today => lang.pick("Hôm nay", "Today"),
        Urgency::Soon => lang.pick("Vài ngày", "Days"),
        Urgency::WhenReady => lang.pick("Không gấp", "Can wait"),
    }
}

pub(super) fn list<'a>(name: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) -> Markup {
    html! { @for (code, said) in rows { i data-list=(name) data-code=(code) { (said) } } }
}

pub(super) static PHRASES: &[(&str, &str, &str)] = &[
    ("office-saved", "Đã lưu.", "Saved."),
    ("role-of", "Vai trò của {n}", "Role of {n}"),
    ("role-changed", "{n} có vai trò mới: {m}.", "{n} has a new role: {m}."),
    (
        "resealing",
        "Đang niêm phong lại lối vào các ca: {n} trên {m}. Cứ làm việc khác, trang này tự làm tiếp.",
        "Sealing the ways into cases anew: {n} of {m}. Go on with something else, this page does it by itself.",
    ),
    (
        "resealed",
        "Lối vào của {n} ca đã được niêm phong cho khoá mới.",
        "The ways into {n} cases are sealed to the new key.",
    ),
    ("steps-all", "Mọi ca đang làm đều có bước tiếp theo và ngày.", "Every open case has a next step with its day."),
    (
        "steps-missing",
        "{n} ca đang làm không có bước tiếp theo. Điều này không được phép xảy ra: hãy báo người vận hành (haidang doctor --rebuild).",
        "{n} open cases have no next step. This must not be: tell whoever runs the server (haidang doctor --rebuild).",
    ),
    ("step-due", "bước tiếp: {n}", "next step: {n}"),
    ("closed-at", "khép {n}", "closed {n}"),
    ("reviewed", "đã nhận xét", "reviewed"),
    ("review-kept", "Đã niêm phong nhận xét.", "The review is sealed."),
    ("counting", "Đang đếm: {n} báo cáo…", "Counting: {n} reports…"),
    ("counted", "Đếm lúc {n}; đếm lại mỗi giờ.", "Counted {n}; counted anew each hour."),
    ("unsaid", "không nêu", "not said"),
    ("month-n", "tháng {n}", "month {n}"),
    ("figures-cases", "Báo cáo tới", "Reports"),
    ("figures-within", "Trả lời đúng hạn", "Answered in time"),
    ("figures-median", "Trả lời đầu tiên, trung vị", "First answer, median"),
    ("figures-count", "Số", "Count"),
    ("figures-total", "Tổng", "Total"),
    ("figures-none", "Quá ít để nêu mà không lộ một người.", "Too few to be shown without telling on somebody."),
    ("figures-picture", "Biểu đồ: {n}; bảng bên cạnh có đủ các số", "Plot: {n}; the table beside it has all numbers"),
    ("log-erased", "(đã xoá cùng báo cáo)", "(erased with its case)"),
    ("log-clock", "máy chủ", "the server"),
    ("log-gone", "người đã thôi việc ({n})", "who has left ({n})"),
    ("log-of-case", "Lọc theo ca {n}", "Filter by case {n}"),
    ("log-lines", "{n} dòng", "{n} lines"),
    (
        "log-holds",
        "Nhật ký khớp: {n} dòng nối nhau đúng, {m} dòng trong đó đã xoá nội dung cùng báo cáo. Mã của dòng cuối, hãy giữ lại để so lần sau:",
        "The log holds: {n} lines follow each other as they should, {m} of them without content since their case was erased. Hash of the last line, keep it to compare next time:",
    ),
    (
        "log-breaks",
        "Nhật ký KHÔNG khớp từ dòng số {n}: có người đã sửa cơ sở dữ liệu. Giữ nguyên hiện trạng, báo người vận hành và người kiểm tra.",
        "The log does NOT hold from line number {n} on: somebody altered the database. Keep everything as it is, tell whoever runs the server and the auditor.",
    ),
    ("part-card", "thẻ", "card"),
    ("part-hours", "giờ làm việc", "hours"),
    ("part-clocks", "hạn trả lời", "clocks"),
    ("part-questions", "câu hỏi riêng", "own questions"),
    ("part-retention", "thời gian giữ", "retention"),
    ("part-duty_contacts", "người trực", "duty contacts"),
    (
        "account-who",
        "Bạn đã vào với tên {n}. Còn một bước: mở khoá của bạn.",
        "You are signed in as {n}. One step more: open your keys.",
    ),
    (
        "account-tied",
        "Đã nối tài khoản. Lần sau bạn vào bằng tài khoản ấy được.",
        "The account is tied to you. From now on you can sign in with it.",
    ),
    (
        "account-stale",
        "Lần đăng nhập này đã quá lâu hoặc đã dùng rồi. Hãy bắt đầu lại từ đây.",
        "This sign-in took too long, or was used before. Start again from here.",
    ),
    (
        "account-failed",
        "Tài khoản của tổ chức chưa dùng được lúc này. Hãy thử lại, hoặc vào bằng mật khẩu.",
        "Your organisation's account can't be used right now. Try again, or use your passphrase.",
    ),
    (
        "account-no-role",
        "Tài khoản của bạn chưa được giao vai trò nào ở bàn tiếp nhận. Hãy hỏi người quản lý tài khoản của tổ chức.",
        "Your account was given no role at this desk. Ask whoever looks after your organisation's accounts.",
    ),
    (
        "account-taken",
        "Tài khoản này đã nối với một người khác ở đây.",
        "This account is tied to somebody else here already.",
    ),
    ("left", "còn {n}", "{n} left"),
    ("overdue", "quá hạn {n}", "{n} overdue"),
    ("answered", "đã trả lời", "answered"),
    ("minutes", "{n} phút", "{n} min"),
    ("hours", "{n} giờ", "{n} h"),
    ("days", "{n} ngày", "{n} d"),
    ("new", "có tin mới", "news"),
    ("closed", "người gửi đã đóng", "closed by the person"),
    (
        "erasing",
        "Người gửi đã xin xoá. Khoá của báo cáo bị huỷ lúc {n}; đến lúc đó vẫn đọc được, người gửi vẫn đổi ý được.",
        "The person asked for erasure. The keys are destroyed at {n}; until then it can be read, and the person can still change her mind.",
    ),
    ("keeping", "Sắp hết hạn giữ: {n}", "Running out soon: {n}"),
    ("keeping-held", "Sắp hết hạn giữ: {n} · phải giữ: {m}", "Running out soon: {n} · must be kept: {m}"),
    ("runs-out", "Hết hạn giữ {n}", "Runs out {n}"),
    (
        "runs-out-soon",
        "Báo cáo này hết hạn giữ vào {n}. Sau đó khoá ở tổ chức bạn bị huỷ; nếu không còn nơi nào khác thì báo cáo bị huỷ hẳn.",
        "The time of this report runs out on {n}. Then your organisation's key is destroyed; where nobody else is let in, so is the report.",
    ),
    ("held", "Phải giữ: {n}", "Must be kept: {n}"),
    (
        "held-withdrawn",
        "Người gửi đã thu lại quyền. Bạn còn mở được những gì đã nhận, chỉ vì phải giữ: {n}.",
        "The person withdrew. You can still open what you had, only because it must be kept: {n}.",
    ),
    ("erasing-short", "sắp xoá", "to be erased"),
    ("no-harm", "Không nêu chuyện gì", "What it is about is left out"),
    ("no-facts", "Không nêu gì thêm", "Nothing else is said"),
    ("count", "{n} báo cáo", "{n} reports"),
    ("count-more", "hơn {n} báo cáo", "more than {n} reports"),
    ("person", "Người gửi", "The person"),
    ("us", "Chúng ta", "We"),
    ("opening-case", "Đang mở trong trình duyệt này…", "Opening in this browser…"),
    (
        "altered",
        "Mục này không mở được: nó đã bị đổi hoặc hỏng. Hãy báo người vận hành.",
        "This part can't be opened: it was altered or damaged. Tell whoever runs the server.",
    ),
    (
        "no-key",
        "Báo cáo này không mở được bằng khoá của tổ chức. Có thể người gửi vừa thu lại quyền.",
        "The organisation's key doesn't open this report. Perhaps the person has just withdrawn it.",
    ),
    (
        "gone",
        "Báo cáo này không còn mở cho tổ chức của bạn: người gửi đã thu lại quyền, hoặc đã xoá.",
        "This report is no longer open to your organisation: the person withdrew it or erased it.",
    ),
    ("conference", "Hội ý ca", "Case conference"),
    (
        "not-chosen",
        "Hội ý ca này chỉ mở cho những người được chọn, hoặc đã hết hạn. Bạn có thể hỏi đồng nghiệp phụ trách.",
        "This case conference is open to chosen people alone, or it is over. Ask the colleague who has the case.",
    ),
    ("corrects", "Sửa lại mục {n}", "Corrects part {n}"),
    ("part", "mục {n}", "part {n}"),
    ("asks", "Câu hỏi", "Question"),
    ("opened-case", "mở báo cáo", "opened the report"),
    ("opened-program", "lấy về bằng chương trình, còn niêm phong", "fetched by a program, still sealed"),
    (
        "token-no-scope",
        "Chọn ít nhất một thứ mà chương trình được đọc.",
        "Choose at least one thing that the program may read.",
    ),
    ("token-until", "dùng được đến {n}", "good until {n}"),
    ("token-over", "hết hạn từ {n}", "ended {n}"),
    ("token-unused", "chưa dùng lần nào", "not used yet"),
    ("opened-file", "mở một tệp", "opened a file"),
    ("package-none", "Hãy chọn ít nhất một mục.", "Choose at least one part."),
    ("package-to", "Hãy ghi gói này giao cho ai.", "Write down to whom the package is handed."),
    (
        "package-recipient",
        "Khoá age phải bắt đầu bằng age1 và đủ chữ; hãy xin lại nơi nhận.",
        "The age key must begin with age1 and be whole; ask the recipient for it again.",
    ),
    ("package-short", "Cụm mật khẩu cần ít nhất 12 chữ cái.", "The passphrase needs at least 12 letters."),
    ("package-working", "Máy này đang đóng gói…", "This device is packing…"),
    (
        "package-stamping",
        "Đang chờ dấu thời gian của một nơi bên ngoài…",
        "Waiting for the time-stamp of an outside authority…",
    ),
    ("package-ready", "Xong: {n}", "Done: {n}"),
    ("package-person", "người gửi báo cáo", "the person who reported"),
    ("package-sent", "gửi báo cáo, niêm phong", "sent the report, sealed"),
    (
        "package-made",
        "mở niêm, đóng gói các mục đã chọn và giao đi",
        "opened the seals, packed the chosen parts and handed them over",
    ),
    ("opened-export", "tải về", "exported"),
    (
        "paper-unkept",
        "Những gì bạn điền chưa được in, chép hay giữ. Bỏ đi?",
        "What you filled in was neither printed, copied nor kept. Drop it?",
    ),
    ("paper-copied", "Đã chép.", "Copied."),
    (
        "paper-not-copied",
        "Trình duyệt không cho chép; hãy in hoặc chọn chữ trên tờ giấy rồi chép.",
        "The browser doesn't let this be copied; print it, or select the words on the sheet.",
    ),
    ("paper-kept", "Đã giữ cùng hồ sơ, niêm phong.", "Kept with the case, sealed."),
    (
        "paper-answer",
        "Đã đưa vào lời trả lời; hãy đọc lại rồi gửi.",
        "It stands in the answer; read it again, then send.",
    ),
    (
        "paper-saved",
        "Đã lưu thư. Mở bằng chương trình thư, xem lại rồi gửi; không kèm hình.",
        "The letter is saved. Open it in a mail program, look, then send; no picture.",
    ),
    ("paper-letter", "yeu-cau-go-noi-dung", "takedown-notice"),
    ("exchange-none", "Hãy chọn ít nhất một ca.", "Choose at least one case."),
    ("exchange-opening", "Đang mở {n} trong {m}…", "Opening {n} of {m}…"),
    ("exchange-made", "Xong: {n} ca, tệp {m}.", "Done: {n} cases, file {m}."),
    (
        "exchange-left",
        "Không mở được {n} ca; chúng vào tệp không có lời kể.",
        "{n} cases could not be opened; they are in the file without texts.",
    ),
    ("exchange-read", "{n} dòng nhập được, {m} dòng có lỗi.", "{n} rows can be taken, {m} have a fault."),
    ("exchange-line", "Dòng {n}: {m}", "Line {n}: {m}"),
    ("exchange-entering", "Đang niêm phong và nhập {n} trong {m}…", "Sealing and entering {n} of {m}…"),
    ("exchange-entered", "Đã nhập {n} ca; {m} đã có từ trước.", "{n} cases entered; {m} were there already."),
    (
        "import-way",
        "Hãy chọn những người trong danh sách đã đồng ý bằng cách nào.",
        "Choose how the people in the list agreed.",
    ),
    (
        "import-stopped",
        "Dừng ở dòng {n}: {m}. Các dòng trước đã vào; bấm lần nữa để nhập tiếp từ dòng này, không dòng nào vào hai lần.",
        "Stopped at line {n}: {m}. The lines before are in; press again to go on from here, none goes in twice.",
    ),
    (
        "receipts-unsaved",
        "Mười từ của các dòng vừa nhập chưa được lưu; đóng là mất, những người đó không quay lại bằng mười từ được. Đóng?",
        "The ten words of the rows just entered were not saved; closing loses them, and those people can't come back with them. Close?",
    ),
    ("receipts-column", "mười từ", "ten words"),
    ("receipts-file", "muoi-tu", "ten-words"),
    ("exchange-received", "Nhận lúc (theo tệp): {n}", "Received (as the file says): {n}"),
    ("how", "Liên hệ bằng", "By"),
    ("when", "Lúc nào", "When"),
    ("never", "Không bao giờ", "Never"),
    ("reading-copy", "bản để đọc, đã bỏ vị trí và dữ liệu máy", "reading copy, without location and device data"),
    ("original", "bản gốc, giữ làm bằng chứng", "original, kept as evidence"),
    ("bytes", "{n} byte", "{n} bytes"),
    ("kib", "{n} KB", "{n} KB"),
    ("mib", "{n} MB", "{n} MB"),
    ("no-name", "Tệp không tên", "File without a name"),
    ("fetching", "Đang mở tệp: {n}%", "Opening the file: {n}%"),
    (
        "not-shown",
        "Loại tệp này không xem được ở đây. Nội dung không khớp với loại nào trong: ảnh, tiếng, phim, chữ.",
        "This kind can't be shown here. Its content fits none of: picture, sound, film, text.",
    ),
    (
        "too-large",
        "Tệp lớn quá để xem ở đây ({n}); hãy tải về máy an toàn rồi xem.",
        "The file is too large to be shown here ({n}); save it to a guarded device to see it.",
    ),
    (
        "save-warn",
        "Tệp tải về nằm ngoài niêm phong: ai mở được máy này thì xem được. Tải tiếp?",
        "A saved file is outside the seal: whoever opens this device can see it. Go on?",
    ),
    ("unblur", "Bỏ che", "Unblur"),
    ("blur", "Che mờ", "Blur"),
    ("sound-on", "Bật tiếng", "Sound on"),
    ("sound-off", "Tắt tiếng", "Sound off"),
    ("sent", "Đã gửi, đã niêm phong.", "Sent, sealed."),
    (
        "changed",
        "Báo cáo vừa đổi trong lúc bạn viết (người gửi đã thu quyền của một nơi khác, hoặc đồng nghiệp vừa viết). Đã mở lại bản mới; lời bạn viết vẫn còn đây, hãy xem rồi gửi lại.",
        "The report changed while you wrote (the person withdrew another organisation, or a colleague wrote). The new state is open; your words are still here: look, then send again.",
    ),
    ("empty-reply", "Hãy viết một lời trước đã.", "Write something first."),
    ("unsent", "Bạn có lời chưa gửi. Bỏ và đi tiếp?", "You have words that were not sent. Drop them and go on?"),
    (
        "network",
        "Không nối được máy chủ. Chưa có gì bị mất: hãy thử lại.",
        "The server can't be reached. Nothing is lost: try again.",
    ),
    (
        "signed-out",
        "Phiên đã hết, hoặc quyền vào của bạn đã chấm dứt. Khoá và mọi lời đã được xoá khỏi trình duyệt này; nếu còn làm ở đây, hãy vào lại.",
        "The session has ended, or your access has. Keys and words were wiped from this browser; if you still work here, sign in again.",
    ),
    (
        "locked",
        "Đã khoá bàn: khoá đã được xoá khỏi trình duyệt này.",
        "The desk is locked: the keys were wiped from this browser.",
    ),
    ("loading-seal", "Đang tải phần mở niêm phong: {n}%", "Loading what opens the seal: {n}%"),
    (
        "seal-failed",
        "Phần mở niêm phong không chạy được trong trình duyệt này. Hãy dùng Chrome, Edge, Firefox hay Safari bản mới.",
        "What opens the seal doesn't run in this browser. Use a recent Chrome, Edge, Firefox or Safari.",
    ),
    ("stretching", "Đang tính khoá từ mật khẩu…", "Making the key of the passphrase…"),
    ("wrong-passphrase", "Mật khẩu này không mở được khoá của bạn.", "This passphrase doesn't open your key."),
    (
        "passkey-none",
        "Không dùng được khoá đăng nhập nào cho tên này ở máy này.",
        "No passkey for this name works on this device.",
    ),
    (
        "passkey-no-prf",
        "Khoá đăng nhập này không giữ được khoá mở báo cáo (thiếu PRF), nên không thêm. Hãy thử điện thoại hay khoá bảo mật đời mới hơn.",
        "This passkey can't keep what opens reports (no PRF), so it was not added. Try a newer phone or security key.",
    ),
    ("passkey-added", "Đã thêm. Lần sau chỉ cần khoá này.", "Added. Next time this is all you need."),
    ("passkey", "Khoá đăng nhập {n}", "Passkey {n}"),
    ("since", "từ {n}", "since {n}"),
    ("used", "dùng lúc {n}", "used {n}"),
    ("session-here", "Phiên này", "This session"),
    ("session-other", "Phiên khác", "Another session"),
    ("passphrase-changed", "Đã đổi. Các phiên khác đã chấm dứt.", "Changed. Your other sessions have ended."),
    ("weak-short", "Còn ngắn: ít nhất 14 ký tự.", "Too short: at least 14 signs."),
    (
        "weak-same",
        "Dễ đoán: quá nhiều ký tự giống nhau hoặc nối nhau.",
        "Easy to guess: too many signs alike or in a row.",
    ),
    (
        "weak-name",
        "Dễ đoán: có tên bạn hoặc tên tổ chức trong đó.",
        "Easy to guess: your name or the organisation's is in it.",
    ),
    ("fair", "Tạm được; thêm một từ nữa thì chắc hơn.", "Fair; one more word makes it strong."),
    ("good", "Tốt.", "Good."),
    ("not-alike", "Hai lần gõ không giống nhau.", "The two are not alike."),
    ("name-taken", "Tên này đã có người dùng ở tổ chức.", "This name is in use at the organisation."),
    ("join-to", "{n}, vai trò: {m}", "{n}, role: {m}"),
    ("share-of", "Mảnh {n} trong 3 · {m}", "Share {n} of 3 · {m}"),
    ("share-title", "Mảnh {n}", "Share {n}"),
    ("share-ask", "Để chắc là bạn đã có chúng: gõ lại mảnh {n}.", "To be sure that you have them: type share {n}."),
    (
        "share-wrong",
        "Chưa đúng mảnh được hỏi. Xem lại từng nhóm bốn ký tự.",
        "That is not the share that was asked for. Check each group of four.",
    ),
    (
        "share-letter",
        "Có ký tự không mảnh nào có. Chỉ gồm số và chữ in hoa không dấu.",
        "A sign is in no share. There are only digits and plain capital letters.",
    ),
    (
        "share-length",
        "Thiếu hoặc thừa ký tự: một mảnh có 16 nhóm, mỗi nhóm 4.",
        "Signs are missing or too many: a share has 16 groups of 4.",
    ),
    ("share-checksum", "Có chỗ gõ nhầm trong một mảnh.", "Something in a share was mistyped."),
    (
        "share-same",
        "Đây là cùng một mảnh; cần hai mảnh khác nhau.",
        "It is the same share twice; two different ones are needed.",
    ),
    (
        "share-other",
        "Hai mảnh này không phải của tổ chức này, hoặc không cùng một bộ.",
        "These shares are not of this organisation, or not of one set.",
    ),
    ("door-open", "mở được báo cáo", "opens reports"),
    ("door-shut", "chờ mở cửa", "waits at the door"),
    ("door-opened", "Đã mở cửa cho {n}.", "The door is open for {n}."),
    ("you", "bạn", "you"),
    ("leave-title", "{n} thôi việc?", "Does {n} leave?"),
    ("left-done", "{n} đã hết quyền vào.", "{n} can't sign in any more."),
    ("marked", "Đã khoá. Hãy báo ngay 111 và VN-COP.", "Locked. Tell 111 and VN-COP at once."),
    (
        "lied",
        "Tên hay loại của tệp không khớp nội dung: hãy coi chừng.",
        "Name or kind of the file don't fit its content: be careful.",
    ),
];
