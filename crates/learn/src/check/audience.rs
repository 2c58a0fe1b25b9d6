//! What is fit for which age, and whether every harm is met.

use super::{Finding, What, finding::Findings};
use crate::{
    Ages,
    content::{Item, Library},
};
use std::collections::BTreeSet;
use vocabulary::{Harm, Lang};

/// The youngest to whom a lesson speaks of a harm. From 6: what small children meet and can act on (a secret, a dare, a
/// frightening picture, a trick with a gift, a picture passed on without asking, a hand that hurts). From 9: crowds, calls
/// of strangers, threats with a picture, false pictures, games for money. From 12: what comes with the body, with love, with
/// first work, first debts and lost money. From 15: what is done to people who invest. Adults may be told of everything.
/// How it is told is for whoever reads the lesson to judge: never explicit.
pub const fn youngest(harm: Harm) -> Ages {
    match harm {
        Harm::Bullying
        | Harm::Threat
        | Harm::Grooming
        | Harm::Impersonation
        | Harm::AccountTakeover
        | Harm::Phishing
        | Harm::PrizeScam
        | Harm::PhysicalViolence
        | Harm::SexualViolence
        | Harm::DangerousChallenge
        | Harm::HarmfulContent
        | Harm::ImageAbuse => Ages::From6,
        Harm::Harassment
        | Harm::Hate
        | Harm::Doxxing
        | Harm::Stalking
        | Harm::Defamation
        | Harm::SyntheticImage
        | Harm::Sextortion
        | Harm::ChildSexualMaterial
        | Harm::ChildExploitation
        | Harm::AuthorityScam
        | Harm::PurchaseScam
        | Harm::RelativeScam
        | Harm::Gambling
        | Harm::SelfHarm => Ages::From9,
        Harm::SexualHarassment
        | Harm::Trafficking
        | Harm::PartnerControl
        | Harm::JobScam
        | Harm::LoanScam
        | Harm::DebtHarassment
        | Harm::RomanceScam
        | Harm::RecoveryScam => Ages::From12,
        Harm::InvestmentScam => Ages::From15,
    }
}

/// Harms that are done to children: a lesson for children must meet them, one for adults is not enough.
const OF_CHILDREN: &[Harm] = &[
    Harm::Bullying,
    Harm::Grooming,
    Harm::Sextortion,
    Harm::ImageAbuse,
    Harm::ChildSexualMaterial,
    Harm::ChildExploitation,
    Harm::SexualViolence,
    Harm::PhysicalViolence,
    Harm::DangerousChallenge,
    Harm::HarmfulContent,
    Harm::SelfHarm,
];

pub(super) fn check(ages: Ages, harms: &[Harm], found: &mut Findings) {
    for harm in harms {
        if let Some((vi, en)) = too_young(ages, *harm) {
            found.at(None, "harms", What::Audience, vi, en);
        }
    }
}

pub(super) fn check_item(ages: Ages, item: &Item, at: usize, found: &mut Findings) {
    for harm in &item.harms {
        if let Some((vi, en)) = too_young(ages, *harm) {
            found.at(Some(at), &format!("item {}", item.id), What::Audience, vi, en);
        }
    }
}

fn too_young(ages: Ages, harm: Harm) -> Option<(String, String)> {
    let least = youngest(harm);
    (ages < least).then(|| {
        (
            format!(
                "`{harm}` ({}) không hợp lứa tuổi {ages}: chỉ nói với lứa tuổi {least} trở lên",
                harm.name(Lang::Vi)
            ),
            format!("`{harm}` ({}) is not for ages {ages}: only from {least} on", harm.name(Lang::En)),
        )
    })
}

pub(super) fn check_coverage(library: &Library) -> Vec<Finding> {
    let lessons = library.lessons.iter().map(|kept| (kept.content.ages, &kept.content.harms));
    let chats = library.chats.iter().map(|kept| (kept.content.ages, &kept.content.harms));
    let met: BTreeSet<(Ages, Harm)> =
        lessons.chain(chats).flat_map(|(ages, harms)| harms.iter().map(move |harm| (ages, *harm))).collect();
    let unmet = Harm::ALL.iter().filter(|harm| {
        let most = if OF_CHILDREN.contains(harm) { Ages::From15 } else { Ages::Adult };
        !met.iter().any(|(ages, one)| one == *harm && (youngest(**harm)..=most).contains(ages))
    });
    let say = |harm: &Harm| {
        let (least, children) = (youngest(*harm), OF_CHILDREN.contains(harm));
        let [vi, en] = if children { [" (cho trẻ em)", " (for children)"] } else { ["", ""] };
        Finding::new(
            "",
            What::Whole,
            format!("chưa bài nào cho lứa tuổi {least} trở lên{vi} nói về `{harm}` ({})", harm.name(Lang::Vi)),
            format!("no lesson from age {least} on{en} meets `{harm}` ({})", harm.name(Lang::En)),
        )
    };
    unmet.map(say).collect()
}
