//! What of a table can be drawn: which columns are labels, which are series of figures. In: head and rows as text. Out: the figures, or the reason why
//! there are none. A cell with words in it, such as "about 201" or "2.1 million", is never taken for a bare number.

use crate::model::data::{Figures, Series};
use crate::text::fold::fold_digits;

/// Signs that stand where a figure is missing.
const MISSING: [&str; 6] = ["", "-", "–", "—", "n/a", "…"];

struct Number {
    value: f64,
    percent: bool,
    /// Four digits of a likely year, without separators.
    year: bool,
}

/// `1,253`, `-4`, `9.8 %`, `۱۲`; commas may stand anywhere between digits, as in `1,25,000`.
fn number(cell: &str) -> Option<Number> {
    let folded = fold_digits(cell.trim());
    let bare = folded.trim_end_matches(['%', '٪']).trim_end();
    let percent = bare.len() < folded.len();
    let (sign, digits) = match bare.strip_prefix(['-', '−', '–']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, bare.strip_prefix('+').unwrap_or(bare)),
    };
    let plain: String = digits.chars().filter(|c| !matches!(c, ',' | '٬')).map(|c| if c == '٫' { '.' } else { c }).collect();
    let edges = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let good = edges(digits.chars().next()) && edges(digits.chars().next_back());
    if !good || !plain.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    let year = !percent && sign > 0.0 && digits.len() == 4 && (1900.0..=2100.0).contains(&value) && value.fract() == 0.0;
    Some(Number { value: sign * value, percent, year })
}

fn missing(cell: &str) -> bool {
    MISSING.contains(&cell.trim())
}

/// Whether a column holds figures: numbers and gaps, at least one number, and not only years.
fn is_series(rows: &[Vec<String>], column: usize) -> bool {
    let cells = || rows.iter().map(|row| row[column].as_str()).filter(|cell| !missing(cell));
    cells().next().is_some() && cells().all(|cell| number(cell).is_some()) && !cells().all(|cell| number(cell).is_some_and(|n| n.year))
}

/// The figures of a table. The first column is a label, and so is every one before the first series.
pub(super) fn figures(head: &[String], rows: &[Vec<String>]) -> Result<Figures, String> {
    if head.len() < 2 || rows.is_empty() {
        return Err("it needs a column of labels, a column of figures and a row".to_owned());
    }
    let labels = (1..head.len()).find(|column| is_series(rows, *column)).unwrap_or(1);
    let mut series = Vec::with_capacity(head.len() - labels);
    let mut percent = None;
    for (column, title) in head.iter().enumerate().skip(labels) {
        let mut values = Vec::with_capacity(rows.len());
        for (n, row) in rows.iter().enumerate() {
            let cell = row[column].as_str();
            if missing(cell) {
                values.push(None);
                continue;
            }
            let place = || format!("row {}, column “{title}”", n + 1);
            let Some(number) = number(cell) else { return Err(format!("{} is “{cell}”, which is not a bare number", place())) };
            if *percent.get_or_insert(number.percent) != number.percent {
                return Err(format!("{} is “{cell}”: per cent and counts have no scale in common", place()));
            }
            values.push(Some(number.value));
        }
        series.push(Series { column, values });
    }
    if series.iter().all(|s| s.values.iter().all(Option::is_none)) {
        return Err("every figure is missing".to_owned());
    }
    let years = labels == 1 && rows.iter().all(|row| number(&row[0]).is_some_and(|n| n.year));
    Ok(Figures { labels, years, series })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&[&str]]) -> Result<Figures, String> {
        let rows: Vec<Vec<String>> = cells.iter().map(|row| row.iter().map(|c| (*c).to_owned()).collect()).collect();
        figures(&rows[0], &rows[1..])
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |cell| number(cell).map(|n| (n.value, n.percent));
        assert_eq!(read("1,253"), Some((1253.0, false)));
        assert_eq!(read("1,25,000"), Some((125_000.0, false)));
        assert_eq!(read("-4.5"), Some((-4.5, false)));
        assert_eq!(read("9.8 %"), Some((9.8, true)));
        assert_eq!(read("۱۲"), Some((12.0, false)));
        for cell in ["about 201", "2.1 million", "49 to 50", "", ",", "1.", "1.2.3", "%", "-", "1e9", "inf", "NaN"] {
            assert_eq!(read(cell), None, "{cell}");
        }
    }

    #[test]
    fn years_are_labels_and_gaps_are_no_zeros() {
        let found = of(&[&["What", "Year", "Number"], &["A", "2016", "6,090"], &["B", "2022", "—"]]).expect("figures");
        assert_eq!((found.labels, found.years, found.series.len()), (2, false, 1));
        assert_eq!(found.series[0].values, [Some(6090.0), None]);
        assert!(of(&[&["Year", "N"], &["2020", "0"], &["2021", "-3"]]).expect("figures").years);
    }

    #[test]
    fn what_has_no_common_scale_is_not_drawn() {
        for table in [
            &[&["A", "B"][..], &["x", "12"], &["y", "9 %"]][..],
            &[&["A", "B"], &["x", "12"], &["y", "about 9"]],
            &[&["A", "B"], &["x", ""], &["y", "–"]],
            &[&["A"], &["1"]],
            &[&["A", "B"]],
        ] {
            assert!(of(table).is_err(), "{table:?}");
        }
    }
}
