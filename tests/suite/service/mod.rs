//! The service, in process: what programs and people get for what they ask.

mod again;
mod api;
mod attacks;
mod description;
mod discovery;
mod edited;
mod errors;
mod exports;
mod library;
mod listing;
mod pages;
mod plans;
mod scanned;
mod slow;
mod themes;
mod trace;
