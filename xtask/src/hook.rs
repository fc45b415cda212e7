//! What Trunk calls before and after it builds, see `Trunk.toml`.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::sh::{Outcome, command, run_quietly, stream};
use crate::{project, split, tools};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    match arguments.first().map(String::as_str) {
        Some("pre-build") => pre_build(),
        Some("post-build") => post_build(),
        _ => Err("say `pre-build` or `post-build`.".to_owned()),
    }
}

/// Makes the files that Trunk copies: the style sheet, Monaco, and the content that is loaded on demand.
fn pre_build() -> Outcome {
    tools::ensure_npm()?;
    tools::ensure_monaco()?;
    // Trunk's offline mode, which keeps it from downloading tools, is also handed to Cargo.
    run_quietly(command("cargo").arg("fetch"))?;
    bundle_styles()?;
    export_content()
}

/// One file from `style/*.css`: tokens.css and base.css first, since all others build on them.
fn bundle_styles() -> Outcome {
    let folder = project::root().join("style");
    let mut sheets: Vec<PathBuf> = project::files_below(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "css"))
        .collect();
    sheets.sort_by_key(|path| match path.file_name().and_then(|name| name.to_str()) {
        Some("tokens.css") => 0,
        Some("base.css") => 1,
        _ => 2,
    });
    let imports: String =
        sheets.iter().map(|path| format!("@import {:?};\n", path.display().to_string())).collect();
    let made = project::root().join("target/page");
    project::write(&made.join("all.css"), &imports)?;
    run_quietly(
        command(project::npm_program("esbuild"))
            .arg(made.join("all.css"))
            .args(["--bundle", "--minify", "--log-level=warning", "--external:*.svg", "--external:*.woff2"])
            .arg(format!("--outfile={}", made.join("style.css").display())),
    )
}

/// Templates and lessons, and the tables that are too large for the first download.
fn export_content() -> Outcome {
    let folder = project::root().join("public/content");
    project::make_folder(&folder)?;
    let data = project::root().join("crates/workflow/data");
    for file in
        project::files_below(&data).iter().filter(|path| path.extension().is_some_and(|e| e == "json"))
    {
        copy_if_different(file, &folder.join(file.file_name().unwrap_or_default()))?;
    }
    // The page's toolchain may be another one than the person's own, which has built these crates for the tests.
    stream(
        command("cargo")
            .env_remove("RUSTUP_TOOLCHAIN")
            .args(["run", "--quiet", "--package", "stepladder-content", "--bin", "export-content", "--"])
            .arg(&folder),
    )
}

fn copy_if_different(from: &Path, to: &Path) -> Outcome {
    let same = std::fs::read(from).ok() == std::fs::read(to).ok();
    if same { Ok(()) } else { project::write(to, &project::read(from)?) }
}

/// Makes what Trunk has built fit for the page's Content-Security-Policy and, for publishing, small.
fn post_build() -> Outcome {
    let variable = |name: &str| {
        std::env::var(name)
            .map_err(|_| format!("{name} is not set: this is called by Trunk, run `trunk build` instead."))
    };
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    move_scripts_out(&staging, &variable("TRUNK_PUBLIC_URL")?)?;
    if variable("TRUNK_PROFILE")? == "release" {
        split::split(&staging)?;
        let monaco = staging.join("monaco");
        for file in project::files_below(&staging).iter().filter(|path| !path.starts_with(&monaco)) {
            match file.extension().and_then(|extension| extension.to_str()) {
                Some("wasm") => optimize(file)?,
                Some("js") => minify(file)?,
                _ => {}
            }
        }
    }
    Ok(())
}

/// Trunk writes scripts into the page; the policy allows only scripts in files.
fn move_scripts_out(staging: &Path, public_url: &str) -> Outcome {
    let index = staging.join("index.html");
    let mut html = project::read(&index)?;
    if let Ok(github) = std::env::var("STEPLADDER_GITHUB") {
        html = allow_connections(&html, &github)?;
    }
    let mut from = 0;
    while let Some((script, body)) = inline_script(&html, from) {
        // What Trunk's server would put into the script that reloads the page, had it stayed in the page.
        let code = html[body.clone()]
            .replace("'{{__TRUNK_ADDRESS__}}'", "window.location.host")
            .replace("'{{__TRUNK_WS_BASE__}}'", "new URL('.', window.location.href).pathname");
        let mut hasher = DefaultHasher::new();
        code.hash(&mut hasher);
        let name = format!("start-{:016x}.js", hasher.finish());
        project::write(&staging.join(&name), &code)?;
        let tag = html[script.start..body.start].trim_end_matches('>').to_owned();
        let moved = format!("{tag} src=\"{public_url}{name}\"></script>");
        from = script.start + moved.len();
        html.replace_range(script, &moved);
    }
    project::write(&index, &html)
}

/// Lets the page connect to a GitHub of one's own, besides the one that its policy names.
fn allow_connections(html: &str, github: &str) -> Outcome<String> {
    let host = github.strip_prefix("https://").map(|host| host.trim_end_matches('/')).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if host.is_empty() || !host.chars().all(fits) {
        return Err(format!("STEPLADDER_GITHUB is {github:?}: write it like https://github.example.com."));
    }
    // Those in GitHub's cloud have their API on a host of its own.
    let api = if host.ends_with(".ghe.com") { format!("api.{host}") } else { host.to_owned() };
    let named = "connect-src 'self' https://api.github.com";
    if !html.contains(named) {
        return Err(format!("index.html has no policy with “{named}”."));
    }
    Ok(html.replace(named, &format!("{named} https://{api}")))
}

/// The next script without a `src`, at or after `from`: the bytes of the element and of its text.
fn inline_script(html: &str, from: usize) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let mut at = from;
    loop {
        let start = at + html.get(at..)?.find("<script")?;
        let body = start + html[start..].find('>')? + 1;
        let end = body + html[body..].find("</script>")?;
        if !html[start..body].contains(" src=") {
            return Some((start..end + "</script>".len(), body..end));
        }
        at = end;
    }
}

fn minify(script: &Path) -> Outcome {
    let mut esbuild = command(project::npm_program("esbuild"));
    esbuild.arg(script).args([
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--log-level=warning",
        "--allow-overwrite",
    ]);
    run_quietly(esbuild.arg(format!("--outfile={}", script.display())))
}

fn optimize(wasm: &Path) -> Outcome {
    // The features are those that rustc's wasm32-unknown-unknown switches on itself.
    let features = [
        "--enable-bulk-memory",
        "--enable-bulk-memory-opt",
        "--enable-call-indirect-overlong",
        "--enable-multivalue",
        "--enable-mutable-globals",
        "--enable-nontrapping-float-to-int",
        "--enable-reference-types",
        "--enable-sign-ext",
        "--strip-debug",
        "--strip-producers",
    ];
    run_quietly(
        command(project::npm_program("wasm-opt")).arg("-Oz").args(features).arg(wasm).arg("-o").arg(wasm),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_github_of_ones_own_is_added_to_the_policy() {
        let html = "content=\"connect-src 'self' https://api.github.com; img-src 'self'\"";
        let allowed = allow_connections(html, "https://ghe.example.com/").expect("it is an address");
        assert!(allowed.contains("https://api.github.com https://ghe.example.com; "), "{allowed}");
        assert!(
            allow_connections(html, "https://octo.ghe.com")
                .is_ok_and(|html| html.contains("https://api.octo.ghe.com;"))
        );
        for wrong in ["ghe.example.com", "http://ghe.example.com", "https://a;script-src *", "https://"] {
            assert!(allow_connections(html, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn inline_scripts_are_found_and_others_are_left() {
        let html = "<script src=a.js></script><script type=\"module\">import a;</script><script src=\"b.js\"></script>";
        let (script, body) = inline_script(html, 0).expect("there is one");
        assert_eq!(&html[body], "import a;");
        assert!(html[script.clone()].ends_with("</script>"));
        assert_eq!(inline_script(html, script.end), None);
    }
}
