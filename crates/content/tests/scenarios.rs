//! Every scenario of every template holds.
#![allow(missing_docs, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::sync::Arc;

use stepladder_content::Template;
use stepladder_workflow::facts::payload::Payloads;
use stepladder_workflow::{Analysis, Env};

fn path(template: &Template) -> String {
    format!(".github/workflows/{}", template.header.file)
}

/// Every template and what it brings along, in one repository.
fn files(templates: &[Template]) -> BTreeMap<String, Arc<str>> {
    let own = templates.iter().map(|template| (path(template), template.text.as_str().into()));
    let brought = templates.iter().flat_map(|template| &template.header.files);
    own.chain(brought.map(|file| (file.path.clone(), file.text.as_str().into()))).collect()
}

#[test]
fn every_scenario_of_every_template_holds() {
    let templates = stepladder_content::all().unwrap();
    let files = files(&templates);
    let payloads = Arc::new(Payloads::embedded());
    let (mut count, mut wrong) = (0, Vec::new());
    for template in &templates {
        // Once as the page knows it at first, once with all tables: the answers agree.
        for payloads in [None, Some(payloads.clone())] {
            let env =
                Env { file_name: Some(path(template)), files: files.clone(), payloads, ..Env::default() };
            let analysis = Analysis::new(template.text.as_str(), &env);
            for scenario in &template.header.scenarios {
                count += 1;
                let judged = scenario.judge(&analysis, &env);
                let mut opposite = scenario.clone();
                opposite.expect.starts ^= true;
                if opposite.judge(&analysis, &env).problems.is_empty() {
                    wrong.push(format!(
                        "{}: {}\n  holds as well when the opposite is expected",
                        template.id, scenario.name
                    ));
                }
                if !judged.problems.is_empty() {
                    wrong.push(format!(
                        "{}: {}\n  {}",
                        template.id,
                        scenario.name,
                        judged.problems.join("\n  ")
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} scenarios fail:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 480, "only {count} scenarios were found");
}
