//! `cargo xtask screenshots`: the pictures of `docs/screenshots/`, taken by the browser tests that carry `@picture`.

use crate::sh::{Outcome, command, stream};
use crate::{build, project, setup, test};

pub(crate) fn run(_arguments: &[String]) -> Outcome {
    let toolchain = setup::for_build()?;
    let chromium = setup::for_browser()?;
    build::run_trunk(toolchain, build::PUBLISH, &[])?;
    let mut playwright = command(project::npm_program("playwright"));
    playwright.args(["test", "--config", "tests", "--grep", "@picture"]);
    playwright.env("CHROMIUM", chromium).env("PORT", test::free_port()?).env("STEPLADDER_SCREENSHOTS", "1");
    stream(&mut playwright)
}
