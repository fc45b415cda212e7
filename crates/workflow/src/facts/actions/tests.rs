#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn every_row_is_whole() {
    let catalogue = Catalogue::embedded();
    assert!(catalogue.actions().len() > 190);
    let mut described = 0;
    for action in catalogue.actions() {
        assert_eq!(catalogue.action(&action.slug.to_uppercase()).map(|a| &a.slug), Some(&action.slug));
        assert!(!action.title.is_empty() && action.slug.contains('/'), "{}", action.slug);
        assert!(action.category.is_empty() || Catalogue::CATEGORIES.contains(&action.category.as_str()));
        assert_eq!(action.doc.is_empty(), action.category.is_empty(), "{}", action.slug);
        assert!(action.doc.is_empty() || action.doc.ends_with('.'), "{}", action.slug);
        described += usize::from(!action.doc.is_empty());
        if let Some(release) = &action.latest {
            assert!(is_sha(&release.sha), "{}", action.slug);
            assert!(release.major_sha.as_ref().is_none_or(|sha| is_sha(sha)));
        }
        for version in &action.versions {
            let mut names: Vec<_> = version.inputs.iter().map(|input| input.name.to_lowercase()).collect();
            names.sort();
            names.dedup();
            assert_eq!(names.len(), version.inputs.len(), "{}@{}", action.slug, version.name);
        }
    }
    assert!(described >= 80);
    for category in Catalogue::CATEGORIES {
        assert!(catalogue.actions().iter().any(|action| action.category == category), "{category}");
    }
}

#[test]
fn inputs_of_the_most_used_actions_are_explained() {
    let catalogue = Catalogue::embedded();
    for slug in [
        "actions/checkout",
        "actions/setup-node",
        "actions/setup-python",
        "actions/setup-go",
        "actions/setup-java",
        "actions/setup-dotnet",
        "actions/cache",
        "actions/upload-artifact",
        "actions/download-artifact",
        "actions/github-script",
        "docker/build-push-action",
        "docker/login-action",
        "docker/metadata-action",
        "actions/configure-pages",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ] {
        let newest = catalogue.action(slug).and_then(Action::newest).unwrap();
        for input in &newest.inputs {
            assert!(input.doc.ends_with('.'), "{slug} {}", input.name);
        }
    }
}

#[test]
fn inputs_tell_what_they_take() {
    let catalogue = Catalogue::embedded();
    let input =
        |slug, name| catalogue.action(slug).and_then(Action::newest).and_then(|v| v.input(name)).unwrap();
    assert_eq!(input("actions/checkout", "fetch-depth").kind, InputKind::Number);
    assert_eq!(input("actions/checkout", "LFS").kind, InputKind::Boolean);
    // It can be `recursive` too.
    assert_eq!(input("actions/checkout", "submodules").kind, InputKind::Text);
    assert_eq!(input("actions/checkout", "ref").kind, InputKind::Text);
    assert_eq!(input("actions/cache", "path").kind, InputKind::Lines);
    assert!(input("actions/cache", "key").must_be_given());
    assert!(!input("actions/deploy-pages", "token").must_be_given());
    assert_eq!(input("actions/checkout", "token").default.as_deref(), Some("${{ github.token }}"));
}

#[test]
fn versions_are_found_from_refs() {
    let catalogue = Catalogue::embedded();
    let sha = "0123456789abcdef0123456789abcdef01234567";
    let release = catalogue.action("actions/checkout").unwrap().latest.clone().unwrap();
    for (slug, git_ref, comment, expected) in [
        ("actions/checkout", "v4", None, Some("v4")),
        ("Actions/Checkout", "v4.2.1", None, Some("v4")),
        ("actions/checkout", "4.2.1", None, Some("v4")),
        ("actions/checkout", "v400", None, None),
        ("actions/checkout", "main", None, None),
        ("actions/checkout", "vnext", None, None),
        ("actions/checkout", sha, None, None),
        ("actions/checkout", sha, Some("# v5.0.0"), Some("v5")),
        ("actions/checkout", sha, Some(" tag=v6.1 pinned"), Some("v6")),
        ("actions/checkout", sha, Some("# the newest"), None),
        ("actions/checkout", &release.sha, None, Some(release.tag.split('.').next().unwrap())),
        ("actions/checkout", "v7.0.1", None, Some("v7")),
        // Newer than the table.
        ("actions/checkout", "v7.99.0", None, None),
        ("actions/checkout", sha, Some("v7.99.0"), None),
        ("dtolnay/rust-toolchain", "stable", None, Some("stable")),
        ("dtolnay/rust-toolchain", "1.90.0", None, None),
        ("pypa/gh-action-pypi-publish", "release/v1", None, Some("release/v1")),
        ("shivammathur/setup-php", "2.30.1", None, Some("v2")),
        ("aquasecurity/trivy-action", "0.36.0", None, Some("v0")),
        ("aquasecurity/trivy-action", "0.20.0", None, None),
        ("octocat/unknown", "v1", None, None),
    ] {
        let found = catalogue.at(slug, git_ref, comment).map(|version| version.name.as_str());
        assert_eq!(found, expected, "{slug}@{git_ref} {comment:?}");
    }
}

#[test]
fn where_the_table_is_behind_any_input_may_exist() {
    let catalogue = Catalogue::embedded();
    assert!(catalogue.at("pypa/gh-action-pypi-publish", "v1.8.0", None).unwrap().any_inputs);
    assert!(!catalogue.at("pypa/gh-action-pypi-publish", "release/v1", None).unwrap().any_inputs);
    assert!(catalogue.at("pnpm/action-setup", "v4", None).unwrap().any_inputs);
    assert!(!catalogue.at("pnpm/action-setup", "v3", None).unwrap().any_inputs);
    // What is known of the newest major holds for those before it.
    assert!(!catalogue.at("codecov/codecov-action", "v5", None).unwrap().any_inputs);
    assert!(!catalogue.at("actions/github-script", "v9", None).unwrap().any_inputs);
    // What runs in it sets outputs of its own.
    assert!(catalogue.at("actions/github-script", "v7", None).unwrap().any_outputs);
    assert!(!catalogue.at("actions/configure-pages", "v5", None).unwrap().any_outputs);
    assert!(!catalogue.at("actions/checkout", "v7", None).unwrap().any_inputs);
}

#[test]
fn old_versions_are_known_as_such() {
    let catalogue = Catalogue::embedded();
    let sha = "0123456789abcdef0123456789abcdef01234567";
    for (slug, git_ref, comment, outdated) in [
        ("actions/checkout", "v3", None, true),
        ("actions/checkout", "v2.4.0", None, true),
        ("actions/checkout", "v4", None, false),
        ("actions/checkout", "main", None, false),
        ("actions/checkout", sha, Some("v3.6.0"), true),
        ("actions/checkout", sha, None, false),
        ("actions/setup-node", "v3", None, true),
        ("actions-rs/toolchain", "v1", None, true),
        ("haskell/actions/setup", "v2", None, true),
        ("marvinpinto/action-automatic-releases", "latest", None, true),
        ("docker/login-action", "v1", None, true),
    ] {
        let action = catalogue.action(slug).unwrap();
        assert_eq!(action.is_outdated(git_ref, comment), outdated, "{slug}@{git_ref} {comment:?}");
    }
    let checkout = catalogue.action("actions/checkout").unwrap();
    assert_eq!(checkout.newer_major("v4.2.0", None), Some("v7"));
    assert_eq!(checkout.newer_major("v7", None), None);
    assert_eq!(checkout.newer_major("main", None), None);
    assert_eq!(checkout.newer_major(sha, Some("v6.0.0")), Some("v7"));
    assert_eq!(checkout.suggested_use(), "actions/checkout@v7");
}

#[test]
fn actions_are_found_by_words() {
    let catalogue = Catalogue::embedded();
    for (query, first) in [
        ("", "actions/checkout"),
        ("checkout", "actions/checkout"),
        ("set up python", "actions/setup-python"),
        ("python", "actions/setup-python"),
        ("cache", "actions/cache"),
        ("docker login", "docker/login-action"),
        ("actions/cache@v4", "actions/cache"),
        ("dvc", "iterative/setup-dvc"),
        ("aws", "aws-actions/configure-aws-credentials"),
        ("pypi", "pypa/gh-action-pypi-publish"),
        ("codeql", "github/codeql-action/init"),
        ("setup", "actions/setup-node"),
    ] {
        assert_eq!(catalogue.search(query).first().map(|a| a.slug.as_str()), Some(first), "{query}");
    }
    for (slip, first) in [
        ("chekout", "actions/checkout"),
        ("setup pyton", "actions/setup-python"),
        ("setpu-node", "actions/setup-node"),
    ] {
        assert_eq!(catalogue.search(slip).first().map(|a| a.slug.as_str()), Some(first), "{slip}");
    }
    assert!(catalogue.search("xyzzy").is_empty());
    assert!(catalogue.search("").iter().all(|action| !action.versions.is_empty()));
}

#[test]
fn actions_are_found_by_the_words_of_everyday() {
    let catalogue = Catalogue::embedded();
    let wanted = [
        ("golang", "actions/setup-go"),
        ("go", "actions/setup-go"),
        ("c#", "actions/setup-dotnet"),
        ("C#", "actions/setup-dotnet"),
        ("dotnet", "actions/setup-dotnet"),
        (".net", "actions/setup-dotnet"),
        ("c++", "msys2/setup-msys2"),
        ("kubernetes", "azure/aks-set-context"),
        ("k8s", "azure/aks-set-context"),
        ("rust", "dtolnay/rust-toolchain"),
        ("cargo", "dtolnay/rust-toolchain"),
        ("docker image", "docker/build-push-action"),
        ("dockerfile", "docker/build-push-action"),
        ("ghcr", "docker/build-push-action"),
        ("terraform", "hashicorp/setup-terraform"),
        ("aws", "aws-actions/configure-aws-credentials"),
        ("s3", "aws-actions/configure-aws-credentials"),
        ("gcp", "google-github-actions/auth"),
        ("azure", "Azure/login"),
        ("java", "actions/setup-java"),
        ("kotlin", "actions/setup-java"),
        ("maven", "actions/setup-java"),
        ("php", "shivammathur/setup-php"),
        ("composer", "shivammathur/setup-php"),
        ("ruby", "ruby/setup-ruby"),
        ("rails", "ruby/setup-ruby"),
        ("node", "actions/setup-node"),
        ("javascript", "actions/setup-node"),
        ("typescript", "actions/setup-node"),
        ("npm", "actions/setup-node"),
        ("npm publish", "actions/setup-node"),
        ("pypi", "pypa/gh-action-pypi-publish"),
        ("pip", "actions/setup-python"),
        ("release", "softprops/action-gh-release"),
        ("changelog", "release-drafter/release-drafter"),
        ("slack", "slackapi/slack-github-action"),
        ("email", "dawidd6/action-send-mail"),
        ("coverage", "codecov/codecov-action"),
        ("lint", "golangci/golangci-lint-action"),
        ("linter", "golangci/golangci-lint-action"),
        ("pages", "actions/configure-pages"),
        ("github pages", "actions/configure-pages"),
        ("website", "actions/configure-pages"),
        ("artifact", "actions/upload-artifact"),
        ("e2e", "cypress-io/github-action"),
        ("ssh", "appleboy/ssh-action"),
        ("helm", "azure/aks-set-context"),
        ("android", "gradle/actions/setup-gradle"),
        ("dart", "subosito/flutter-action"),
        ("monorepo", "dorny/paths-filter"),
        ("git", "actions/checkout"),
    ];
    let first = |query: &str| catalogue.search(query).first().map_or("", |action| action.slug.as_str());
    let found: Vec<_> = wanted.iter().map(|(query, _)| (*query, first(query))).collect();
    let missed: Vec<_> = wanted.iter().zip(&found).filter(|(wanted, found)| wanted != found).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn an_unexplained_action_gets_a_title_from_its_slug() {
    let catalogue = Catalogue::embedded();
    assert_eq!(catalogue.action("snyk/actions/python-3.10").unwrap().title, "Python 3.10");
    assert_eq!(catalogue.action("kjanat/actionlint").unwrap().title, "Actionlint");
}

#[test]
fn a_broken_table_is_an_error() {
    for json in [
        "",
        "[]",
        "{}",
        "{\"actions\":[{}]}",
        "{\"actions\":[{\"slug\":\"a/b\",\"major\":\"v1\",\"in\":[],\"versions\":[{\"name\":\"v1\",\"in\":[5]}]}]}",
    ] {
        assert!(Catalogue::from_json(json).is_err(), "{json}");
    }
    assert!(Catalogue::from_json("{\"actions\":[]}").unwrap().search("x").is_empty());
}

#[test]
fn a_remark_names_a_version_only_where_it_is_sure() {
    for (comment, version) in [
        ("# v4.2.1", Some("v4.2.1")),
        ("#4.2.1", Some("4.2.1")),
        ("# 4", Some("4")),
        ("# tag=4", Some("4")),
        ("# pinned: v4 (why)", Some("v4")),
        ("# see #123, not v5", Some("v5")),
        ("# see #123", None),
        ("# rule 2 says so", None),
        ("# ubuntu-22-04 support", None),
        ("#", None),
    ] {
        assert_eq!(version_in_comment(comment), version, "{comment}");
    }
    assert!(is_only_version("# v4.2.1 ") && is_only_version("#v4"));
    assert!(!is_only_version("# tag=v4.2.1") && !is_only_version("# why") && !is_only_version("#"));
}
