//! Keeping evidence without asking anybody: files are hashed on her device, a blinded root is signed here, and she gets
//! one package. Nothing is uploaded, and without a script nothing could be: then the page says how to keep by hand.

use super::{layout::Frame, page};
use crate::{Page, Place, Site, assets};
use axum::{Extension, extract::State, response::Response};
use maud::{Markup, html};
use vocabulary::Lang;

pub(crate) async fn evidence(State(site): State<Site>, Extension(place): Extension<Place>) -> Response {
    page(render(place, &site))
}

pub(super) fn render(place: Place, site: &Site) -> Markup {
    let lang = place.lang;
    let title = Page::Evidence.name(lang);
    let main = html! {
        div .keeping {
            h1 .page-title { (title) }
            p .intro { (lang.pick(
                "Gom ảnh chụp, ghi âm, clip, đoạn chat vào một gói có dấu thời gian. Máy bạn tự làm, không tệp nào bị gửi đi.",
                "Put screenshots, voice notes, clips and chats into one package with the time on it. Your own device does it; no file is sent anywhere.",
            )) }
            (pictures(lang))
            (what_it_shows(place, site))
            (making(place))
            (by_hand(lang))
            (afterwards(place))
        }
    };
    let styles = &[assets::ASK_CSS, assets::EVIDENCE_CSS];
    Frame { place, settings: site.settings(), page: Some(Page::Evidence), title, styles }.wrap(&main)
}

/// The ground rule, before anything can be picked.
fn pictures(lang: Lang) -> Markup {
    html! {
        section .note .strong aria-labelledby="no-pictures" {
            h2 #no-pictures { (lang.pick("Không gom ảnh, clip nhạy cảm của người dưới 18 tuổi", "No sexual pictures of anyone under 18")) }
            p { (lang.pick(
                "Đừng chụp lại, đừng giữ thêm bản, đừng gửi tiếp, kể cả ảnh của chính bạn. Bạn không có lỗi vì có ảnh đó. Hãy giữ tin nhắn đe doạ, tên tài khoản, đường dẫn, giờ; phần ảnh thì để nguyên chỗ cũ và báo:",
                "Don't take screenshots of them, make no more copies, pass nothing on, not even of yourself. It isn't your fault that they exist. Keep the threats, account names, links and times; leave the pictures where they are and tell:",
            )) }
            ul .ways {
                li { a href="tel:111" { "111" } " " (lang.pick("Tổng đài quốc gia bảo vệ trẻ em, miễn phí", "National Child Protection Hotline, free")) }
                li { a href="https://vn-cop.vn" rel="noreferrer noopener external" { "vn-cop.vn" } " " (lang.pick("báo nội dung xâm hại trẻ em", "reports of child abuse online")) }
                li { a href="https://takeitdown.ncmec.org" rel="noreferrer noopener external" { "takeitdown.ncmec.org" } " " (lang.pick("gỡ ảnh chụp khi dưới 18 tuổi, ảnh không rời máy bạn", "takes down pictures taken under 18; the picture stays on your device")) }
            }
        }
    }
}

fn what_it_shows(place: Place, site: &Site) -> Markup {
    let lang = place.lang;
    let key = site.house().map(|house| house.signer.public().hex());
    html! {
        details .way {
            summary { (lang.pick("Gói này chứng minh điều gì, không chứng minh điều gì", "What a package shows, and what it doesn't")) }
            ul {
                li { (lang.pick("Có: đúng các tệp này đã có vào lúc đó. Sau này ai sửa một chữ cũng sẽ lộ ra.", "It shows that these very files were there at that time. If anyone changes a single letter later, it is seen.")) }
                li { (lang.pick("Không: ai đã viết, ai đã chụp, lời trong đó có thật không.", "It doesn't show who wrote something, who took a picture, or whether it is true.")) }
                li { (lang.pick("Nó không thay được máy và cuộc trò chuyện gốc. Hãy giữ cả hai, đừng xoá.", "It doesn't replace the phone and the original chat. Keep both, delete neither.")) }
            }
            p .fine { (lang.pick(
                "Cách làm: máy bạn tính một mã từ các tệp, trộn với số ngẫu nhiên. Chỉ mã đó lên máy chủ; từ mã không ai đoán được tệp. Máy chủ ký mã cùng với giờ.",
                "How: your device computes a code from the files, mixed with random numbers. Only that code goes to the server; nobody can tell the files from it. The server signs it together with the time.",
            )) }
            @if let Some(key) = key {
                p .fine { (lang.pick("Khoá công khai của máy chủ này, để so khi kiểm tra gói:", "This server's public key, to compare when a package is checked:")) " " code .server-key { (key) } }
            }
        }
    }
}

fn making(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        form #keeping .needs-script method="post" autocomplete="off" novalidate
            data-added=(lang.pick("Đã thêm {name}", "{name} was added"))
            data-removed=(lang.pick("Đã bỏ {name}", "{name} was removed"))
            data-empty=(lang.pick("Tệp này trống hoặc máy không đọc được: {name}", "This file is empty or can't be read: {name}"))
            data-many=(lang.pick("Một gói có tối đa {n} tệp.", "A package takes {n} files."))
            data-pasted=(lang.pick("Đoạn chữ {n}.txt", "Text {n}.txt"))
            data-device=(lang.pick("thiết bị của người giữ", "device of the person who keeps it"))
            data-package=(lang.pick("gói này", "this package"))
            data-what=(lang.pick("chọn tệp và tạo gói ngay trên thiết bị", "picked the files and made the package on the device")) {
            section .sheet .keep-part aria-labelledby="keep-what" {
                h2 #keep-what { "1. " (lang.pick("Giữ những gì?", "What do you want to keep?")) }
                p .actions { label .button .quiet .picker { input #keep-pick .visually-hidden type="file" multiple; span { (lang.pick("Chọn ảnh, ghi âm, clip, tệp chat", "Choose pictures, recordings, clips, chat files")) } } }
                div .field {
                    label for="keep-text" { (lang.pick("Hoặc dán tin nhắn, đường dẫn, điều bạn nhớ", "Or paste messages, links, what you remember")) }
                    textarea #keep-text .line-box rows="4" maxlength="400000" autocomplete="off" autocorrect="off" spellcheck="false" writingsuggestions="false" data-gramm="false" translate="no" dir="auto" {}
                }
                p .actions { button #keep-add .button .quiet type="button" { (lang.pick("Thêm đoạn này", "Add this text")) } }
                ol #keep-list .file-list {}
                p #keep-said .fine role="status" {}
                template #keep-template {
                    li .kept-file {
                        p .file-name dir="auto" {}
                        p .fine .file-size {}
                        button .button .quiet data-remove type="button" { (lang.pick("Bỏ", "Remove")) }
                    }
                }
            }
            section .sheet .keep-part aria-labelledby="keep-lock" {
                h2 #keep-lock { "2. " (lang.pick("Khoá gói lại", "Lock the package")) }
                p { (lang.pick(
                    "Người khác cầm được tệp cũng không mở được. Ghi các từ này ra giấy, để ở nơi chỉ bạn biết. Mất chúng thì không ai mở lại được.",
                    "So that nobody else can open it. Write these words on paper and keep it where only you look. Without them nobody can ever open it.",
                )) }
                div .field {
                    label for="keep-words" { (lang.pick("Cụm mật khẩu", "Passphrase")) }
                    input #keep-words type="text" maxlength="200" autocomplete="off" autocorrect="off" autocapitalize="none" spellcheck="false" translate="no" aria-describedby="keep-short";
                }
                p #keep-short .form-error role="alert" hidden { (lang.pick("Cụm mật khẩu cần ít nhất 12 chữ cái.", "The passphrase needs at least 12 letters.")) }
                p .actions { button #keep-other .button .quiet type="button" { (lang.pick("Đổi từ khác", "Other words")) } }
                label .tile .alone { input #keep-open type="checkbox"; span { (lang.pick("Không khoá (ai có tệp cũng đọc được)", "Don't lock it (whoever has the file can read it)")) } }
            }
            section .sheet .keep-part aria-labelledby="keep-make-it" {
                h2 #keep-make-it { "3. " (lang.pick("Tạo và tải về", "Make and download it")) }
                p .actions { button #keep-make .button .primary type="submit" { (lang.pick("Tạo gói", "Make the package")) } }
                progress #keep-progress max="100" value="0" hidden aria-labelledby="keep-status" {}
                p #keep-status role="status"
                    data-nothing=(lang.pick("Hãy chọn ít nhất một tệp, hoặc dán một đoạn chữ.", "Choose at least one file, or paste a text."))
                    data-loading=(lang.pick("Đang tải phần niêm phong…", "Loading what seals…"))
                    data-hashing=(lang.pick("Máy bạn đang đọc các tệp…", "Your device is reading the files…"))
                    data-signing=(lang.pick("Đang xin chữ ký và giờ…", "Asking for a signature and the time…"))
                    data-stamping=(lang.pick("Máy chủ đã ký. Đang chờ dấu thời gian của một nơi bên ngoài…", "The server has signed. Waiting for the time-stamp of an outside authority…"))
                    data-waiting=(lang.pick("Mạng chậm; đang thử lại. Các tệp vẫn ở trong máy bạn.", "The network is slow; trying again. Your files are still on your device."))
                    data-packing=(lang.pick("Đang đóng gói…", "Packing…"))
                    data-changed=(lang.pick("Một tệp đã đổi trong lúc làm. Hãy bấm “Tạo gói” lần nữa.", "A file changed meanwhile. Press “Make the package” once more."))
                    data-broken=(lang.pick("Trình duyệt này không làm được gói. Bạn vẫn giữ bằng tay được: xem bên dưới.", "This browser can't make a package. You can still keep things by hand: see below."))
                    data-failed=(lang.pick("Chưa làm được: {why}", "It didn't work: {why}"))
                    data-unreadable=(lang.pick("máy không đọc được một tệp", "a file can't be read")) {}
                div #keep-done hidden {
                    p #keep-when
                        data-signed=(lang.pick("Xong. Máy chủ xác nhận giờ: {when}. Không có dấu thời gian của một nơi bên ngoài; gói nói rõ điều đó.", "Done. The server vouches for the time: {when}. There is no time-stamp of an outside authority; the package says so."))
                        data-stamped=(lang.pick("Xong. Máy chủ và một nơi bên ngoài cùng xác nhận giờ: {when}.", "Done. The server and an outside authority vouch for the time: {when}.")) {}
                    p .actions { a #keep-save .button .primary download { (lang.pick("Tải gói về", "Download the package")) } }
                    p #keep-name .fine {}
                }
            }
        }
    }
}

fn by_hand(lang: Lang) -> Markup {
    html! {
        section .needs-no-script .sheet {
            h2 { (lang.pick("Trình duyệt này không chạy JavaScript: giữ bằng tay", "This browser runs no JavaScript: keep things by hand")) }
            p { (lang.pick("Trang này không nhận tệp nào. Bạn làm như sau:", "This page takes no files. This is how:")) }
            ol {
                li { (lang.pick("Chụp màn hình cả cuộc trò chuyện: thấy rõ tên tài khoản, ngày giờ. Cuộn từ trên xuống, mỗi ảnh gối lên ảnh trước một dòng.", "Take screenshots of the whole chat, with account name, date and time. Scroll from the top; let each overlap the one before by a line.")) }
                li { (lang.pick("Chép đường dẫn của trang, bài đăng, tài khoản vào một ghi chú, cùng với ngày giờ bạn thấy.", "Copy the links of pages, posts and accounts into a note, with the date and time when you saw them.")) }
                li { (lang.pick("Không sửa, không cắt ảnh. Không xoá tin gốc, không đổi máy.", "Don't edit or crop anything. Don't delete the original messages, keep the phone.")) }
                li { (lang.pick("Đưa bản sao cho một người lớn bạn tin, hoặc cất ở nơi người kia không mở được. Ghi lại đã đưa cho ai, ngày nào.", "Give a copy to a grown-up you trust, or keep it where the other person can't open it. Note to whom you gave it, and when.")) }
            }
            p { (lang.pick("Không cần tính mã gì cả. Công an và toà cần bản gốc trước hết.", "No code needs to be computed. Police and courts need the originals first of all.")) }
        }
    }
}

fn afterwards(place: Place) -> Markup {
    let lang = place.lang;
    html! {
        section aria-labelledby="keep-after" {
            h2 #keep-after { (lang.pick("Sau khi có gói", "Once you have it")) }
            ul {
                li { (lang.pick("Giữ máy và cuộc trò chuyện gốc. Đừng xoá tin, đừng chặn trước khi đã chụp đủ.", "Keep the phone and the original chat. Don't delete messages, and don't block before you have everything.")) }
                li { (lang.pick("Cất gói ở nơi người kia không vào được: máy của người bạn tin, thẻ nhớ, hộp thư riêng.", "Keep the package where the other person can't get at it: with somebody you trust, on a memory card, in a mailbox of your own.")) }
                li { (lang.pick("Khi cần, đưa gói và cụm mật khẩu cho công an, luật sư, hoặc nơi giúp bạn. Bên trong có tờ hướng dẫn cho người nhận.", "When it is needed, give package and passphrase to the police, a lawyer or who helps you. Inside is a note for whoever receives it.")) }
                li { (lang.pick("Tệp nằm ở mục Tải về của máy, và trình duyệt ghi lại dòng tải về: nếu người khác xem máy, hãy chuyển tệp đi rồi xoá dòng đó.", "The file lies in your downloads, and the browser lists it: if others look at the device, move the file and remove the line.")) " "
                    a href=(place.href(Page::Traces)) { (Page::Traces.name(lang)) } }
            }
            p { (lang.pick("Muốn có người đi cùng?", "Would you like somebody at your side?")) " "
                a href=(place.href(Page::Ask)) { (Page::Ask.name(lang)) } " · "
                a href=(place.href(Page::Help)) { (Page::Help.name(lang)) } " · "
                a href=(place.href(Page::Letters)) { (Page::Letters.name(lang)) } }
        }
    }
}
