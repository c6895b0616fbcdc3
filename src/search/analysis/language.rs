//! What a word is: the `Language` that elasticlunr-rs indexes with. In: text. Out: folded words, then their stems.
//! English and Urdu share one analysis, so that `FIR درج` is found on a page of either; a language that has no stemmer here is
//! only folded. elasticlunr's own English pipeline is never used: its trimmer deletes every Urdu word (search.md 1.1).

use super::urdu;
use crate::text::fold::{fold, tokens};
use elasticlunr::pipeline::{FnWrapper, PipelineFn};
use elasticlunr::{Language, Pipeline, lang::English};

/// Longer words are cut here, in both runtimes: the index nests one object in another for each letter.
pub(in crate::search) const LONGEST_WORD: usize = 48;

/// Name of the stemmer for words in a-z. The browser registers a function of this name.
pub(in crate::search) const LATIN: &str = "stemmer-latin";

/// Name of the stemmer for words in Arabic letters. The browser registers a function of this name.
pub(in crate::search) const URDU: &str = "stemmer-ur";

/// The folded words of a text, in order.
pub(in crate::search) fn words(text: &str) -> Vec<String> {
    tokens(&fold(text)).map(|word| word.chars().take(LONGEST_WORD).collect()).collect()
}

/// The analysis for pages in one language.
pub(in crate::search) struct Analysis {
    code: String,
}

impl Analysis {
    /// Takes a language code as `content/site.yaml` has it.
    pub(in crate::search) fn new(code: &str) -> Self {
        Self { code: code.to_owned() }
    }

    fn stems(&self) -> bool {
        matches!(self.code.split('-').next(), Some("en" | "ur"))
    }
}

impl Language for Analysis {
    fn name(&self) -> String {
        match self.code.as_str() {
            "en" => "English".to_owned(),
            "ur" => "Urdu".to_owned(),
            other => other.to_owned(),
        }
    }

    fn code(&self) -> String {
        self.code.clone()
    }

    fn tokenize(&self, text: &str) -> Vec<String> {
        words(text)
    }

    fn make_pipeline(&self) -> Pipeline {
        let mut queue: Vec<Box<dyn PipelineFn>> = Vec::new();
        if self.stems() {
            queue.push(Box::new(Latin::new()));
            queue.push(Box::new(FnWrapper(URDU.to_owned(), |word| Some(urdu::stem(&word)))));
        }
        Pipeline { queue }
    }
}

/// elasticlunr's Porter stemmer, for words of nothing but a-z: on others the Rust and the JavaScript stemmer count differently.
struct Latin {
    porter: Option<Box<dyn PipelineFn>>,
}

impl Latin {
    fn new() -> Self {
        Self { porter: English::new().make_pipeline().queue.pop() }
    }
}

impl PipelineFn for Latin {
    fn name(&self) -> String {
        LATIN.to_owned()
    }

    fn filter(&self, word: String) -> Option<String> {
        match &self.porter {
            Some(porter) if word.bytes().all(|b| b.is_ascii_lowercase()) => porter.filter(word),
            _ => Some(word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(code: &str, text: &str) -> Vec<String> {
        let language = Analysis::new(code);
        language.make_pipeline().run(language.tokenize(text))
    }

    #[test]
    fn both_scripts_in_both_languages() {
        for code in ["en", "ur"] {
            assert_eq!(stems(code, "FIR درج: the Kilns’ ۲۰۱۸ 371-A مزدوروں"), ["fir", "درج", "the", "kiln", "2018", "371", "a", "مزدور"]);
        }
    }

    #[test]
    fn stop_words_stay() {
        assert_eq!(stems("en", "who is in it"), ["who", "is", "in", "it"]);
        assert_eq!(stems("ur", "کس کے لیے"), ["کس", "کے", "لی"]);
    }

    #[test]
    fn the_stemmer_is_porters() {
        let queue = English::new().make_pipeline().queue;
        assert_eq!(queue.last().map(|f| f.name()), Some("stemmer".to_owned()));
    }

    #[test]
    fn other_languages_are_folded_and_no_more() {
        assert_eq!(stems("fr", "Les Enfants"), ["les", "enfants"]);
        assert_eq!(stems("ar", "أطفال"), ["اطفال"]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(stems("ur", &"پ".repeat(5000)), ["پ".repeat(48)]);
    }
}
