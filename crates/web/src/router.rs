//! Which address is answered by what.

use crate::{
    MAX_FORM_TEXT_BYTES, Place, Site, api, assets, desk, files, headers, health,
    limit::{Limiter, keep_swept},
    listen::Prefix,
    lost, pages, report,
};
use axum::{
    Extension, Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{any, get, post},
};
use std::sync::Arc;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer};
use vocabulary::Lang;

/// In a form each byte of Vietnamese is written as three.
const FORM_BODY_BYTES: usize = MAX_FORM_TEXT_BYTES * 3 + 4096;

/// The whole site. Whoever listens adds a [`crate::listen::Caller`] to each request; without one, all share one rate limit.
/// Must be called inside a tokio runtime, which sweeps the rate limits.
pub fn router(site: Site) -> Router {
    let limiter: Arc<Limiter<Option<Prefix>>> = Arc::new(Limiter::new(site.settings().rate));
    tokio::spawn(keep_swept(Arc::downgrade(&limiter)));
    let mut pages = Router::new().route("/", get(pages::choose_language));
    for place in Place::all() {
        pages = pages.merge(at(place));
    }
    for &lang in Lang::ALL {
        pages = pages.merge(desk_at(lang));
    }
    let pages = pages.layer(CompressionLayer::new().br(true).gzip(true));
    let api = Router::new()
        .route("/api/v1/check", post(api::check))
        .route("/api/v1/openapi.json", get(api::serve_document))
        .route("/api", any(api::not_found))
        .route("/api/", any(api::not_found))
        .route("/api/{*rest}", any(api::not_found))
        .merge(report::routes())
        .merge(desk::routes(&site))
        .method_not_allowed_fallback(api::not_allowed);
    Router::new()
        .merge(pages)
        .merge(api)
        .route("/a/{hash}/{name}", get(assets::serve))
        .route(assets::SW_JS, get(assets::serve))
        .route(assets::SUMS, get(assets::serve_sums))
        .route("/desk/viewer", get(pages::viewer))
        .route(files::DIRECTORY, get(files::directory))
        .route(files::HOSTS, get(files::hosts))
        .route(files::QUESTIONS, get(files::questions))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(pages::not_found)
        .layer(Extension(limiter))
        .layer(CatchPanicLayer::custom(lost::fallen))
        .layer(middleware::from_fn(lost::catch))
        .layer(middleware::from_fn(headers::guard))
        .with_state(site)
}

/// The staff's pages stand under no cover: a desk in an office need not look like the weather.
fn desk_at(lang: Lang) -> Router<Site> {
    let place = Place { lang, ..Place::default() };
    Router::new()
        .route(&format!("{}/desk", place.base()), get(pages::desk))
        .route(&format!("{}/desk/join", place.base()), get(pages::join))
        .method_not_allowed_fallback(pages::not_allowed)
        .layer(Extension(place))
}

/// Every page of one place.
fn at(place: Place) -> Router<Site> {
    use crate::Page;
    let base = place.base();
    let href = |page| place.href(page);
    Router::new()
        .route(&base, get(pages::home))
        .route(&href(Page::Home), get(pages::home))
        .route(&href(Page::Check), get(pages::check).post(pages::check_posted))
        .route(&href(Page::Ask), get(pages::ask))
        .route(&href(Page::Back), get(pages::back))
        .route(&href(Page::Evidence), get(pages::evidence))
        .route(&href(Page::Letters), get(pages::letters))
        .route(&href(Page::Learn), get(pages::learn))
        .route(&format!("{}/{{id}}", href(Page::Learn)), get(pages::lesson))
        .route(&format!("{}/{{id}}/plan", href(Page::Learn)), get(pages::plan))
        .route(&href(Page::Help), get(pages::help).post(pages::help_posted))
        .route(&href(Page::About), get(pages::about))
        .route(&href(Page::Privacy), get(pages::privacy))
        .route(&href(Page::Traces), get(pages::traces))
        .route(&href(Page::Keep), get(pages::keep))
        .route(&href(Page::Api), get(pages::try_api))
        .merge(pages::plain::routes(place))
        .route(&format!("{base}/manifest.webmanifest"), get(pages::manifest))
        .route(&format!("{base}/share"), get(pages::share_opened).post(pages::share_arrived))
        .method_not_allowed_fallback(pages::not_allowed)
        .layer(DefaultBodyLimit::max(FORM_BODY_BYTES))
        .layer(Extension(place))
}
