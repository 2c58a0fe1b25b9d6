//! The sentences of the result that belong to no code. A pair with an empty side does not compile.

use vocabulary::Lang;

macro_rules! phrases {
    ($($name:ident: $vi:literal, $en:literal;)*) => {$(
        pub(crate) const fn $name(lang: Lang) -> &'static str {
            const { assert!(!$vi.is_empty() && !$en.is_empty()) };
            lang.pick($vi, $en)
        }
    )*};
}

phrases! {
    message_very_like: "Tin nhắn này rất giống", "This message looks very much like";
    message_like: "Tin nhắn này giống", "This message looks like";
    message_maybe: "Tin nhắn này có thể là", "This message may be";
    story_very_like: "Chuyện được kể ở đây rất giống", "What is told here sounds very much like";
    story_like: "Chuyện được kể ở đây giống", "What is told here sounds like";
    story_maybe: "Chuyện được kể ở đây có thể là", "What is told here may be";
    also_like: "Cũng có nét giống", "It also has traits of";
    not_their_fault: "Lỗi thuộc về kẻ làm hại, không phải người bị hại. Hãy xem việc nên làm trong mười phút tới, và ai có thể giúp.",
        "The fault lies with the one who does harm, never with the person harmed. See what to do in the next ten minutes, and who can help.";
    thank_for_telling: "Cảm ơn bạn đã kể ra. Lỗi không ở bạn.", "Thank you for telling. It isn't your fault.";
    if_it_happened: "Nếu đây là chuyện đã xảy ra với bạn hoặc người bạn quen: cảm ơn bạn đã kể. Lỗi không ở bạn, bạn không phải chứng minh gì, và những nơi dưới đây sẵn lòng nghe.",
        "If this is something that happened to you or someone you know: thank you for telling. It isn't your fault, you needn't prove anything, and those below are glad to listen.";
    machine_can_err: "Đây là máy đọc chữ, có thể nhầm. Bạn hiểu chuyện của mình hơn nó.", "A machine read this and it can be wrong. You know your own story better.";
    turn: "Dấu hiệu rõ dần từ tin thứ", "The signs become clear from message";
    now_calls: "Nếu đang nguy hiểm, gọi ngay", "If there is danger, call now";
    next_steps: "Mười phút tới", "The next ten minutes";
    to_do: "Nên làm", "Do";
    not_to_do: "Đừng làm", "Don't";
    more_steps: "Xem thêm việc nên làm", "More to do";
    more_not_to_do: "Xem thêm việc đừng làm", "More not to do";
    sources: "Nguồn của các lời khuyên", "Sources of this advice";
    who_helps: "Ai giúp được bạn", "Who can help";
    more_helpers: "Xem thêm nơi giúp", "More who can help";
    open_now: "Đang có người nghe", "Open now";
    closed_now: "Ngoài giờ lúc này", "Closed at this hour";
    any_time: "Dùng được mọi lúc", "Any time";
    call: "Gọi", "Call";
    open_site: "Mở trang", "Open";
    unverified: "Chưa được kiểm chứng", "Not verified yet";
    overdue: "Quá hạn kiểm tra, lần cuối", "Check overdue, last on";
    stated_by: "Nguồn công bố", "Where this is stated";
    not_emergency: "Không phải số khẩn cấp", "Not an emergency line";
    traces: "Cuộc gọi và tin nhắn SMS nằm lại trong lịch sử máy.", "Calls and SMS stay in the phone's history.";
    your_words: "Những chỗ cần để ý", "What to look at";
    your_words_hint: "Chạm vào số để xem vì sao.", "Tap a number to see why.";
    nothing_marked: "Không có chữ nào được đánh dấu.", "No words are marked.";
    skipped: "… phần không có dấu hiệu được lược bớt …", "… a part without signs is left out …";
    signs: "Các dấu hiệu", "The signs";
    close: "Đóng", "Close";
    sign: "Dấu hiệu", "Sign";
    links: "Đường dẫn trong tin", "Links in the message";
    link_known_good: "Có trong danh sách trang chính thức", "On the list of official sites";
    link_known_good_note: "Trang này thuộc về nơi mang tên đó. Ai đó vẫn có thể gửi nó kèm lời lừa dối.", "This site belongs to the name it carries. Someone can still send it along with a lie.";
    link_unknown: "Chưa biết gì về trang này", "Nothing is known of this site";
    link_unknown_note: "Chưa có trong danh sách nào của chúng tôi. Nếu không chờ nó thì đừng mở.", "It is on none of our lists. If you did not expect it, don't open it.";
    link_suspicious: "Đáng ngờ", "Suspicious";
    link_suspicious_note: "Đừng mở và đừng nhập gì vào đó.", "Don't open it and don't type anything into it.";
    link_known_bad: "Đã bị báo là xấu", "Reported as harmful";
    link_known_bad_note: "Đừng mở. Nếu đã mở hoặc đã nhập, xem việc nên làm.", "Don't open it. If you already did, see what to do.";
    plays_brand: "Giả dạng", "Pretends to be";
    belongs_to: "Của", "Belongs to";
    read_aloud: "Đọc to", "Read aloud";
    stop_reading: "Dừng đọc", "Stop reading";
    print: "In ra", "Print";
    empty: "Bạn chưa nhập gì. Dán tin nhắn, cuộc trò chuyện hoặc đường dẫn vào ô rồi thử lại.", "There is nothing to read yet. Paste a message, a chat or a link into the box and try again.";
    too_long: "Đoạn này dài quá. Hãy dán phần làm bạn lo nhất rồi thử lại.", "This is too long. Paste the part that worries you most and try again.";
    not_text: "Đây không phải chữ đọc được. Hãy dán lời trong tin nhắn, không phải tệp.", "This is not readable text. Paste the words of the message, not a file.";
    could_not_read: "Chưa đọc được", "It could not be read";
}
