//! Commands of chromedriver's own: a pass to the `DevTools` protocol, and the browser's log.

use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use url::{ParseError, Url};

#[derive(Debug)]
pub enum Chromedriver {
    /// A `DevTools` method with its parameters.
    Execute(&'static str, Value),
    /// New lines of a log: `browser` or `performance`.
    Log(&'static str),
}

impl WebDriverCompatibleCommand for Chromedriver {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let path = match self {
            Self::Execute(..) => "goog/cdp/execute",
            Self::Log(_) => "se/log",
        };
        base.join(&format!("session/{}/{path}", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        let body = match self {
            Self::Execute(method, params) => json!({"cmd": method, "params": params}),
            Self::Log(kind) => json!({"type": kind}),
        };
        (http::Method::POST, Some(body.to_string()))
    }
}
