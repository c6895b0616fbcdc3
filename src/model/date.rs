//! Calendar dates without time or zone. In: `2026-11-23`. Out: a valid Gregorian date. It knows no clock.

use icu_calendar::Date as IcuDate;
use std::fmt;

/// A valid day of the Gregorian calendar; ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, four digits.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`. `None` for anything else and for days that do not exist.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| -> Option<i32> {
            bytes[range].iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i32::from(b - b'0')))
        };
        let (year, month, day) = (number(0..4)?, number(5..7)? as u8, number(8..10)? as u8);
        IcuDate::try_new_iso(year, month, day).ok().map(|_| Date { year, month, day })
    }

    /// The UTC day of a number of seconds after 1970-01-01 (SOURCE_DATE_EPOCH, `git log`).
    pub fn from_unix(seconds: i64) -> Date {
        // Days to civil date, after H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
        let z = seconds.div_euclid(86_400) + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1_460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let day = (doy - (153 * mp + 2) / 5 + 1) as u8;
        let month = if mp < 10 { mp + 3 } else { mp - 9 } as u8;
        let year = (yoe + era * 400 + i64::from(month <= 2)) as i32;
        Date { year, month, day }
    }

    /// The day after.
    pub fn next(self) -> Date {
        let later = [(self.year, self.month, self.day + 1), (self.year, self.month + 1, 1), (self.year + 1, 1, 1)];
        let valid = |(y, m, d): &(i32, u8, u8)| IcuDate::try_new_iso(*y, *m, *d).is_ok();
        later.into_iter().find(valid).map_or(self, |(year, month, day)| Date { year, month, day })
    }

    /// Whole months between `self` and a later date, rounded down; negative dates give 0.
    pub fn months_until(self, later: Date) -> i32 {
        let months = (later.year - self.year) * 12 + i32::from(later.month) - i32::from(self.month);
        (months - i32::from(later.day < self.day)).max(0)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_days_are_dates() {
        assert_eq!(Date::parse("2026-11-23"), Some(Date { year: 2026, month: 11, day: 23 }));
        assert_eq!(Date::parse("2024-02-29").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        for wrong in ["2026-02-29", "2026-13-01", "2026-1-1", "23-11-2026", "۲۰۲۶-۱۱-۲۳", "2026-11-23T00:00", ""] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn unix_seconds_become_utc_days() {
        assert_eq!(Date::from_unix(0).to_string(), "1970-01-01");
        assert_eq!(Date::from_unix(1_709_164_800).to_string(), "2024-02-29");
        assert_eq!(Date::from_unix(-1).to_string(), "1969-12-31");
    }

    #[test]
    fn the_next_day_crosses_months_and_years() {
        let next = |text| Date::parse(text).map(|d| d.next().to_string());
        assert_eq!(next("2024-02-28").as_deref(), Some("2024-02-29"));
        assert_eq!(next("2026-11-30").as_deref(), Some("2026-12-01"));
        assert_eq!(next("2026-12-31").as_deref(), Some("2027-01-01"));
    }

    #[test]
    fn months_are_whole() {
        let start = Date { year: 2025, month: 11, day: 24 };
        assert_eq!(start.months_until(Date { year: 2026, month: 11, day: 23 }), 11);
        assert_eq!(start.months_until(Date { year: 2026, month: 11, day: 24 }), 12);
    }
}
