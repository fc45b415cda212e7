//! Adds a time at which the workflow starts.

use stepladder_yaml::path;

use super::draft::Draft;
use super::{Edit, Refusal, Value, add_trigger};
use crate::Analysis;

/// Adds a time to `on.schedule`, which is written when it is missing. `timezone`, when given, is an IANA name.
///
/// # Errors
/// When `on` or its schedule comes from an alias.
pub fn add_schedule(a: &Analysis, cron: &str, timezone: Option<&str>) -> Result<Edit, Refusal> {
    let mut draft = Draft::new(&a.tree);
    let place = path!["on", "schedule"];
    let mut time = vec![("cron".to_owned(), Value::Str(cron.into()))];
    time.extend(timezone.map(|zone| ("timezone".to_owned(), Value::Str(zone.into()))));
    let time = Value::Map(time);
    let known = draft.tree().at(&place).map_or(0, |node| node.len());
    if known == 0 {
        if !add_trigger::events(draft.tree()).iter().any(|event| event == "schedule") {
            add_trigger::add(&mut draft, "schedule")?;
        }
        draft.set(&place, &Value::Seq(vec![time]))?;
    } else {
        draft.insert_item(&place, known, &time)?;
    }
    draft.finish(format!("add schedule {cron}"), Some(place.child(known)))
}
