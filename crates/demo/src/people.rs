//! Invented organisations and the people who work there. Nobody of these is real.

use vocabulary::{OrganisationKind, Role};

/// An invented organisation.
pub struct Place {
    /// Its id.
    pub id: &'static str,
    /// What kind it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub vi: &'static str,
    /// Its name.
    pub en: &'static str,
    /// What it does.
    pub about: (&'static str, &'static str),
    /// What the law makes it do.
    pub law: (&'static str, &'static str),
    /// When it is open.
    pub hours: &'static str,
    /// Who works there.
    pub staff: &'static [(&'static str, Role)],
}

use Role::{Auditor, Caseworker, Intake, OrganisationAdmin, Supervisor};

/// The five of them, forty people in all.
pub const PLACES: &[Place] = &[
    Place {
        id: "hoa-sen",
        kind: OrganisationKind::Helpline,
        vi: "Đường dây Hoa Sen (thử)",
        en: "Lotus Helpline (demo)",
        about: ("Nghe điện, nhắn tin ngày đêm cho phụ nữ và trẻ em.", "Calls and messages, day and night."),
        law: (
            "Khi trẻ em bị xâm hại: báo 111, công an hoặc xã, phường ngay.",
            "When a child is abused: 111, police or commune at once.",
        ),
        hours: "always",
        staff: &[
            ("lan", OrganisationAdmin),
            ("minh", Supervisor),
            ("hạnh", Supervisor),
            ("thu", Intake),
            ("vy", Intake),
            ("khánh", Intake),
            ("trang", Caseworker),
            ("ngọc", Caseworker),
            ("bích", Caseworker),
            ("quân", Caseworker),
            ("thảo", Caseworker),
            ("yến", Caseworker),
            ("linh", Caseworker),
            ("kiểm", Auditor),
        ],
    },
    Place {
        id: "truong-song-xanh",
        kind: OrganisationKind::School,
        vi: "Trường Sông Xanh (thử)",
        en: "Blue River School (demo)",
        about: ("Phòng tham vấn học đường.", "The school's counselling room."),
        law: ("Trường phải báo khi học sinh bị xâm hại.", "A school must report the abuse of a pupil."),
        hours: "mon-fri 07:00-17:00",
        staff: &[
            ("hiền", OrganisationAdmin),
            ("dung", Supervisor),
            ("phúc", Caseworker),
            ("nhi", Caseworker),
            ("an", Intake),
        ],
    },
    Place {
        id: "mai-am",
        kind: OrganisationKind::Shelter,
        vi: "Nhà Mái Ấm (thử)",
        en: "Warm Roof House (demo)",
        about: ("Nơi tạm lánh cho phụ nữ và con nhỏ.", "A shelter for women and their children."),
        law: ("Khi có nguy hiểm tính mạng: báo công an.", "When a life is in danger: the police are told."),
        hours: "always",
        staff: &[
            ("sen", OrganisationAdmin),
            ("hoa", Supervisor),
            ("mai", Caseworker),
            ("đào", Caseworker),
            ("cúc", Caseworker),
            ("liên", Caseworker),
            ("trúc", Intake),
        ],
    },
    Place {
        id: "cong-an-phuong",
        kind: OrganisationKind::Police,
        vi: "Công an phường Bến Nước (thử)",
        en: "Bến Nước ward police (demo)",
        about: ("Tiếp nhận tin báo, bảo vệ khẩn cấp.", "Takes reports, protects in an emergency."),
        law: (
            "Tin báo tội phạm được giải quyết theo luật tố tụng.",
            "A report of a crime is handled by the law of procedure.",
        ),
        hours: "always",
        staff: &[
            ("hùng", OrganisationAdmin),
            ("sơn", Supervisor),
            ("tuấn", Caseworker),
            ("hà", Caseworker),
            ("vân", Caseworker),
            ("đức", Intake),
            ("loan", Intake),
        ],
    },
    Place {
        id: "hoi-phu-nu",
        kind: OrganisationKind::WomensUnion,
        vi: "Hội Phụ nữ phường Bến Nước (thử)",
        en: "Bến Nước Women's Union (demo)",
        about: ("Đồng hành, hoà giải, hỗ trợ sinh kế.", "Walks along, helps with daily life."),
        law: ("Là nơi tiếp nhận tin báo bạo lực gia đình.", "It takes reports of domestic violence."),
        hours: "mon-fri 07:30-17:00",
        staff: &[
            ("xuân", OrganisationAdmin),
            ("hường", Supervisor),
            ("nga", Caseworker),
            ("tâm", Caseworker),
            ("nhung", Caseworker),
            ("huệ", Intake),
            ("soát", Auditor),
        ],
    },
];
