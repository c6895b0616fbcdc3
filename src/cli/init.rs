//! `rahnuma init`: a new bilingual site.
use super::args::Init;
use super::{End, Failure};
pub(super) fn run(_: &Init) -> Result<End, Failure> {
    Err(Failure("not yet".into()))
}
