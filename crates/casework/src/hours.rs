//! Opening hours as an organisation writes them: `always`, or `mon-fri 08:00-17:00, sat 08:00-11:30`.

use vocabulary::directory::Hours;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Why hours could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not `DAYS FROM-TO`.
    #[error("`{0}` is not of the form `mon-fri 08:00-17:00`")]
    Shape(String),
    /// A day that no week has.
    #[error("`{0}` is no day; days are mon, tue, wed, thu, fri, sat, sun")]
    Day(String),
    /// A time that no clock shows, or an end that is not after its start.
    #[error("`{0}` is no span of time within a day, such as 08:00-17:00 or 00:00-24:00")]
    Time(String),
}

/// Reads hours in Vietnam's time; an empty text means never.
///
/// # Errors
/// Names the part that can't be read.
pub fn parse_hours(text: &str) -> Result<Hours, HoursError> {
    let text = text.trim();
    if text == "always" {
        return Ok(Hours::Always);
    }
    let mut spans = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (days, times) = part.split_once(' ').ok_or_else(|| HoursError::Shape(part.into()))?;
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let (first, last) = (day(first)?, day(last)?);
        let (from, to) = times.trim().split_once('-').ok_or_else(|| HoursError::Shape(part.into()))?;
        let minutes = |time| minute(time).ok_or_else(|| HoursError::Time(times.trim().into()));
        let (from, to) = (minutes(from)?, minutes(to)?);
        if from >= to || last < first {
            return Err(HoursError::Time(part.into()));
        }
        spans.extend((first..=last).map(|day| (day, from, to)));
    }
    Ok(Hours::Weekly(spans))
}

fn day(name: &str) -> Result<u8, HoursError> {
    let found = DAYS.iter().position(|day| *day == name.trim());
    found.map(|day| day as u8).ok_or_else(|| HoursError::Day(name.into()))
}

fn minute(time: &str) -> Option<u16> {
    let (hour, minute) = time.trim().split_once(':')?;
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour * 60 + minute <= 24 * 60 && minute < 60 && hour <= 24).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_or_the_wrong_part_is_named() {
        assert_eq!(parse_hours("always"), Ok(Hours::Always));
        assert_eq!(parse_hours(" "), Ok(Hours::Weekly(vec![])));
        assert_eq!(
            parse_hours("sat-sun 08:00-11:30, mon 00:00-24:00"),
            Ok(Hours::Weekly(vec![(5, 480, 690), (6, 480, 690), (0, 0, 1440)]))
        );
        assert_eq!(parse_hours("monday 08:00-09:00"), Err(HoursError::Day("monday".into())));
        for wrong in ["mon", "mon 8", "mon 09:00-08:00", "mon 08:00-25:00", "fri-mon 08:00-09:00", "mon 08:70-09:00"] {
            assert!(parse_hours(wrong).is_err(), "{wrong}");
        }
    }
}
