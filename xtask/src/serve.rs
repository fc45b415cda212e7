//! `cargo xtask serve`: builds the page, serves it, and builds again whenever a source changes.

use crate::sh::Outcome;
use crate::{build, setup};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let toolchain = setup::for_build()?;
    let value_of =
        |name: &str| arguments.windows(2).find(|pair| pair[0] == name).map(|pair| pair[1].as_str());
    let port = value_of("--port").unwrap_or("8080");
    println!("\nStepladder will be at http://127.0.0.1:{port}/ as soon as it is built; Ctrl-C ends it.\n");
    build::run_trunk(toolchain, &["serve"], arguments)
}
