//! JavaScript made small: comments and spaces go, names inside functions get a letter, and what can be said shorter is. In: a classic script. Out: the
//! same program, or where it cannot be read. Names that other scripts can see stay.

use oxc::allocator::Allocator;
use oxc::codegen::{Codegen, CodegenOptions};
use oxc::minifier::{CompressOptions, Minifier, MinifierOptions};
use oxc::parser::Parser;
use oxc::span::SourceType;
use oxc_compat::EngineTargets;

/// The oldest language that the result may need beyond what its source needs: phones of officers are not new.
const OLDEST: &str = "es2015";

/// Why a script cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// What the reader of JavaScript says.
    pub message: String,
    /// Byte offset.
    pub at: usize,
}

/// The script as small as it goes, ended so that another can follow it in one file.
pub fn small(source: &str) -> Result<String, Unreadable> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, source, SourceType::cjs()).parse();
    if let Some(error) = parsed.errors.first() {
        let at = error.labels.iter().flatten().next().map_or(0, |label| label.offset());
        return Err(Unreadable { message: error.message.to_string(), at });
    }
    let target = EngineTargets::from_target(OLDEST).map_err(|message| Unreadable { message, at: 0 })?;
    let compress = Some(CompressOptions { target, ..CompressOptions::smallest() });
    let made = Minifier::new(MinifierOptions { compress, ..MinifierOptions::default() }).minify(&allocator, &mut parsed.program);
    let mut code = Codegen::new().with_options(CodegenOptions::minify()).with_scoping(made.scoping).build(&parsed.program).code;
    code.push_str(if code.ends_with(';') { "\n" } else { ";\n" });
    Ok(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_gets_shorter_and_keeps_what_others_see() {
        let source = "// One\n(function (root) {\n  'use strict';\n  function longer(value) { return value + 1; }\n  /** Two */\n  root.add = function (first) { return longer(first) * longer(2); };\n})(window);\nfunction seen(value) { return value; }\n";
        let made = small(source).expect("it is JavaScript");
        assert!(made.len() < source.len() * 2 / 3 && made.ends_with(";\n"), "{made}");
        assert!(made.contains(".add=") && made.contains("function seen("), "{made}");
        assert!(!made.contains("longer") && !made.contains("One"), "{made}");
    }

    #[test]
    fn nothing_newer_than_old_phones_know_comes_in() {
        let source = "var f = function (a, b) { if (a === null || a === undefined) { a = b; } return a && a.c; }; window.f = f;";
        let made = small(source).expect("it is JavaScript");
        assert!(!made.contains("??") && !made.contains("?."), "{made}");
    }

    #[test]
    fn what_is_no_javascript_is_told_with_its_place() {
        let source = "var a = 1;\nvar b = ;\n";
        assert_eq!(small(source).expect_err("it is none").at, source.find("= ;").expect("it stands there") + 2);
    }
}
