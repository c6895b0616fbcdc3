//! Rows of tables as they are written. In: the source of one row. Out: how many cells it has. CommonMark's tables drop what is over the head
//! without a word, and a bar inside a link or code divides a cell too; only the source still shows it.

/// Cells of a row: the bars at its ends are its frame, every other one that no backslash stands before divides.
pub(super) fn cells(row: &str) -> usize {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut escaped = false;
    let mut bars: Vec<usize> = Vec::new();
    for (at, c) in row.char_indices() {
        if c == '|' && !escaped {
            bars.push(at);
        }
        escaped = c == '\\' && !escaped;
    }
    let closes = bars.last().is_some_and(|at| row[at + 1..].trim().is_empty());
    bars.len() + usize::from(!closes)
}

#[cfg(test)]
mod tests {
    use super::cells;

    #[test]
    fn bars_divide_unless_they_frame_or_are_escaped() {
        assert_eq!(cells("| a | b |"), 2);
        assert_eq!(cells("a | b"), 2);
        assert_eq!(cells("| a | |"), 2);
        assert_eq!(cells(r"| [[a\|b]] | c |"), 2);
        assert_eq!(cells("| [[a|b]] | c |"), 3);
        assert_eq!(cells("| a |"), 1);
        assert_eq!(cells(""), 1);
    }
}
