//! A table's figures as positions and lengths that a template draws without calculating, and that a policy without inline styles allows: per cent
//! and pixels for attributes of SVG. In: a table and what its author asks for. Out: template values. Words, colours and patterns are the theme's.

use super::values::none;
use crate::model::Table;
use crate::model::data::{Figures, Series};
use minijinja::{Value, context};

/// More rows or series than this are easier read than seen.
const MOST_ROWS: usize = 24;
const MOST_SERIES: usize = 6;
/// Columns stand beside each other on a phone as long as all their figures have no more characters than this.
const ONE_LINE: usize = 36;
/// Height of the tallest column in pixels.
const HEIGHT: f64 = 112.0;
/// Series that differ by more than this have each their own scale.
const APART: f64 = 20.0;

/// `{shape, own_scales, panels}`, or no value where the table is to be read and not seen.
pub(super) fn drawing(table: &Table, show: Option<&str>, mirrored: bool) -> Value {
    let Some(figures) = table.figures.as_ref().filter(|_| show != Some("table")) else { return none() };
    let (rows, series) = (table.rows.len(), figures.series.len());
    if show.is_none() && (!(2..=MOST_ROWS).contains(&rows) || series > MOST_SERIES) {
        return none();
    }
    let longest = |s: &Series| table.rows.iter().map(|row| row[s.column].chars().count()).max().unwrap_or(0);
    let columns = match show {
        Some(shape) => shape == "columns",
        None => figures.years && figures.series.iter().all(|s| rows * longest(s).max(4) <= ONE_LINE),
    };
    let largest = |s: &Series| s.values.iter().flatten().fold(0.0, |most: f64, v| most.max(v.abs()));
    let sizes: Vec<f64> = figures.series.iter().map(largest).filter(|size| *size > 0.0).collect();
    let most = sizes.iter().copied().fold(0.0, f64::max);
    let own_scales = sizes.iter().any(|size| most / size > APART);
    let whole = Scale::of(figures.series.iter());
    let panels: Value = figures
        .series
        .iter()
        .map(|s| {
            let scale = if own_scales { Scale::of(std::iter::once(s)) } else { whole };
            panel(table, figures, s, scale, columns, mirrored)
        })
        .collect();
    context! { shape => if columns { "columns" } else { "bars" }, own_scales => own_scales, panels => panels }
}

/// From the lowest to the highest figure, zero always among them.
#[derive(Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of<'a>(series: impl Iterator<Item = &'a Series>) -> Self {
        let start = Scale { low: 0.0, high: 0.0 };
        series.flat_map(|s| s.values.iter().flatten()).fold(start, |s, v| Scale { low: s.low.min(*v), high: s.high.max(*v) })
    }

    /// How much of the whole a length is, from 0 to 1. Halves first: the difference of two large figures can be larger than any.
    fn share(self, length: f64) -> f64 {
        let whole = self.high / 2.0 - self.low / 2.0;
        if whole > 0.0 { (length / 2.0 / whole).clamp(0.0, 1.0) } else { 0.0 }
    }
}

fn panel(table: &Table, figures: &Figures, series: &Series, scale: Scale, columns: bool, mirrored: bool) -> Value {
    let below = scale.low < 0.0;
    let zero = scale.share(-scale.low);
    let bars: Value = table
        .rows
        .iter()
        .zip(&series.values)
        .map(|(row, value)| {
            let labels: Value = row[..figures.labels].iter().map(|l| Value::from(l.as_str())).collect();
            let Some(value) = value else { return context! { labels => labels, text => none(), missing => true } };
            let (start, length) = (scale.share(value.min(0.0) - scale.low), scale.share(value.abs()));
            let place = if columns {
                let height = length * HEIGHT;
                let top = if below { (1.0 - start - length) * HEIGHT } else { 0.0 };
                context! { y => pixels(top), height => pixels(height), tall => pixels(if below { HEIGHT } else { height }) }
            } else {
                let x = if mirrored { 1.0 - start - length } else { start };
                context! { x => percent(x), width => percent(length) }
            };
            context! { labels => labels, text => row[series.column].as_str(), missing => false, ..place }
        })
        .collect();
    let zero = match (below, columns) {
        (false, _) => none(),
        (true, true) => pixels((1.0 - zero) * HEIGHT),
        (true, false) => percent(if mirrored { 1.0 - zero } else { zero }),
    };
    context! { title => table.head[series.column].as_str(), bars => bars, zero => zero }
}

fn percent(share: f64) -> Value {
    Value::from(format!("{:.2}%", share.max(0.0) * 100.0))
}

fn pixels(length: f64) -> Value {
    Value::from(format!("{:.1}", length.max(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(values: &[Option<f64>]) -> Table {
        let series = vec![Series { column: 1, values: values.to_vec() }];
        Table {
            head: vec!["A".into(), "B".into()],
            rows: values.iter().map(|v| vec!["x".into(), v.map_or(String::new(), |v| v.to_string())]).collect(),
            figures: Some(Figures { labels: 1, years: false, series }),
            undrawable: String::new(),
        }
    }

    fn bars(values: &[Option<f64>], mirrored: bool) -> Vec<String> {
        let drawn = drawing(&table(values), Some("bars"), mirrored);
        let panel = drawn.get_attr("panels").and_then(|p| p.get_item(&Value::from(0))).expect("a panel");
        let bars = panel.get_attr("bars").expect("bars");
        let part = |bar: &Value, key: &str| bar.get_attr(key).expect("a map").to_string();
        bars.try_iter().expect("a list").map(|b| format!("{} {}", part(&b, "x"), part(&b, "width"))).collect()
    }

    #[test]
    fn bars_are_as_long_as_their_figures_and_mirrored() {
        assert_eq!(bars(&[Some(50.0), Some(100.0)], false), ["0.00% 50.00%", "0.00% 100.00%"]);
        assert_eq!(bars(&[Some(50.0), Some(100.0)], true), ["50.00% 50.00%", "0.00% 100.00%"]);
    }

    #[test]
    fn zeros_negatives_gaps_and_giants_have_a_place() {
        assert_eq!(bars(&[Some(-25.0), Some(75.0)], false), ["0.00% 25.00%", "25.00% 75.00%"]);
        assert_eq!(bars(&[Some(0.0)], false), ["0.00% 0.00%"]);
        assert_eq!(bars(&[None, Some(1.0)], false), [" ", "0.00% 100.00%"]);
        assert_eq!(bars(&[Some(f64::MAX), Some(-f64::MAX)], false), ["50.00% 50.00%", "0.00% 50.00%"]);
    }

    #[test]
    fn a_single_row_is_drawn_only_where_its_author_wants_it() {
        assert!(drawing(&table(&[Some(1.0)]), None, false).is_none());
        assert!(!drawing(&table(&[Some(1.0)]), Some("bars"), false).is_none());
        assert!(drawing(&table(&[Some(1.0), Some(2.0)]), Some("table"), false).is_none());
    }
}
