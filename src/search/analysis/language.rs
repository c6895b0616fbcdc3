//! The analysis as elasticlunr-rs takes it: the `Language` of the export. In: text. Out: the words of `words`, then their stems.
//! English and Urdu share one analysis, so that `FIR درج` is found on a page of either. elasticlunr's own English pipeline is never used: its
//! trimmer deletes every Urdu word.

use super::{stem, words};
use elasticlunr::pipeline::FnWrapper;
use elasticlunr::{Language, Pipeline};

/// Name of the stemmer in the index. Who loads the index with elasticlunr.js registers a function of this name.
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
        words(text).iter().filter(|word| !word.part).map(|word| word.form.to_owned()).collect()
    }

    fn make_pipeline(&self) -> Pipeline {
        Pipeline { queue: vec![Box::new(FnWrapper(STEMMER.to_owned(), |word| Some(stem(&word).into_owned())))] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_in_both_languages() {
        for code in ["en", "ur"] {
            let language = Analysis::new(code);
            let stems = language.make_pipeline().run(language.tokenize("FIR درج: the Kilns’ ۲۰۱۸ 371-A مزدوروں"));
            assert_eq!(stems, ["fir", "درج", "the", "kiln", "2018", "371a", &*stem("مزدور")]);
        }
    }
}
