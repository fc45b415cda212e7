//! Containers: the one that a job runs in, and the services beside it.

use leptos::prelude::*;
use stepladder_workflow::edits;
use stepladder_yaml::edit::Value;

use super::controls::At;
use super::{fields, focus, health, list, read, source, write};
use crate::ui::button::button;
use crate::ui::icon::Icon;

/// A service that many jobs need, ready to be used.
struct Common {
    title: &'static str,
    /// Its id, which is its host name too.
    id: &'static str,
    image: &'static str,
    /// An environment variable that it does not start without.
    env: Option<(&'static str, &'static str)>,
    port: u16,
    /// The command that succeeds when it is ready.
    ready: &'static str,
}

const COMMON: [Common; 5] = [
    Common {
        title: "PostgreSQL",
        id: "postgres",
        image: "postgres:18",
        env: Some(("POSTGRES_PASSWORD", "postgres")),
        port: 5432,
        ready: "pg_isready",
    },
    Common {
        title: "MySQL",
        id: "mysql",
        image: "mysql:9",
        env: Some(("MYSQL_ROOT_PASSWORD", "mysql")),
        port: 3306,
        ready: "\"mysqladmin ping\"",
    },
    Common {
        title: "Redis",
        id: "redis",
        image: "redis:8",
        env: None,
        port: 6379,
        ready: "\"redis-cli ping\"",
    },
    Common {
        title: "MongoDB",
        id: "mongo",
        image: "mongo:8",
        env: None,
        port: 27017,
        ready: "\"mongosh --quiet --eval 1\"",
    },
    Common {
        title: "RabbitMQ",
        id: "rabbitmq",
        image: "rabbitmq:4",
        env: None,
        port: 5672,
        ready: "\"rabbitmq-diagnostics -q ping\"",
    },
];

impl Common {
    fn value(&self) -> Value {
        let text = |text: &str| Value::Str(text.to_owned());
        let mut value = vec![("image".to_owned(), text(self.image))];
        if let Some((name, password)) = self.env {
            value.push(("env".to_owned(), Value::Map(vec![(name.to_owned(), text(password))])));
        }
        let port = format!("{0}:{0}", self.port);
        value.push(("ports".to_owned(), Value::Seq(vec![text(&port)])));
        let options = "--health-interval 10s --health-timeout 5s --health-retries 5";
        value.push(("options".to_owned(), Value::Str(format!("--health-cmd {} {options}", self.ready))));
        Value::Map(value)
    }
}

/// The services of a job: common ones at one press, then those that there are.
pub(super) fn services(at: &At) -> AnyView {
    let Some((map, free)) = at.field.maps.first().and_then(|map| Some((*map, map.free?))) else {
        return source::yaml(at);
    };
    let here = at.path.clone();
    let taken = at.session.form.derive(move |analysis| {
        read::pairs(analysis, &here).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    });
    let presets: Vec<_> = COMMON
        .iter()
        .map(|common| {
            let at = at.clone();
            let add = move |_| {
                let path = at.path.child(common.id);
                let value = common.value();
                if write::act_here(at.session, |analysis| edits::set_field(analysis, &path, &value)) {
                    focus::on(format!("field-{}", path.child("image")));
                }
            };
            let there = move || taken.with(|taken| taken.iter().any(|id| id == common.id));
            view! {
                <button type="button" class="preset" disabled=there title=format!("Add {}", common.image) on:click=add>
                    {common.title}
                </button>
            }
        })
        .collect();
    view! {
        <div class="presets" role="group" aria-label="Common services">{presets}</div>
        <div class="services">{list::entries(at.session, &at.path, map, free)}</div>
    }
    .into_any()
}

/// More about a container than its image.
pub(super) fn container(at: &At) -> AnyView {
    let Some(map) = at.field.maps.first().copied() else { return source::yaml(at) };
    // A job does not wait for its own container.
    let is_service = map.named("entrypoint").is_some();
    let options = map.named("options").filter(|_| is_service);
    let check =
        options.map(|field| health::health(&At { path: at.path.child("options"), field, ..at.clone() }));
    view! {
        <div class="container-form">
            {fields::fields(at.session, &at.path, map, &[], &["image", "ports", "env"])}
            {check}
        </div>
    }
    .into_any()
}

/// The sign-in to the registry of the container's image: nothing, or a name and a password from a secret.
pub(super) fn credentials(at: &At) -> AnyView {
    let Some(map) = at.field.maps.first().copied() else { return source::yaml(at) };
    let here = at.path.clone();
    let there = at.session.form.derive(move |analysis| read::exists(analysis, &here));
    let owner = at.clone();
    let begin = move |_| {
        let image = owner.path.parent().unwrap_or_default().child("image");
        let image = owner.session.analysis.with_untracked(|analysis| read::shown(analysis, &image).text());
        let [name, password] = placeholders(&image).map(|text| Value::Str(text.to_owned()));
        let value = Value::Map(vec![("username".to_owned(), name), ("password".to_owned(), password)]);
        if write::set(owner.session, &owner.path, &value) {
            focus::on(format!("field-{}", owner.path.child("username")));
        }
    };
    let at = at.clone();
    let gone = at.path.clone();
    (move || {
        if !there.get() {
            return view! {
                <p class="field-note" id=at.id()>"Not needed for public images."</p>
                {button("button-small", Some(Icon::Key), "Sign in to a private registry", begin.clone())}
            }
            .into_any();
        }
        let gone = gone.clone();
        view! {
            <div class="nest-body" id=at.id()>
                {fields::fields(at.session, &at.path, map, &[], &["username", "password"])}
                {button("button-small button-quiet", Some(Icon::Trash), "Remove the sign-in", move |_| {
                    write::act_aloud(at.session, |analysis| edits::remove_field(analysis, &gone));
                })}
            </div>
        }
        .into_any()
    })
    .into_any()
}

/// The usual user name and password for the registry that holds `image`.
fn placeholders(image: &str) -> [&'static str; 2] {
    let host = image.split_once('/').map_or("", |(host, _)| host);
    match host {
        "ghcr.io" => ["${{ github.actor }}", "${{ secrets.GITHUB_TOKEN }}"],
        host if host.contains('.') || host.contains(':') => {
            ["${{ vars.REGISTRY_USERNAME }}", "${{ secrets.REGISTRY_PASSWORD }}"]
        }
        _ => ["${{ vars.DOCKERHUB_USERNAME }}", "${{ secrets.DOCKERHUB_TOKEN }}"],
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use stepladder_workflow::{Analysis, Env};
    use stepladder_yaml::path;

    #[test]
    fn a_common_service_has_no_finding() {
        let text = "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: make\n";
        for common in &COMMON {
            let place = path!["jobs", "a", "services", common.id];
            let edit =
                edits::set_field(&Analysis::new(text, &Env::default()), &place, &common.value()).unwrap();
            let after = Analysis::new(edit.edit.apply(text), &Env::default());
            let found: Vec<_> = after.findings().iter().map(|finding| &finding.message).collect();
            assert!(found.is_empty(), "{}: {found:?}", common.title);
        }
    }

    #[test]
    fn the_registry_tells_who_signs_in() {
        assert_eq!(placeholders("ghcr.io/o/i:1")[1], "${{ secrets.GITHUB_TOKEN }}");
        assert_eq!(placeholders("reg.example.com/i")[1], "${{ secrets.REGISTRY_PASSWORD }}");
        assert_eq!(placeholders("owner/image")[1], "${{ secrets.DOCKERHUB_TOKEN }}");
    }
}
