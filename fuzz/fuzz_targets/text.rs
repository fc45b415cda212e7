//! Any text has an analysis, whose ranges fit it; an editor may ask anywhere; fixes leave a text that can be read.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::{Analysis, Env, ide};

static ENV: LazyLock<Env> = LazyLock::new(|| Env {
    catalogue: Some(Arc::new(Catalogue::embedded())),
    payloads: Some(Arc::new(Payloads::embedded())),
    ..Env::default()
});

fuzz_target!(|text: &str| {
    let analysis = Analysis::new(text, &ENV);
    for finding in analysis.findings() {
        assert!(text.get(finding.range.to_usize()).is_some(), "{} does not fit", finding.rule);
    }
    // Every one would take a time that grows with the square of the text.
    for fix in analysis.findings().iter().filter_map(|finding| finding.fix.as_ref()).take(4) {
        let _ = Analysis::new(fix.edit.apply(text).as_str(), &ENV);
    }
    let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
    for offset in (0..=length).step_by(text.len() / 8 + 1) {
        let _ = ide::complete(&analysis, &ENV, offset);
        let _ = ide::hover(&analysis, &ENV, offset, None);
        let _ = ide::definition(&analysis, offset);
    }
    let _ = (ide::outline(&analysis), analysis.names(), analysis.requirements());
});
