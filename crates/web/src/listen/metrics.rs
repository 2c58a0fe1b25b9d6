//! Figures for Prometheus, on a listener of their own that only this machine reaches.

use super::{ListenError, bind};
use axum::{Router, http::header, routing::get};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use std::{net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, task::JoinHandle};

const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Upper edges in seconds: an answer takes from under a millisecond to the limit of a request.
const SECONDS: &[f64] = &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0];

/// How often old samples are folded away.
const UPKEEP: Duration = Duration::from_secs(5);

/// The figures of this process.
pub struct Metrics {
    handle: PrometheusHandle,
}

impl Metrics {
    /// Starts counting. Once a process.
    pub fn install() -> Result<Self, BuildError> {
        let durations = Matcher::Suffix("_duration_seconds".into());
        let handle = PrometheusBuilder::new().set_buckets_for_metric(durations, SECONDS)?.install_recorder()?;
        metrics::describe_counter!("haidang_http_requests_total", "Answers by method, route pattern and status.");
        metrics::describe_histogram!("haidang_http_request_duration_seconds", "Seconds from head to answer, by route.");
        metrics::describe_gauge!("haidang_connections", "Connections open now.");
        metrics::describe_counter!(
            "haidang_connections_refused_total",
            "Connections closed before an answer, by reason."
        );
        metrics::describe_counter!("haidang_reloads_total", "Files read again, by file and outcome.");
        metrics::describe_gauge!("haidang_build_info", "Always 1; the version stands in the label.");
        metrics::gauge!("haidang_build_info", "version" => env!("CARGO_PKG_VERSION")).set(1.0);
        Ok(Self { handle })
    }

    /// Takes the address; refuses one that other machines could reach.
    pub fn bind(address: SocketAddr) -> Result<TcpListener, ListenError> {
        if address.ip().is_loopback() { bind(address) } else { Err(ListenError::PlainHttp { address }) }
    }

    /// Serves `/metrics` there for as long as the returned task lives.
    pub fn serve(self, listener: TcpListener) -> JoinHandle<()> {
        tokio::spawn(async move {
            let page = self.handle.clone();
            let page = get(move || async move { ([(header::CONTENT_TYPE, CONTENT_TYPE)], page.render()) });
            let router = Router::new().route("/metrics", page);
            let upkeep = async {
                loop {
                    tokio::time::sleep(UPKEEP).await;
                    self.handle.run_upkeep();
                }
            };
            tokio::select! {
                _ = axum::serve(listener, router) => {}
                () = upkeep => {}
            }
        })
    }
}
