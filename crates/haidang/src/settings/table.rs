//! Every setting, once: its name, what it may be, what it is without being set, and what it means.
//!
//! The flags, the variables, the file, `config check`, `config example` and the manual are all drawn from here.

use super::kind::Kind;
use vocabulary::Lang;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// Its name in the file; `--tls-key` as a flag, `HAIDANG_TLS_KEY` in the environment.
    pub key: &'static str,
    /// What it may be.
    pub kind: Kind,
    /// In force where nothing is set; empty means "not set".
    pub default: &'static str,
    /// A value to show in the example where there is no default.
    pub example: &'static str,
    meaning: [&'static str; 2],
}

impl Setting {
    /// What it is for, in a sentence or two.
    pub const fn meaning(&self, lang: Lang) -> &'static str {
        lang.pick(self.meaning[0], self.meaning[1])
    }

    /// `tls_key` as a flag: `tls-key`.
    pub fn flag(&self) -> String {
        self.key.replace('_', "-")
    }

    /// `tls_key` in the environment: `HAIDANG_TLS_KEY`.
    pub fn variable(&self) -> String {
        format!("HAIDANG_{}", self.key.to_uppercase())
    }
}

/// All settings, in the order in which they are shown.
pub static SETTINGS: &[Setting] = &[
    Setting {
        key: "listen",
        kind: Kind::Address,
        default: "127.0.0.1:8080",
        example: "",
        meaning: [
            "Nơi máy chủ lắng nghe. Ra ngoài máy này thì phải có TLS, hoặc nêu tên proxy đứng trước.",
            "Where the server listens. Beyond this machine it needs TLS, or the proxy in front must be named.",
        ],
    },
    Setting {
        key: "tls_certificate",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/fullchain.pem",
        meaning: [
            "Chuỗi chứng chỉ TLS (PEM). Tệp đổi thì tự đọc lại; cặp mới hỏng thì cặp cũ vẫn dùng.",
            "The TLS certificate chain (PEM). Read again when it changes; if the new pair is bad, the old one stays in force.",
        ],
    },
    Setting {
        key: "tls_key",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/key.pem",
        meaning: [
            "Khoá riêng của chứng chỉ (PEM, không mã hoá, chỉ máy chủ được đọc).",
            "The certificate's private key (PEM, not encrypted, readable by the server only).",
        ],
    },
    Setting {
        key: "trusted_proxies",
        kind: Kind::Networks,
        default: "",
        example: "127.0.0.1, 10.0.0.0/8",
        meaning: [
            "Các proxy đứng trước. Chỉ tin X-Forwarded-For và X-Forwarded-Proto từ các mạng này.",
            "The proxies in front. X-Forwarded-For and X-Forwarded-Proto are believed only from these networks.",
        ],
    },
    Setting {
        key: "base_url",
        kind: Kind::Url,
        default: "",
        example: "https://haidang.example",
        meaning: [
            "Địa chỉ mà mọi người gõ để vào trang, ghi trong tài liệu API. Chưa đặt thì lấy theo listen.",
            "Where people reach the site; stands in the API's document. Not set: made from listen.",
        ],
    },
    Setting {
        key: "exit_url",
        kind: Kind::Url,
        default: "https://www.google.com/search?q=thoi+tiet",
        example: "",
        meaning: [
            "Nút thoát nhanh dẫn tới đây: một trang vô hại, ai cũng có thể đang xem.",
            "Where \"leave at once\" leads: a harmless page that anybody might be reading.",
        ],
    },
    Setting {
        key: "operator",
        kind: Kind::Text(200),
        default: "",
        example: "Hội Phụ nữ xã …",
        meaning: [
            "Ai vận hành máy chủ này; ghi ở trang quyền riêng tư.",
            "Who runs this server; stands on the privacy page.",
        ],
    },
    Setting {
        key: "operator_contact",
        kind: Kind::Text(200),
        default: "",
        example: "lienhe@haidang.example",
        meaning: ["Liên hệ người vận hành ở đâu.", "How to reach whoever runs it."],
    },
    Setting {
        key: "data",
        kind: Kind::Folder,
        default: "haidang-data",
        example: "",
        meaning: [
            "Thư mục giữ tin báo (đã niêm phong) và cơ sở dữ liệu. Chỉ chương trình này được dùng nó.",
            "The folder that keeps reports (sealed) and the database. Only this program may use it.",
        ],
    },
    Setting {
        key: "database",
        kind: Kind::Database,
        default: "",
        example: "postgres://haidang@localhost/haidang",
        meaning: [
            "Cơ sở dữ liệu PostgreSQL thay cho cơ sở dữ liệu trong data; nhiều máy chủ dùng chung được. Mật khẩu nên để trong ~/.pgpass.",
            "A PostgreSQL database in the place of the one in data; several servers may share it. The password is better kept in ~/.pgpass.",
        ],
    },
    Setting {
        key: "files",
        kind: Kind::Text(200),
        default: "",
        example: "s3://haidang/sealed",
        meaning: [
            "Kho tương thích S3 (s3://kho/đầu-tên) giữ tệp đã niêm phong, thay cho thư mục data. Đổi nơi bằng haidang move.",
            "An S3-compatible storage (s3://bucket/prefix) for sealed files, in the place of the folder data. Moved by haidang move.",
        ],
    },
    Setting {
        key: "s3_endpoint",
        kind: Kind::Url,
        default: "",
        example: "https://s3.haidang.example",
        meaning: [
            "Địa chỉ của kho ở files; chưa đặt là kho của Amazon. http:// chỉ khi ở chính máy này.",
            "Where the storage of files answers; not set: Amazon's. http:// on this very machine only.",
        ],
    },
    Setting {
        key: "s3_region",
        kind: Kind::Text(60),
        default: "us-east-1",
        example: "",
        meaning: ["Vùng của kho; nhiều kho không xét đến.", "The storage's region; many don't ask."],
    },
    Setting {
        key: "s3_key_id",
        kind: Kind::Text(200),
        default: "",
        example: "haidang",
        meaning: [
            "Mã khoá truy cập kho; chưa đặt thì lấy từ biến AWS_ACCESS_KEY_ID.",
            "The id of the storage's access key; not set: from the variable AWS_ACCESS_KEY_ID.",
        ],
    },
    Setting {
        key: "s3_secret_file",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/s3-secret",
        meaning: [
            "Tệp chứa phần bí mật của khoá đó, chỉ chương trình này được đọc; chưa đặt thì lấy từ biến AWS_SECRET_ACCESS_KEY.",
            "A file with the secret of that key that only this program may read; not set: from the variable AWS_SECRET_ACCESS_KEY.",
        ],
    },
    Setting {
        key: "s3_authority",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/s3-ca.pem",
        meaning: [
            "Chứng chỉ (PEM) của nơi bảo chứng cho kho, nếu đó không phải nơi được công nhận chung.",
            "The certificate (PEM) of whoever vouches for the storage, if the public authorities don't.",
        ],
    },
    Setting {
        key: "report_files_mib",
        kind: Kind::Number(1, 100_000),
        default: "500",
        example: "",
        meaning: [
            "Tệp của một tin báo được nặng nhất bao nhiêu MiB (200 MiB khi chưa ai mở).",
            "How many MiB the files of one report may have (200 MiB until somebody opened it).",
        ],
    },
    Setting {
        key: "backup_folder",
        kind: Kind::File,
        default: "",
        example: "/mnt/haidang-backup",
        meaning: [
            "Thư mục giữ bản sao lưu (haidang backup), nên ở ổ đĩa khác. Máy chủ ghi vào đó danh sách những gì đã xoá, để bản sao lưu cũ không đem chúng trở lại.",
            "The folder of backups (haidang backup), better on another disk. The server writes the list of what was erased there, so that no older backup brings it back.",
        ],
    },
    Setting {
        key: "backup_recipient",
        kind: Kind::Recipient,
        default: "",
        example: "",
        meaning: [
            "Khoá công khai age mà bản sao lưu được niêm phong cho. Tạo ở máy khác: haidang backup keygen TỆP; khoá riêng không bao giờ nằm trên máy chủ.",
            "The age recipient that backups are sealed to. Made on another machine: haidang backup keygen FILE; the private key never lies on the server.",
        ],
    },
    Setting {
        key: "backup_days",
        kind: Kind::Number(1, 3650),
        default: "30",
        example: "",
        meaning: [
            "Bản sao lưu sống nhiều nhất bao nhiêu ngày; ghi ở trang quyền riêng tư.",
            "How many days backups live at most; stands on the privacy page.",
        ],
    },
    Setting {
        key: "rate_burst",
        kind: Kind::Number(0, 1_000_000),
        default: "2000",
        example: "",
        meaning: [
            "Một mạng được nhờ máy chủ kiểm tra liền lúc bao nhiêu đoạn; 0 là không giới hạn.",
            "How many texts one network may have checked at once; 0 means no limit.",
        ],
    },
    Setting {
        key: "rate_per_second",
        kind: Kind::Number(1, 1_000_000),
        default: "50",
        example: "",
        meaning: [
            "Về lâu dài, một mạng được kiểm tra bao nhiêu đoạn mỗi giây.",
            "How many texts a second one network may have checked in the long run.",
        ],
    },
    Setting {
        key: "metrics",
        kind: Kind::LocalAddressOrOff,
        default: "127.0.0.1:9464",
        example: "",
        meaning: [
            "Nơi Prometheus đọc /metrics, chỉ trong máy này.",
            "Where Prometheus reads /metrics, on this machine only.",
        ],
    },
    Setting {
        key: "directory_file",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/directory.json",
        meaning: [
            "Danh bạ nơi giúp (HSDS 3 JSON) thay cho danh bạ có sẵn. Tệp mới hỏng thì danh bạ cũ vẫn dùng.",
            "The help directory (HSDS 3 JSON) instead of the built-in one. If a new file is damaged, the old one stays in force.",
        ],
    },
    Setting {
        key: "oidc_file",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/oidc.toml",
        meaning: [
            "Nơi đăng nhập riêng của các tổ chức (OpenID Connect); mẫu tệp ở docs/desk.md. Đọc một lần lúc bắt đầu.",
            "The organisations' own providers (OpenID Connect); docs/desk.md shows the file. Read once, at the start.",
        ],
    },
    Setting {
        key: "hosts_feed",
        kind: Kind::File,
        default: "",
        example: "/var/lib/haidang/hosts.feed",
        meaning: [
            "Danh sách trang xấu và trang chính thức, có chữ ký. Tệp mới hỏng, cũ hơn hoặc sai chữ ký thì danh sách cũ vẫn dùng.",
            "The signed list of reported and official hosts. If a new file is damaged, older or badly signed, the old list stays in force.",
        ],
    },
    Setting {
        key: "hosts_feed_key",
        kind: Kind::PublicKey,
        default: "",
        example: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        meaning: [
            "Khoá công khai của nơi phát hành danh sách ở hosts_feed.",
            "The public key of whoever publishes the list in hosts_feed.",
        ],
    },
    Setting {
        key: "smtp_host",
        kind: Kind::Text(200),
        default: "",
        example: "mail.haidang.example:587",
        meaning: [
            "Máy chủ thư (tên:cổng) để báo cho các tổ chức \"có việc mới\", không bao giờ có nội dung. Chưa đặt thì không gửi thư.",
            "The mail server (name:port) that tells organisations \"something new\", never what. Not set: no letters.",
        ],
    },
    Setting {
        key: "smtp_security",
        kind: Kind::Word(&["starttls", "tls", "off"]),
        default: "starttls",
        example: "",
        meaning: [
            "Đường tới máy chủ thư: starttls (cổng 587), tls (465); off chỉ khi máy chủ thư ở chính máy này.",
            "The way to the mail server: starttls (port 587), tls (465); off only for one on this very machine.",
        ],
    },
    Setting {
        key: "smtp_user",
        kind: Kind::Text(200),
        default: "",
        example: "haidang",
        meaning: ["Tên đăng nhập máy chủ thư.", "The name to sign in to the mail server with."],
    },
    Setting {
        key: "smtp_password_file",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/smtp-password",
        meaning: [
            "Tệp chứa mật khẩu của smtp_user, chỉ chương trình này được đọc.",
            "A file with the password of smtp_user that only this program may read.",
        ],
    },
    Setting {
        key: "smtp_from",
        kind: Kind::Text(200),
        default: "",
        example: "haidang@haidang.example",
        meaning: ["Địa chỉ đứng tên gửi.", "The address that letters come from."],
    },
    Setting {
        key: "smtp_authority",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/mail-ca.pem",
        meaning: [
            "Chứng chỉ (PEM) của nơi bảo chứng cho máy chủ thư, nếu đó không phải nơi được công nhận chung.",
            "The certificate (PEM) of whoever vouches for the mail server, if the public authorities don't.",
        ],
    },
    Setting {
        key: "timestamp_url",
        kind: Kind::Url,
        default: "",
        example: "http://timestamp.example/tsa",
        meaning: [
            "Nơi bên ngoài cấp dấu thời gian (RFC 3161) cho gói bằng chứng. Chỉ một mã băm đã che được gửi đi. Chưa đặt thì gói chỉ có chữ ký của máy chủ này.",
            "The outside authority that gives evidence packages a time-stamp (RFC 3161). Only a blinded hash is sent. Not set: packages have this server's signature alone.",
        ],
    },
    Setting {
        key: "timestamp_ca",
        kind: Kind::File,
        default: "",
        example: "/etc/haidang/timestamp-ca.pem",
        meaning: [
            "Chứng chỉ gốc (PEM) của nơi cấp dấu thời gian. Dấu do nơi khác ký thì không nhận.",
            "The root certificate (PEM) of the time-stamp authority. What another one signed is refused.",
        ],
    },
    Setting {
        key: "reload_seconds",
        kind: Kind::Number(1, 3600),
        default: "60",
        example: "",
        meaning: [
            "Bao nhiêu giây thì xem các tệp trên có đổi không. SIGHUP thì đọc lại ngay.",
            "Every so many seconds the files above are looked at for changes. SIGHUP reads them at once.",
        ],
    },
    Setting {
        key: "header_seconds",
        kind: Kind::Number(1, 120),
        default: "10",
        example: "",
        meaning: [
            "Thời hạn để bắt tay TLS và nhận xong phần đầu của yêu cầu; cũng là thời gian chờ giữa hai yêu cầu.",
            "Limit for the TLS handshake and for the head of a request; also the wait between two requests.",
        ],
    },
    Setting {
        key: "body_seconds",
        kind: Kind::Number(1, 120),
        default: "10",
        example: "",
        meaning: ["Thời hạn giữa hai mẩu của phần thân.", "Limit between two pieces of a body."],
    },
    Setting {
        key: "request_seconds",
        kind: Kind::Number(1, 600),
        default: "30",
        example: "",
        meaning: [
            "Thời hạn từ phần đầu đến câu trả lời; tệp gửi bằng biểu mẫu thì theo thời hạn của kết nối.",
            "Limit from the head of a request to its answer; a file that a form posts has the limit of its connection.",
        ],
    },
    Setting {
        key: "connection_seconds",
        kind: Kind::Number(1, 86_400),
        default: "300",
        example: "",
        meaning: ["Một kết nối sống lâu nhất bao nhiêu giây.", "How long one connection may live."],
    },
    Setting {
        key: "drain_seconds",
        kind: Kind::Number(0, 600),
        default: "10",
        example: "",
        meaning: [
            "Khi dừng, chờ các câu trả lời dở dang lâu nhất bao nhiêu giây.",
            "At the stop, how long answers on their way may take.",
        ],
    },
    Setting {
        key: "max_connections",
        kind: Kind::Number(1, 1_000_000),
        default: "4096",
        example: "",
        meaning: ["Số kết nối cùng lúc; nhiều hơn thì chờ.", "Connections at once; more of them wait."],
    },
    Setting {
        key: "log_format",
        kind: Kind::Word(&["text", "json"]),
        default: "text",
        example: "",
        meaning: [
            "Dạng nhật ký. Nhật ký không bao giờ có địa chỉ hay lời của ai.",
            "The form of the log. No log ever holds anyone's address or words.",
        ],
    },
    Setting {
        key: "log_level",
        kind: Kind::Word(&["error", "warn", "info", "debug"]),
        default: "info",
        example: "",
        meaning: [
            "Ghi nhiều hay ít. debug ghi mỗi câu trả lời: phương thức, mẫu đường dẫn, mã, thời gian.",
            "How much is logged. debug logs each answer: method, route pattern, status, time.",
        ],
    },
];
