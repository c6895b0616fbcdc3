//! How long a text is, for its reading time.

/// How many words `split_whitespace` gives. Decoding every Urdu letter would cost more than all other work on it.
pub(super) fn count(text: &str) -> u32 {
    let bytes = text.as_bytes();
    // The lead bytes of the other white space: with one of them the slow way is taken.
    if memchr::memchr3(0xC2, 0xE1, 0xE2, bytes).is_some() || memchr::memchr(0xE3, bytes).is_some() {
        return text.split_whitespace().count() as u32;
    }
    let space = |byte: u8| (byte == b' ') | (byte.wrapping_sub(b'\t') < 5);
    let Some((last, before)) = bytes.split_last() else { return 0 };
    // Sums of bytes over short stretches are what the compiler turns into wide steps.
    let ends = |(a, b): (&[u8], &[u8])| u32::from(a.iter().zip(b).map(|(a, b)| u8::from(!space(*a) & space(*b))).sum::<u8>());
    before.chunks(128).zip(bytes[1..].chunks(128)).map(ends).sum::<u32>() + u32::from(!space(*last))
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn words_are_what_white_space_leaves() {
        for text in
            ["", "a", " a b ", "یہ\u{a0}ایک\u{2003}لفظ\u{3000}ہے", "\u{2003}\u{2003}", "a\u{85}b\tc\u{1680}d\u{200c}e", "ہے — “نہیں”"]
        {
            assert_eq!(count(text) as usize, text.split_whitespace().count(), "{text:?}");
        }
    }
}
