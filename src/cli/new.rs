//! `rahnuma new`.
use super::args::New;
use super::{End, Failure};
pub(super) fn run(_: &New) -> Result<End, Failure> {
    Err(Failure("not yet".into()))
}
