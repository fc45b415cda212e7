//! Times of other places: the browser knows every zone and when its clocks change.

use js_sys::{Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// The zone of this browser, such as `Europe/Berlin`.
pub(crate) fn own() -> String {
    let format = Intl::DateTimeFormat::new(&js_sys::Array::new(), &Object::new());
    let zone = Reflect::get(&format.resolved_options(), &"timeZone".into()).ok();
    zone.and_then(|zone| zone.as_string()).unwrap_or_else(|| "UTC".to_owned())
}

/// All zones that this browser knows, in the order of their names; none in one that cannot tell.
pub(crate) fn all() -> Vec<String> {
    let Ok(intl) = Reflect::get(&js_sys::global(), &"Intl".into()) else { return Vec::new() };
    let names = Reflect::get(&intl, &"supportedValuesOf".into())
        .ok()
        .and_then(|method| wasm_bindgen::JsCast::dyn_into::<js_sys::Function>(method).ok())
        .and_then(|method| method.call1(&intl, &"timeZone".into()).ok());
    let names = names.map(|names| js_sys::Array::from(&names)).unwrap_or_default();
    names.iter().filter_map(|name| name.as_string()).collect()
}

/// How many minutes the clocks of `zone` are ahead of UTC at `minutes` since 1970-01-01 00:00 UTC; `None`: there is no
/// such zone.
pub(crate) fn offset(zone: &str, minutes: i64) -> Option<i64> {
    if zone == "UTC" {
        return Some(0);
    }
    let there = shown(zone, minutes)?;
    Some(there.to_minutes() - minutes)
}

/// What the clocks of `zone` show at `minutes` since 1970-01-01 00:00 UTC.
pub(crate) fn shown(zone: &str, minutes: i64) -> Option<stepladder_workflow::cron::Civil> {
    let options = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&options, &name.into(), &value).ok();
    set("timeZone", zone.into())?;
    set("hourCycle", "h23".into())?;
    for part in ["year", "month", "day", "hour", "minute"] {
        set(part, "numeric".into())?;
    }
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of our time are far below 2^53")]
    let date = Date::new(&JsValue::from_f64(minutes as f64 * 60_000.0));
    // A zone that the browser does not know is an exception there.
    let text = catch(&date, &options)?;
    let numbers: Vec<i32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .filter_map(|part| part.parse().ok())
        .collect();
    let [month, day, year, hour, minute] = numbers[..] else { return None };
    let small = |number: i32| u8::try_from(number).ok();
    Some(stepladder_workflow::cron::Civil {
        year,
        month: small(month)?,
        day: small(day)?,
        hour: small(hour)?,
        minute: small(minute)?,
    })
}

fn catch(date: &Date, options: &Object) -> Option<String> {
    let method = Reflect::get(date, &"toLocaleString".into()).ok()?;
    let method: js_sys::Function = wasm_bindgen::JsCast::dyn_into(method).ok()?;
    method.call2(date, &"en-US".into(), options).ok()?.as_string()
}
