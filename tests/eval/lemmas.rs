//! How well the classes of words are those of a file of forms and lemmas: the program behind `tests/eval/lemmas`.
//! In: rows of a form and its lemma, and a corpus, as words with counts on standard input would be too slow to pass: files.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods, reason = "a command that reads files and prints")]

fn main() {}
