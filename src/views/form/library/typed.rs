//! What a person types or pastes into the library: the name of an action in any of the ways in which people have it.

use stepladder_workflow::Env;
use stepladder_workflow::facts::actions::Catalogue;
use stepladder_workflow::ide::declared;
use stepladder_workflow::model::Uses;

/// What was typed, by its meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// What stands behind `uses`, as it is.
    Uses(String),
    /// A published action without its version: `owner/name`.
    Newest(String),
    /// Words to look for.
    Words(String),
    /// Nothing that a step can use, and why.
    Wrong(String),
}

impl Typed {
    /// Reads it; `web` is the address of the GitHub that is asked.
    pub(super) fn new(text: &str, web: &str, catalogue: Option<&Catalogue>) -> Self {
        let text = line(text);
        match address(text, web) {
            Some(path) => linked(path, catalogue),
            None => named(text),
        }
    }

    /// What to look for in the catalogue.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Uses(text) if !matches!(Uses::new(text), Uses::Remote { .. }) => "",
            Self::Uses(text) | Self::Newest(text) | Self::Words(text) => text,
            Self::Wrong(_) => "",
        }
    }
}

/// The text without what stands around it where it was copied: `- uses: 'octo/tool@v1' # v1.2`.
fn line(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix("- ").unwrap_or(text).trim_start();
    let Some(value) = text.strip_prefix("uses:") else { return text };
    let value = value.split(" #").next().unwrap_or_default().trim();
    value.trim_matches(['"', '\''])
}

/// What a link to GitHub names behind its host.
fn address<'t>(text: &'t str, web: &str) -> Option<&'t str> {
    if let Some(path) = text.strip_prefix("git@github.com:") {
        return Some(path);
    }
    let bare = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let path = bare.unwrap_or(text);
    let host = web.trim_start_matches("https://");
    let path = path.strip_prefix("www.").unwrap_or(path);
    let inside = ["github.com", host].iter().find_map(|host| path.strip_prefix(host)?.strip_prefix('/'));
    // Another address names no action either.
    let inside = inside.or(bare.map(|_| ""))?;
    Some(inside.split(['?', '#']).next().unwrap_or_default().trim_matches('/'))
}

/// What a link means by what stands behind the host.
fn linked(path: &str, catalogue: Option<&Catalogue>) -> Typed {
    let parts: Vec<&str> = path.split('/').collect();
    if let ["marketplace", "actions", title, ..] = parts.as_slice() {
        return marketplace(title, catalogue);
    }
    let ([owner, repo] | [owner, repo, ..]) = parts.as_slice() else {
        return Typed::Wrong(
            "This link leads to no repository on GitHub. Paste the address of the action's repository, or type its owner/name."
                .to_owned(),
        );
    };
    let slug = format!("{owner}/{}", repo.strip_suffix(".git").unwrap_or(repo));
    let named = match &parts[2..] {
        ["tree" | "blob", git_ref, inside @ ..] => {
            let folder: Vec<&str> = inside
                .iter()
                .copied()
                .filter(|part| !matches!(*part, "action.yml" | "action.yaml"))
                .collect();
            let slug = [&[slug.as_str()], folder.as_slice()].concat().join("/");
            named(&format!("{slug}@{git_ref}"))
        }
        ["releases", "tag", tag, ..] => named(&format!("{slug}@{tag}")),
        _ => named(&slug),
    };
    match named {
        Typed::Words(_) => Typed::Wrong(format!("“{path}” is not the name of a repository on GitHub.")),
        named => named,
    }
}

/// The action of a page of the marketplace, whose address has the title of the action in it.
fn marketplace(title: &str, catalogue: Option<&Catalogue>) -> Typed {
    let flat = |text: &str| text.to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-");
    let fits = |slug: &str, own: &str| {
        flat(own) == title || slug.split_once('/').is_some_and(|(_, name)| flat(name) == title)
    };
    let found = catalogue.and_then(|catalogue| {
        let mut all = catalogue.search("").into_iter();
        all.find(|action| fits(&action.slug, &action.title))
    });
    found.map_or_else(
        || {
            Typed::Wrong(
                "The address of a page of the marketplace does not say whose action it is. Open the page, and paste the address of the repository that it links to."
                    .to_owned(),
            )
        },
        |action| Typed::Newest(action.slug.clone()),
    )
}

/// What a name means.
fn named(text: &str) -> Typed {
    let words = || Typed::Words(text.to_owned());
    if text.contains(char::is_whitespace) {
        return words();
    }
    if let Some(image) = text.strip_prefix("docker://") {
        return match image {
            "" => Typed::Wrong("Write the image behind it, such as docker://alpine:3.".to_owned()),
            _ => Typed::Uses(text.to_owned()),
        };
    }
    if text == "." || text.starts_with("./") || text.starts_with(".github/") {
        return local(text);
    }
    let (slug, git_ref) = super::split(text);
    let is_name = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    if !slug.contains('/') || !slug.split('/').all(is_name) || slug.starts_with('.') {
        return words();
    }
    if slug.contains("/.github/workflows/") {
        return Typed::Wrong(
            "This is a workflow: a job calls it as a whole, a step cannot. “Calls a workflow” in the form of a job is for that."
                .to_owned(),
        );
    }
    if git_ref.is_empty() { Typed::Newest(slug.to_owned()) } else { Typed::Uses(text.to_owned()) }
}

/// An action of the repository itself, by its folder.
fn local(text: &str) -> Typed {
    let path = if text.starts_with("./") || text == "." { text.to_owned() } else { format!("./{text}") };
    let folder = ["/action.yml", "/action.yaml"].iter().find_map(|file| path.strip_suffix(file));
    let path = folder.unwrap_or(&path).trim_end_matches('/');
    let (folder, version) = super::split(path);
    if !version.is_empty() {
        return Typed::Wrong(format!(
            "An action of your own repository is taken as it was checked out, so it has no version: type {folder}."
        ));
    }
    if path.ends_with(".yml") || path.ends_with(".yaml") {
        return Typed::Wrong(
            "A step uses the folder of an action, in which its action.yml lies; a workflow is called by a job.".to_owned(),
        );
    }
    Typed::Uses(if path == "." { "./".to_owned() } else { path.to_owned() })
}

/// The actions among the open files of the repository, as a step uses them.
pub(super) fn own(env: &Env) -> Vec<String> {
    let folder = |path: &String| {
        let folder = ["action.yml", "action.yaml"].iter().find_map(|name| path.strip_suffix(name))?;
        (folder.is_empty() || folder.ends_with('/')).then(|| format!("./{}", folder.trim_end_matches('/')))
    };
    let all = env.files.keys().filter(|path| Some(*path) != env.file_name.as_ref()).filter_map(folder);
    all.filter(|uses| declared(env, uses).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Typed {
        Typed::new(
            text,
            "https://ghe.example.com",
            Catalogue::from_json(include_str!("../../../../crates/workflow/data/actions.json")).ok().as_ref(),
        )
    }

    #[test]
    fn a_name_is_taken_however_it_is_written() {
        let uses = |text: &str| Typed::Uses(text.to_owned());
        let newest = |text: &str| Typed::Newest(text.to_owned());
        for (text, meant) in [
            ("octo/tool@v2", uses("octo/tool@v2")),
            ("octo/tool", newest("octo/tool")),
            ("octo/tool@", newest("octo/tool")),
            ("octo/tools/sub@main", uses("octo/tools/sub@main")),
            ("- uses: 'octo/tool@v2' # the tool", uses("octo/tool@v2")),
            ("./.github/actions/x", uses("./.github/actions/x")),
            ("./.github/actions/x/action.yml", uses("./.github/actions/x")),
            (".github/actions/x", uses("./.github/actions/x")),
            ("./", uses("./")),
            ("docker://alpine:3", uses("docker://alpine:3")),
            ("https://github.com/octo/tool", newest("octo/tool")),
            ("github.com/octo/tool/", newest("octo/tool")),
            ("https://ghe.example.com/octo/tool.git", newest("octo/tool")),
            ("git@github.com:octo/tool.git", newest("octo/tool")),
            ("https://github.com/octo/tool/tree/v2", uses("octo/tool@v2")),
            ("https://github.com/octo/tool/blob/main/sub/action.yml#L3", uses("octo/tool/sub@main")),
            ("https://github.com/octo/tool/releases/tag/v2.1", uses("octo/tool@v2.1")),
            ("https://github.com/octo/tool/issues?q=1", newest("octo/tool")),
            ("https://github.com/marketplace/actions/checkout", newest("actions/checkout")),
            ("https://github.com/marketplace/actions/setup-python", newest("actions/setup-python")),
        ] {
            assert_eq!(typed(text), meant, "{text}");
        }
    }

    #[test]
    fn words_are_words_and_what_cannot_be_is_told() {
        for text in ["octo", "octo/", "cache / restore", "", "/a/b", "octo/tool@v2 x"] {
            assert_eq!(typed(text), Typed::Words(text.to_owned()), "{text}");
        }
        for text in [
            "https://example.com/a/b",
            "https://github.com/octo",
            "https://github.com/marketplace/actions/nobody-knows-this-one",
            "./x@v1",
            "./.github/workflows/ci.yml",
            "octo/tool/.github/workflows/ci.yml@v1",
            "docker://",
        ] {
            assert!(matches!(typed(text), Typed::Wrong(_)), "{text}: {:?}", typed(text));
        }
    }
}
