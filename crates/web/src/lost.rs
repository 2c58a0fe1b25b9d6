//! Answers where no handler gave one: it panicked, or its time ran out. Nothing is repeated of what was asked, and
//! nothing of a panic is shown or logged: it could quote a text.

use crate::{assets, headers, locale, problem::Problem};
use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use maud::html;
use std::any::Any;
use vocabulary::Lang;

/// What must be known of a request to answer it after it is gone.
#[derive(Clone, Copy)]
pub(crate) struct Asked {
    api: bool,
    lang: Lang,
}

impl Asked {
    pub fn of(request: &Request) -> Self {
        let path = request.uri().path();
        Self { api: path == "/api" || path.starts_with("/api/"), lang: locale::preferred(request.headers()) }
    }

    /// A problem document for a program, and for a person what `page` makes.
    pub fn answer(self, problem: &Problem, page: impl FnOnce() -> Response) -> Response {
        let mut response = if self.api { problem.answer_in(self.lang) } else { page() };
        headers::finish(&mut response);
        response
    }

    /// The time for the request ran out.
    pub fn late(self) -> Response {
        self.answer(&Problem::TimedOut, || {
            page(
                StatusCode::REQUEST_TIMEOUT,
                ["Máy chủ chờ lâu quá", "Mạng có thể đang chậm. Chữ bạn gửi không được giữ lại. Hãy thử lại."],
                "It took too long; the network may be slow. What you sent was not kept. Please try again.",
            )
        })
    }

    fn failed(self) -> Response {
        self.answer(&Problem::Internal, || {
            page(
                StatusCode::INTERNAL_SERVER_ERROR,
                ["Máy chủ gặp lỗi", "Lỗi này không phải do bạn. Chữ bạn gửi không được giữ lại."],
                "The server failed; it is not your doing. What you sent was not kept.",
            )
        })
    }
}

/// Marks the answer of [`fallen`] until [`catch`] has seen it.
#[derive(Clone)]
struct Fallen;

/// What the layer that catches panics answers; it knows nothing of the request.
pub(crate) fn fallen(_panic: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(Fallen);
    response
}

/// Puts an answer that fits the request in place of a [`fallen`] one.
pub(crate) async fn catch(request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let response = next.run(request).await;
    if response.extensions().get::<Fallen>().is_some() { asked.failed() } else { response }
}

/// Stands alone: the site may be what failed. Both languages speak, hers may be unknown.
fn page(status: StatusCode, [title, line]: [&str; 2], english: &str) -> Response {
    let body = html! {
        (maud::DOCTYPE)
        html lang="vi" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="stylesheet" href=(assets::TOKENS_CSS);
                link rel="stylesheet" href=(assets::COMPONENTS_CSS);
            }
            body data-page="error" { main #main { section .error-page {
                h1 .page-title { (title) }
                p { (line) " Nếu đang nguy hiểm, gọi " a href="tel:113" { "113" } " hoặc " a href="tel:111" { "111" } ". "
                    a href="/vi/" { "Về trang đầu" } }
                p lang="en" { (english) " In danger, call 113 or 111. " a href="/en/" { "Home" } }
            } } }
        }
    };
    (status, Html(body.into_string())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::{Router, body::Body, http::header, middleware, routing::get};
    use http_body_util::BodyExt;
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn ask(path: &str, language: &str) -> (Response<()>, String) {
        async fn falls() -> &'static str {
            panic!("her words")
        }
        let router = Router::new()
            .route("/api/falls", get(falls))
            .route("/vi/falls", get(falls))
            .layer(CatchPanicLayer::custom(fallen))
            .layer(middleware::from_fn(catch));
        let request = Request::builder().uri(path).header(header::ACCEPT_LANGUAGE, language);
        let (head, body) = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap().into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        (Response::from_parts(head, ()), String::from_utf8(body.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_answers_a_program_with_a_problem_and_a_person_with_a_page() {
        let (head, body) = ask("/api/falls", "en").await;
        assert_eq!(head.status(), 500);
        assert_eq!(head.headers()[header::CONTENT_TYPE], "application/problem+json");
        let problem: serde_json::Value = serde_json::from_str(&body).unwrap();
        assert_eq!(problem["code"], "internal");
        assert_eq!(problem["title"], "The server failed; it is not your doing");

        let (head, body) = ask("/vi/falls", "en").await;
        assert_eq!(head.status(), 500);
        assert!(head.headers().contains_key(header::CONTENT_SECURITY_POLICY));
        assert!(body.contains("tel:113") && body.contains("In danger") && !body.contains("her words"));
    }
}
