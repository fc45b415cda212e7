//! The Stepladder web page.

mod app;
mod bench;
mod commands;
mod facts;
mod files;
mod github;
mod monaco;
mod panes;
mod session;
mod shell;
mod storage;
mod ui;
mod views;

fn main() {
    bench::install();
    leptos::mount::mount_to_body(app::app);
}
