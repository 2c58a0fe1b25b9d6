//! The API's description (`OpenAPI` 3.1). Written here by hand as JSON around the shared schema: the types it describes
//! belong to `recognise`, which knows no HTTP.

use crate::{MAX_API_BODY_BYTES, MAX_API_ITEMS, Site, problem::Problem};
use axum::{Json, extract::State};
use serde_json::{Map, Value, json};
use vocabulary::Lang;

pub(crate) async fn serve(State(site): State<Site>) -> Json<Value> {
    Json(openapi(&site.settings().base_url))
}

/// The schema of an assessment, one file for command line, API and browser (`cargo xtask schema` draws it).
const ASSESSMENT_SCHEMA: &str = include_str!("../../../../docs/assessment.schema.json");

/// The same for what stands in its place where a text could not be read.
const REFUSAL_SCHEMA: &str = include_str!("../../../../docs/refusal.schema.json");

fn assessment_schema() -> Value {
    serde_json::from_str(ASSESSMENT_SCHEMA).expect("a test reads the schema")
}

fn refusal_schema() -> Value {
    serde_json::from_str(REFUSAL_SCHEMA).expect("a test reads the schema")
}

/// The document for a server that is reached at `base_url`.
pub fn openapi(base_url: &str) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Hải Đăng",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Says which harm a message, a chat or a link looks like, and by which words.",
            "description": "Texts are read in memory, answered and forgotten: nothing is stored or logged. No result says that a text is safe.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": base_url }],
        "paths": { "/api/v1/check": { "post": check() } },
        "components": {
            "schemas": {
                "Assessment": assessment_schema(),
                "Text": text(),
                "Items": items(),
                "Answers": answers(),
                "Refusal": refusal_schema(),
                "Problem": problem(),
            },
        },
    })
}

fn check() -> Value {
    let mut responses = Map::new();
    responses.insert("200".into(), json!({
        "description": "An assessment for `text`; for `items` one each, in their order.",
        "content": { "application/json": { "schema": { "oneOf": [reference("Assessment"), reference("Answers")] } } },
    }));
    for problem in Problem::all() {
        let status = problem.status().as_u16().to_string();
        let line = format!("`{}`: {}.", problem.code(), problem.title(Lang::En));
        let response = responses.entry(status).or_insert_with(|| {
            json!({
                "description": "",
                "content": { "application/problem+json": { "schema": reference("Problem") } },
            })
        });
        let before = response["description"].as_str().unwrap_or_default();
        response["description"] = format!("{before} {line}").trim().into();
    }
    json!({
        "operationId": "check",
        "summary": "Check one text, or many",
        "parameters": [{ "name": "Accept-Language", "in": "header", "description": "`vi` or `en`, for the titles of problems and refusals.", "schema": { "type": "string" } }],
        "requestBody": {
            "required": true,
            "description": format!("UTF-8, at most {MAX_API_BODY_BYTES} bytes."),
            "content": { "application/json": {
                "schema": { "oneOf": [reference("Text"), reference("Items")] },
                "examples": {
                    "one": { "value": { "text": "Gui 2 trieu di, ko thi tao up het len nhom lop may" } },
                    "many": { "value": { "items": [{ "id": "a", "text": "Con ăn cơm chưa?" }, { "id": "b", "text": "https://vcb-xacthuc.top" }] } },
                },
            } },
        },
        "responses": responses,
    })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn text() -> Value {
    json!({
        "type": "object",
        "required": ["text"],
        "additionalProperties": false,
        "properties": { "text": { "type": "string", "minLength": 1, "description": "A message, a link or a pasted chat." } },
    })
}

fn items() -> Value {
    json!({
        "type": "object",
        "required": ["items"],
        "additionalProperties": false,
        "properties": { "items": {
            "type": "array",
            "maxItems": MAX_API_ITEMS,
            "items": {
                "type": "object",
                "required": ["id", "text"],
                "additionalProperties": false,
                "properties": { "id": { "type": "string" }, "text": { "type": "string" } },
            },
        } },
    })
}

fn answers() -> Value {
    let error = json!({
        "type": "object",
        "required": ["id", "error"],
        "additionalProperties": false,
        "properties": { "id": { "type": "string" }, "error": reference("Refusal") },
    });
    // The schema of an assessment allows no field beside its own, so the one with an `id` is written out.
    let mut assessed = assessment_schema();
    assessed["title"] = "Assessment with the id of its item".into();
    assessed["properties"]["id"] = json!({ "type": "string" });
    if let Some(required) = assessed["required"].as_array_mut() {
        required.push("id".into());
    }
    json!({
        "type": "object",
        "required": ["items"],
        "properties": { "items": { "type": "array", "items": { "oneOf": [assessed, error] } } },
    })
}

fn problem() -> Value {
    let codes: Vec<&str> = Problem::all().iter().map(Problem::code).collect();
    json!({
        "type": "object",
        "required": ["type", "code", "title", "status"],
        "properties": {
            "type": { "type": "string", "format": "uri" },
            "code": { "enum": codes },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
        },
    })
}
