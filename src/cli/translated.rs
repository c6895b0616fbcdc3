//! `rahnuma translated`.
use super::args::Translated;
use super::{End, Failure};
pub(super) fn run(_: &Translated) -> Result<End, Failure> {
    Err(Failure("not yet".into()))
}
