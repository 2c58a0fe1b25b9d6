//! The pages alone on plain HTTP, for looking at them while working: `cargo run -p web --example serve -- 8080`.

use recognise::Recogniser;
use vocabulary::directory::Directory;
use web::{RateLimit, Settings, Site};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok()).unwrap_or(8080_u16);
    let settings = Settings { rate: RateLimit::unlimited(), ..Settings::default() };
    let site = Site::new(settings, Recogniser::shipped(), Directory::shipped());
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    axum::serve(listener, web::router(site)).await
}
