//! The analysis as elasticlunr-rs takes it, for the index that other programs load. In: text. Out: folded words, then their stems.
//! English and Urdu share one analysis, so that `FIR درج` is found on a page of either; a language that has no stemmer here is
//! only folded. elasticlunr's own English pipeline is never used: its trimmer deletes every Urdu word.

use super::{stem, words};
use elasticlunr::pipeline::FnWrapper;
use elasticlunr::{Language, Pipeline};

/// Name of the stemmer. A program that loads the index registers a function of this name: `rahnuma.analysis.stem`.
const STEMMER: &str = "stemmer-rahnuma";

/// The analysis for pages in one language.
pub(in crate::search) struct Analysis {
    code: String,
}

impl Analysis {
    /// Takes a language code as `content/site.yaml` has it.
    pub(in crate::search) fn new(code: &str) -> Self {
        Self { code: code.to_owned() }
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
        words(text).iter().map(|word| word.form.to_owned()).collect()
    }

    fn make_pipeline(&self) -> Pipeline {
        let stemmer = FnWrapper(STEMMER.to_owned(), |word| Some(stem(&word).into_owned()));
        let stems = matches!(self.code.split('-').next(), Some("en" | "ur"));
        Pipeline { queue: if stems { vec![Box::new(stemmer)] } else { Vec::new() } }
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
            assert_eq!(
                stems(code, "FIR درج: the Kilns’ ۲۰۱۸ 371-A مزدوروں"),
                ["fir", "درج", "the", "kiln", "2018", "371a", "371", "مزدور"]
            );
        }
    }

    #[test]
    fn stop_words_stay() {
        assert_eq!(stems("en", "who is in it"), ["who", "is", "in", "it"]);
        assert_eq!(stems("ur", "کس کے لیے"), ["کس", "کے", "لی"]);
    }

    #[test]
    fn other_languages_are_folded_and_no_more() {
        assert_eq!(stems("fr", "Les Enfants"), ["les", "enfants"]);
        assert_eq!(stems("ar", "أطفال"), ["اطفال"]);
    }
}
