//! Any expression can be read, typed and worked out, and its mistakes lie within it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use stepladder_workflow::expr::{Expected, Scope, check, fold, parse, protocol, segments, used};

fuzz_target!(|source: &str| {
    let parsed = parse(source);
    for error in &parsed.errors {
        assert!(source.get(error.range.to_usize()).is_some(), "{}", error.message);
    }
    if let Some(ast) = &parsed.ast {
        let (_, errors) = check(ast, &Scope::everything(), Expected::Text);
        for error in errors {
            assert!(source.get(error.range.to_usize()).is_some(), "{}", error.message);
        }
        let _ = (used(ast), fold(ast));
    }
    let mut end = 0;
    for segment in segments(source) {
        let range = match segment {
            stepladder_workflow::expr::Segment::Text(range) => range,
            stepladder_workflow::expr::Segment::Expression { outer, .. }
            | stepladder_workflow::expr::Segment::Unclosed { outer, .. } => outer,
        };
        assert_eq!(range.start, end);
        end = range.end;
    }
    let quoted = source.replace('\\', "\\\\").replace('"', "\\\"").replace(|c: char| c.is_control(), " ");
    let _ = protocol(&format!("{{\"expr\": \"{quoted}\", \"contexts\": {{\"github\": {{\"ref\": \"x\"}}}}}}"));
});
