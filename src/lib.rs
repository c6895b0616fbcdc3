#![doc = include_str!("ARCHITECTURE.md")]

pub mod bundle;
pub mod cli;
pub mod diag;
pub mod model;
pub mod parse;
pub mod path;
pub mod pipeline;
pub mod render;
pub mod resolve;
pub mod search;
pub mod serve;
pub mod source;
pub mod text;
pub mod watch;
pub mod write;
