//! The Stepladder web page.

mod app;
mod bench;
mod commands;
mod drafts;
mod facts;
mod files;
mod github;
mod model;
mod monaco;
mod panes;
mod session;
mod share;
mod shell;
mod storage;
mod ui;
mod views;

fn main() {
    // Not in the task that has just started the program.
    leptos::prelude::set_timeout(|| leptos::mount::mount_to_body(app::app), std::time::Duration::ZERO);
}
