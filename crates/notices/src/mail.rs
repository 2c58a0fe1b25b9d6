//! A letter without content, by SMTP with TLS.

use lettre::{
    Address, Message, SmtpTransport, Transport,
    message::{Mailbox, header::ContentType},
    transport::smtp::{
        authentication::Credentials,
        client::{Certificate, Tls, TlsParameters},
    },
};
use std::time::Duration;

/// The longest a mail server may take with one step.
const PATIENCE: Duration = Duration::from_secs(20);

/// How the way to the mail server is guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// Plain at first, then TLS, or nothing is sent (port 587).
    StartTls,
    /// TLS from the first byte (port 465).
    Tls,
    /// None: only for a mail server on this machine.
    Off,
}

/// Where letters are handed in.
#[derive(Clone, Debug)]
pub struct Mail {
    transport: SmtpTransport,
    from: Mailbox,
}

/// Why letters can't be sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// Not an address.
    #[error("not a mail address")]
    Address,
    /// A certificate that can't be read.
    #[error("the certificate can't be used: {0}")]
    Certificate(lettre::transport::smtp::Error),
    /// The letter can't be written.
    #[error("the letter can't be written: {0}")]
    Letter(#[from] lettre::error::Error),
    /// The server did not take it. Its own words are left out: they may quote an address.
    #[error("the mail server did not take it: {}", kind(.0))]
    Refused(#[from] lettre::transport::smtp::Error),
}

impl Mail {
    /// A mail server. `login` is name and password; `authority` is the PEM certificate of whoever vouches for the
    /// server, if the public authorities don't.
    ///
    /// # Errors
    /// The sender is no address, or the certificate can't be read. Nothing is connected yet.
    pub fn new(
        host: &str,
        port: u16,
        security: Security,
        login: Option<(String, String)>,
        from: &str,
        authority: Option<&[u8]>,
    ) -> Result<Self, MailError> {
        let from = mailbox(from)?;
        let parameters = || {
            let mut builder = TlsParameters::builder(host.to_owned());
            if let Some(pem) = authority {
                builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(MailError::Certificate)?);
            }
            builder.build_rustls().map_err(MailError::Certificate)
        };
        let tls = match security {
            Security::StartTls => Tls::Required(parameters()?),
            Security::Tls => Tls::Wrapper(parameters()?),
            Security::Off => Tls::None,
        };
        let mut builder = SmtpTransport::builder_dangerous(host).port(port).tls(tls).timeout(Some(PATIENCE));
        if let Some((name, password)) = login {
            builder = builder.credentials(Credentials::new(name, password));
        }
        Ok(Self { transport: builder.build(), from })
    }

    /// Says that something is new, and where the desk is. Waits for the server: call it where waiting is allowed.
    ///
    /// # Errors
    /// [`MailError::Refused`] is worth another try.
    pub fn tell(&self, to: &str, desk: &str) -> Result<(), MailError> {
        self.send(to, "Có việc mới / Something new", text(desk))
    }

    /// Says that somebody has waited since this second and nobody looked, and where the desk is. Waits for the server.
    ///
    /// # Errors
    /// [`MailError::Refused`] is worth another try.
    pub fn alarm(&self, to: &str, desk: &str, since: i64) -> Result<(), MailError> {
        self.send(to, "Có người đang chờ / Somebody waits", alarm(desk, since))
    }

    fn send(&self, to: &str, subject: &str, text: String) -> Result<(), MailError> {
        let letter = Message::builder()
            .from(self.from.clone())
            .to(mailbox(to)?)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)?;
        self.transport.send(&letter)?;
        Ok(())
    }
}

fn kind(error: &lettre::transport::smtp::Error) -> String {
    match error.status() {
        Some(code) => format!("it answered {code}"),
        None if error.is_timeout() => "it did not answer in time".into(),
        None if error.is_tls() => "its certificate or TLS did not fit".into(),
        None => "no connection, or it speaks no SMTP".into(),
    }
}

/// The same for every case: it must tell nothing.
fn text(desk: &str) -> String {
    format!(
        "Ở bàn tiếp nhận có việc mới. Thư này không bao giờ nói là việc gì.\n\
         Mở bàn: {desk}\n\n\
         Something new waits at the desk. This letter never says what.\n"
    )
}

/// Since when, and nothing else.
fn alarm(desk: &str, since: i64) -> String {
    // Vietnam's time, UTC+7.
    let minute = (since + 7 * 3600).rem_euclid(24 * 3600) / 60;
    let time = format!("{:02}:{:02}", minute / 60, minute % 60);
    format!(
        "Một tin báo chờ từ {time} (giờ Việt Nam), chưa ai mở. Thư này không bao giờ nói là việc gì.\n\
         Mở bàn ngay: {desk}\n\n\
         A report waits since {time} (time of Vietnam) and nobody has opened it. This letter never says what.\n\
         Open the desk now: {desk}\n"
    )
}

fn mailbox(address: &str) -> Result<Mailbox, MailError> {
    Ok(Mailbox::new(None, address.parse::<Address>().map_err(|_| MailError::Address)?))
}
