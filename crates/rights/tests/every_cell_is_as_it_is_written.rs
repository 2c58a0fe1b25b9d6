//! The policy against its page, cell by cell, and against what nobody may ever change by a slip of the policy.

use rights::{Acting, Action, Relation, Who, compare, draw};
use std::{env, fs, path::PathBuf};
use vocabulary::{OrganisationKind, Role};

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rights.md")
}

fn everybody() -> impl Iterator<Item = Acting> {
    Who::all().flat_map(|who| [false, true].map(|at_platform| Acting { who, at_platform }))
}

fn cells() -> impl Iterator<Item = (Acting, Action, Relation)> {
    let of =
        |acting| Action::ALL.iter().flat_map(move |&action| Relation::ALL.iter().map(move |&r| (acting, action, r)));
    everybody().flat_map(of)
}

fn member(role: Role) -> Acting {
    Acting::member(role, OrganisationKind::Helpline)
}

#[test]
fn the_page_says_every_cell_as_the_policy_does() {
    let drawn = draw();
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(page(), &drawn).unwrap();
    }
    let kept = fs::read_to_string(page()).unwrap();
    let compared = compare(&kept);
    assert_eq!(compared.wrong, Vec::<String>::new());
    assert_eq!((compared.agreed, compared.unsaid), (cells().count(), 0));
    assert_eq!(kept, drawn, "UPDATE_GOLDEN=1 cargo test -p rights, then read the difference");
}

#[test]
fn a_page_that_leaves_out_or_says_wrong_is_caught() {
    let kept = draw();
    let without = kept.replace("`open_case`", "`open`");
    assert_eq!(compare(&without).unsaid, everybody().count() * Relation::ALL.len());
    let unreadable = kept.replace("–", "?");
    assert!(compare(&unreadable).unsaid > 0);
    let (before, after) = kept.split_once("`read_audit` | Read who did what |").unwrap();
    let wrong = format!("{before}`read_audit` | Read who did what |{}", after.replacen('–', "o", 1));
    assert_eq!(compare(&wrong).wrong, ["intake read_audit own, at a platform: false"]);
}

#[test]
fn nobody_does_anything_to_what_is_not_theirs() {
    for (acting, action, relation) in cells() {
        if matches!(relation, Relation::Withdrawn | Relation::None) {
            assert!(!acting.may(action, relation), "{acting:?} {action:?} {relation:?}");
        }
    }
}

#[test]
fn the_operator_of_the_server_opens_nothing() {
    assert!(cells().all(|(acting, action, relation)| acting.who != Who::Operator || !acting.may(action, relation)));
}

#[test]
fn a_platform_gets_no_case_whoever_works_there() {
    const LEFT: [Action; 6] = [
        Action::ManageStaff,
        Action::ManageOrganisation,
        Action::ManageTokens,
        Action::ReadAudit,
        Action::ExportAudit,
        Action::ManageKeys,
    ];
    for (acting, action, relation) in cells().filter(|(acting, ..)| acting.at_platform) {
        assert!(!acting.may(action, relation) || LEFT.contains(&action), "{acting:?} {action:?} {relation:?}");
    }
    let admin = Acting::member(Role::OrganisationAdmin, OrganisationKind::Platform);
    assert!(admin.may(Action::ManageStaff, Relation::Own) && !admin.may_ever(Action::OpenCase));
}

#[test]
fn an_auditor_reads_the_log_and_no_case() {
    let may: Vec<_> = Action::ALL.iter().filter(|&&action| member(Role::Auditor).may_ever(action)).collect();
    assert_eq!(may, [&Action::ReadIndicators, &Action::ReadAudit, &Action::ExportAudit, &Action::ManageKeys]);
}

#[test]
fn each_role_does_its_work_and_no_more() {
    let may = |role, action| member(role).may(action, Relation::Own);
    for action in [Action::OpenCase, Action::Answer, Action::LockFiles, Action::NotifyAuthority, Action::EnterReport] {
        for role in [Role::Intake, Role::Caseworker, Role::Supervisor, Role::OrganisationAdmin] {
            assert!(may(role, action), "{role:?} {action:?}");
        }
    }
    for action in [Action::Close, Action::Refer, Action::ExportCase, Action::Merge] {
        assert!(!may(Role::Intake, action) && may(Role::Caseworker, action), "{action:?}");
    }
    for action in [Action::Assign, Action::CloseHighRisk, Action::Hold, Action::ExportIndicators, Action::Bulk] {
        assert!(!may(Role::Caseworker, action) && may(Role::Supervisor, action), "{action:?}");
    }
    for action in [Action::ManageStaff, Action::ManageOrganisation, Action::ManageTokens] {
        assert!(!may(Role::Supervisor, action) && may(Role::OrganisationAdmin, action), "{action:?}");
    }
}

#[test]
fn what_was_handed_on_is_read_and_answered_and_what_must_be_kept_is_only_kept() {
    let caseworker = member(Role::Caseworker);
    assert!(caseworker.may(Action::OpenCase, Relation::Granted) && caseworker.may(Action::Accept, Relation::Granted));
    for action in [Action::Refer, Action::ExportCase, Action::Close, Action::Transfer, Action::Hold] {
        assert!(everybody().all(|acting| !acting.may(action, Relation::Granted)), "{action:?}");
    }
    let supervisor = member(Role::Supervisor);
    assert!(supervisor.may(Action::OpenCase, Relation::Held) && supervisor.may(Action::Hold, Relation::Held));
    assert!(!supervisor.may(Action::Answer, Relation::Held));
}
