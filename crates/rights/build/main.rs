//! Asks Cedar about every cell once and writes the answers down as a table. A policy that doesn't fit the schema, or a
//! word that only one of schema and `src/words.rs` knows, stops the build here.
//!
//! Cedar is asked here and not in the server: the answers are few and never change while it runs, so that a check costs
//! nothing there, and neither its parser nor its dependencies come into what is shipped.

#![expect(clippy::print_stdout, reason = "a build script speaks to cargo this way")]

#[path = "../src/words.rs"]
#[allow(dead_code, reason = "the crate uses the rest")]
mod words;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityId, EntityTypeName, EntityUid, PolicySet, Request,
    RestrictedExpression, Schema, ValidationMode, Validator,
};
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    env, fs,
    path::Path,
};
use words::{Action, Relation, Who};

fn main() {
    println!("cargo:rerun-if-changed=policy.cedar");
    println!("cargo:rerun-if-changed=schema.cedarschema");
    println!("cargo:rerun-if-changed=src/words.rs");
    println!("cargo:rerun-if-changed=build");
    let schema = schema();
    let policy = policy(&schema);
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("table.rs"), table(&schema, &policy)).expect("OUT_DIR can be written");
}

fn schema() -> Schema {
    let text = fs::read_to_string("schema.cedarschema").expect("schema.cedarschema is there");
    let (schema, warnings) = Schema::from_cedarschema_str(&text).unwrap_or_else(|e| panic!("schema.cedarschema: {e}"));
    let warnings: Vec<_> = warnings.map(|w| w.to_string()).collect();
    assert!(warnings.is_empty(), "schema.cedarschema: {warnings:?}");
    let groups: BTreeSet<_> = schema.action_groups().map(|uid| uid.id().unescaped().to_owned()).collect();
    let known = schema.actions().map(|uid| uid.id().unescaped().to_owned());
    let known: BTreeSet<_> = known.filter(|action| !groups.contains(action)).collect();
    let said: BTreeSet<_> = Action::ALL.iter().map(|action| action.code().to_owned()).collect();
    let apart: Vec<_> = known.symmetric_difference(&said).collect();
    assert!(apart.is_empty(), "only one of schema.cedarschema and src/words.rs knows {apart:?}");
    schema
}

fn policy(schema: &Schema) -> PolicySet {
    let text = fs::read_to_string("policy.cedar").expect("policy.cedar is there");
    let policy: PolicySet = text.parse().unwrap_or_else(|e| panic!("policy.cedar: {e}"));
    let checked = Validator::new(schema.clone()).validate(&policy, ValidationMode::Strict);
    let faults: Vec<_> = checked.validation_errors().map(ToString::to_string).collect();
    let warnings: Vec<_> = checked.validation_warnings().map(ToString::to_string).collect();
    assert!(faults.is_empty() && warnings.is_empty(), "policy.cedar: {faults:?} {warnings:?}");
    policy
}

/// The rows of the table: for each asker, at a platform or not, and each action, a bit for each relation.
fn table(schema: &Schema, policy: &PolicySet) -> String {
    let entities = entities(schema);
    let authorizer = Authorizer::new();
    let may = |who: Who, at_platform: bool, action: Action, relation: Relation| {
        let act = uid("Action", action.code());
        // An action on the organisation itself is none on a case, and the other way round: the schema says which.
        let asked = ["Case", "Organisation"].map(|kind| {
            let resource = uid(kind, relation.code());
            Request::new(principal(who, at_platform), act.clone(), resource, Context::empty(), Some(schema)).ok()
        });
        let ([Some(request), None] | [None, Some(request)]) = asked else {
            panic!("schema.cedarschema: `{}` is to be done to a case or to an organisation", action.code());
        };
        let answer = authorizer.is_authorized(&request, policy, &entities);
        let faults: Vec<_> = answer.diagnostics().errors().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "policy.cedar: {faults:?}");
        answer.decision() == Decision::Allow
    };
    let mut rows = String::from("[\n");
    for who in Who::all() {
        rows += "    [\n";
        for at_platform in [false, true] {
            let bits = Action::ALL.iter().map(|&action| {
                let set = Relation::ALL.iter().enumerate();
                set.map(|(at, &relation)| u8::from(may(who, at_platform, action, relation)) << at).sum::<u8>()
            });
            rows += &format!("        {:?},\n", bits.collect::<Vec<_>>());
        }
        rows += "    ],\n";
    }
    rows + "]\n"
}

/// Everybody who may ask, and all that they may ask for.
fn entities(schema: &Schema) -> Entities {
    let mut all = Vec::new();
    for who in Who::all() {
        for at_platform in [false, true] {
            match who {
                Who::Member(role) => {
                    let platform = RestrictedExpression::new_bool(at_platform);
                    let attributes = HashMap::from([("platform".to_owned(), platform)]);
                    let roles = HashSet::from([uid("Role", role.code())]);
                    let member = Entity::new(principal(who, at_platform), attributes, roles);
                    all.push(member.expect("true and false are values"));
                }
                Who::Operator if at_platform => {}
                Who::Operator => all.push(Entity::with_uid(principal(who, at_platform))),
            }
        }
    }
    for relation in Relation::ALL {
        for kind in ["Case", "Organisation"] {
            let relations = HashSet::from([uid("Relation", relation.code())]);
            all.push(Entity::new_no_attrs(uid(kind, relation.code()), relations));
        }
    }
    Entities::from_entities(all, Some(schema)).unwrap_or_else(|e| panic!("schema.cedarschema: {e}"))
}

fn principal(who: Who, at_platform: bool) -> EntityUid {
    match who {
        Who::Member(role) => {
            uid("Member", &format!("{}{}", role.code(), if at_platform { " at a platform" } else { "" }))
        }
        Who::Operator => uid("Operator", who.code()),
    }
}

fn uid(kind: &str, id: &str) -> EntityUid {
    let kind: EntityTypeName = kind.parse().expect("a name of the schema");
    EntityUid::from_type_name_and_id(kind, EntityId::new(id))
}
