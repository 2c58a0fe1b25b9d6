//! The time-stamp in a package, judged: by the authority that was named, or by the certificates that came along.

use evidence::{Finding, Report, State, What, utc};
use sha2::{Digest, Sha256};
use timestamp::{Authorities, Judged, TokenError};

/// Clocks of honest servers and authorities are not further apart, in seconds.
const APART_MOST: u64 = 300;

/// Adds what is to be said about the time-stamp.
pub fn judge(report: &mut Report, named: Option<&Authorities>) {
    let Some(facts) = &report.facts else { return };
    let Some(stamp) = &facts.stamp else {
        report.findings.push(match named {
            Some(_) => Finding::new(
                What::Stamp,
                State::Fails,
                "Bạn nêu một nơi cấp dấu thời gian, nhưng gói không có dấu thời gian.",
                "You named a time-stamp authority, but there is no time-stamp in the package.",
            ),
            None => Finding::new(
                What::Stamp,
                State::Open,
                "Không có dấu thời gian của một nơi bên ngoài: giờ chỉ do máy chủ xác nhận.",
                "There is no time-stamp by an outside authority: the server alone vouches for the time.",
            ),
        });
        return;
    };
    let hash: [u8; 32] = Sha256::digest(&facts.signed).into();
    let brought = Authorities::from_pem(&stamp.authority).map_err(|_| TokenError::OtherAuthority);
    let judged = match named {
        Some(named) => named.judge(&stamp.response, &hash, None),
        None => brought.and_then(|brought| brought.judge(&stamp.response, &hash, None)),
    };
    let found = match judged {
        Err(error) => {
            let what = if error == TokenError::OtherAuthority { What::Authority } else { What::Stamp };
            vec![Finding::new(what, State::Fails, vietnamese(error), sentence(&error.to_string()))]
        }
        // An authority's time may come later, when it had to be asked again; never earlier.
        Ok(Judged { time, .. }) if time + APART_MOST < facts.time => vec![Finding::new(
            What::Stamp,
            State::Fails,
            format!("Dấu thời gian ({}) sớm hơn giờ của máy chủ ({}): một đồng hồ đã sai.", utc(time), utc(facts.time)),
            format!(
                "The time-stamp ({}) is earlier than the server's time ({}): one clock was wrong.",
                utc(time),
                utc(facts.time)
            ),
        )],
        Ok(Judged { time, name }) => vec![
            Finding::new(
                What::Stamp,
                State::Holds,
                format!("Nơi cấp dấu thời gian “{name}” xác nhận: gói này đã có vào lúc {}.", utc(time)),
                format!("The time-stamp authority “{name}” states that this package was there at {}.", utc(time)),
            ),
            if named.is_some() {
                Finding::new(
                    What::Authority,
                    State::Holds,
                    "Nơi cấp dấu thời gian đúng là nơi bạn nêu.",
                    "The time-stamp authority is the one that you named.",
                )
            } else {
                Finding::new(
                    What::Authority,
                    State::Open,
                    "Chưa so nơi cấp dấu thời gian với chứng chỉ gốc mà bạn tự lấy (--tsa-ca).",
                    "The authority was not compared with a root certificate that you fetched yourself (--tsa-ca).",
                )
            },
        ],
    };
    report.findings.extend(found);
}

fn vietnamese(error: TokenError) -> String {
    match error {
        TokenError::NotOne => "Tệp dấu thời gian không phải là dấu thời gian.".into(),
        TokenError::Refused(status) => format!("Nơi cấp dấu thời gian đã từ chối (mã {status})."),
        TokenError::OtherHash | TokenError::OtherNonce => "Dấu thời gian này là của một thứ khác.".into(),
        TokenError::Signature => "Chữ ký của dấu thời gian không khớp.".into(),
        TokenError::Algorithm => "Dấu thời gian được ký theo cách mà chương trình này không biết.".into(),
        TokenError::OtherAuthority => "Dấu thời gian không do nơi bạn tin cấp.".into(),
        TokenError::NotInForce => {
            "Lúc cấp dấu thời gian, chứng chỉ của nơi cấp không còn hoặc chưa có hiệu lực.".into()
        }
        TokenError::OtherUse => "Chứng chỉ của nơi cấp không dùng để cấp dấu thời gian.".into(),
    }
}

/// `the …` as a sentence.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
