//! `haidang serve`: everything is opened and checked first, so that what is wrong is said before anyone is answered.

use crate::{
    exit::{self, Failure},
    house, logs,
    settings::{Settings, plain_http},
    sources::{cannot_read, open_directory, open_hosts, open_mail, open_providers, open_timestamp},
    watch::{Watched, keep_watch},
};
use recognise::Recogniser;
use std::{io::Write, net::SocketAddr, path::Path, sync::Arc};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use vocabulary::{Lang, directory::Directory};
use web::{
    Site,
    listen::{self, Certificates, Drained, ListenError, Listening, Metrics},
};

/// Serves until SIGTERM or SIGINT.
pub fn run(settings: &Settings, lang: Lang) -> Result<u8, Failure> {
    logs::start(settings.log_json, settings.log_level);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::internal(error.to_string()))?;
    let drained = runtime.block_on(serve(settings, lang))?;
    if let Drained::Cut(connections) = drained {
        tracing::warn!(connections, "stopped; the limit passed and connections were cut");
    } else {
        tracing::info!("stopped; every answer was finished");
    }
    // A check that is still being computed for a connection that was cut need not be waited for.
    runtime.shutdown_background();
    Ok(exit::NOTHING_KNOWN)
}

async fn serve(settings: &Settings, lang: Lang) -> Result<Drained, Failure> {
    let say = |error: &ListenError| Failure::unreadable(say_listen_error(error, lang));
    let certificates = settings.tls.as_ref().map(|(certificate, key)| Certificates::open(certificate, key));
    let certificates = certificates.transpose().map_err(|e| say(&e))?;
    let listening = Listening { certificates, proxies: settings.proxies.clone(), limits: settings.limits };
    listening.check(settings.listen).map_err(|e| say(&e))?;
    let listener = listen::bind(settings.listen).map_err(|e| say(&e))?;
    let metrics = metrics_listener(settings, lang)?;
    let timestamp = settings.timestamp.as_ref().map(|named| open_timestamp(named, lang)).transpose();
    let (authority, pem) = timestamp.map_err(Failure::unreadable)?.unzip();
    let providers = settings.oidc_file.as_deref().map(|path| open_providers(path, lang)).transpose();
    let providers = providers.map_err(Failure::unreadable)?.unwrap_or_default();
    let pages = web::Settings { time_authority: pem, providers, ..settings.site.clone() };
    let site = open_site(settings, pages, lang);
    let store = house::open(&settings.place, lang).await.map_err(Failure::unreadable)?;
    house::tidy(&store, settings.backup.folder.as_deref()).await;
    let receiving = site.receive_into(store.clone(), settings.report_files_bytes).await;
    receiving.map_err(|error| Failure::unreadable(house::say(&settings.place, &error, lang)))?;
    let mail = settings.mail.as_ref().map(|mail| open_mail(mail, lang)).transpose().map_err(Failure::unreadable)?;
    let desk = format!("{}/vi/desk", settings.site.base_url);
    tokio::spawn(notices::keep_alarming(store.clone(), mail.clone(), desk.clone()));
    tokio::spawn(notices::keep_telling(store.clone(), mail, desk));
    if let Some(authority) = authority {
        tokio::spawn(timestamp::keep_asking(store.clone(), authority));
    }
    tokio::spawn(house::keep_tidy(store, settings.backup.folder.clone()));
    let stop = stop_asked().map_err(|error| Failure::internal(error.to_string()))?;
    tokio::spawn(keep_watch(watched(settings, &site, &listening, lang), settings.reload_every));
    announce(&listener, &listening, metrics.as_ref());
    if let Some(listener) = metrics {
        match Metrics::install() {
            Ok(metrics) => drop(metrics.serve(listener)),
            Err(error) => return Err(Failure::internal(error.to_string())),
        }
    }
    Ok(listen::serve(listener, web::router(site), listening, stop).await)
}

/// One line that says where, for whoever started it by hand.
fn announce(listener: &TcpListener, listening: &Listening, metrics: Option<&TcpListener>) {
    let scheme = if listening.certificates.is_some() { "https" } else { "http" };
    let at = |listener: &TcpListener| listener.local_addr().map_or_else(|_| "?".into(), |a: SocketAddr| a.to_string());
    let _ = writeln!(std::io::stdout(), "Hải Đăng: {scheme}://{}", at(listener));
    tracing::info!(address = at(listener), metrics = metrics.map(at), version = env!("CARGO_PKG_VERSION"), "serving");
}

/// A taken port ends the start only if somebody asked for this very port.
fn metrics_listener(settings: &Settings, lang: Lang) -> Result<Option<TcpListener>, Failure> {
    match settings.metrics.map(Metrics::bind) {
        None => Ok(None),
        Some(Ok(listener)) => Ok(Some(listener)),
        Some(Err(error)) if settings.metrics_were_asked_for => Err(Failure::unreadable(say_listen_error(&error, lang))),
        Some(Err(error)) => {
            tracing::warn!(why = say_listen_error(&error, lang), "no metrics");
            Ok(None)
        }
    }
}

/// At the start there is no earlier file: what is built in stands in, so that nobody is left without a number.
fn open_site(settings: &Settings, pages: web::Settings, lang: Lang) -> Site {
    let built_in = |file: &str, why: String| tracing::error!(file, why, "not taken; the built-in one stays in force");
    let directory = settings.directory_file.as_ref().map(|path| open_directory(path, lang)).transpose();
    let directory = directory.unwrap_or_else(|why| {
        built_in("directory", why);
        None
    });
    let recogniser = Recogniser::shipped();
    let feed = settings.hosts_feed.as_ref();
    let hosts = feed.map(|(path, key)| open_hosts(path, key, recogniser.hosts(), lang)).transpose();
    let hosts = hosts.unwrap_or_else(|why| {
        built_in("hosts", why);
        None
    });
    let recogniser = match hosts {
        Some(hosts) => recogniser.with_hosts(hosts),
        None => recogniser,
    };
    Site::new(pages, recogniser, directory.unwrap_or_else(Directory::shipped))
}

fn watched(settings: &Settings, site: &Site, listening: &Listening, lang: Lang) -> Vec<Watched> {
    let mut watched = Vec::new();
    if let Some(certificates) = listening.certificates.clone() {
        let files = certificates.files().map(Path::to_path_buf);
        watched.push(Watched::new("tls", files, move || {
            certificates.reload().map_err(|error| say_listen_error(&error, lang))
        }));
    }
    if let Some(path) = settings.directory_file.clone() {
        let site = site.clone();
        watched.push(Watched::new("directory", [path.clone()], move || {
            open_directory(&path, lang).map(|directory| site.replace_directory(directory))
        }));
    }
    if let Some((path, key)) = settings.hosts_feed.clone() {
        let site = site.clone();
        watched.push(Watched::new("hosts", [path.clone()], move || {
            let hosts = open_hosts(&path, &key, site.recogniser().hosts(), lang)?;
            site.replace_recogniser(Recogniser::shipped().with_hosts(hosts));
            Ok(())
        }));
    }
    watched
}

/// Done at the first SIGTERM or SIGINT; a second one ends the program at once.
fn stop_asked() -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let asked = Arc::new(tokio::sync::Notify::new());
    let told = Arc::clone(&asked);
    tokio::spawn(async move {
        for time in 0.. {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if time > 0 {
                std::process::exit(i32::from(exit::INTERNAL));
            }
            tracing::info!("asked to stop; finishing answers");
            told.notify_one();
        }
    });
    Ok(async move { asked.notified().await })
}

/// What is wrong and how to mend it, in one line.
fn say_listen_error(error: &ListenError, lang: Lang) -> String {
    let said = |vi: String, en: String| if lang == Lang::Vi { vi } else { en };
    match error {
        ListenError::Taken { address } => said(
            format!("{address} đã có chương trình khác dùng; tắt nó, hoặc chọn cổng khác bằng --listen"),
            format!("{address} is already in use; stop the other program, or name another port with --listen"),
        ),
        ListenError::Refused { address, source } => said(
            format!("không nghe được ở {address} ({source}); dùng địa chỉ của máy này và cổng từ 1024 trở lên"),
            format!("can't listen on {address} ({source}); use an address of this machine and a port from 1024 up"),
        ),
        ListenError::PlainHttp { address } => plain_http(*address, lang),
        ListenError::Unreadable { path, source } => cannot_read(path, source, lang),
        ListenError::NoCertificate { path } => said(
            format!("{} không có chứng chỉ PEM; tệp phải có \"-----BEGIN CERTIFICATE-----\"", path.display()),
            format!("{} holds no PEM certificate; it must have \"-----BEGIN CERTIFICATE-----\"", path.display()),
        ),
        ListenError::NoKey { path } => said(
            format!("{} không có khoá riêng PEM chưa mã hoá; xem lại tls_key", path.display()),
            format!("{} holds no unencrypted PEM private key; check tls_key", path.display()),
        ),
        ListenError::NoPair { certificate, key, reason } => said(
            format!(
                "{} và {} không đi với nhau ({reason}); dùng khoá đã tạo ra chứng chỉ này",
                certificate.display(),
                key.display()
            ),
            format!(
                "{} and {} don't make a pair ({reason}); use the key that this certificate was made with",
                certificate.display(),
                key.display()
            ),
        ),
    }
}
