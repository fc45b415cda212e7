//! Other words that people look for a command by: those of other programs, and those on the page's own buttons.

/// The words, in lower case; empty where the title says it all.
#[must_use]
pub(crate) fn other_words(id: &str) -> &'static str {
    match id {
        "undo" => "back revert",
        "redo" => "again repeat",
        "fix" | "fix-all" => "repair correct mend",
        "commit" => "push save pull request",
        "share" | "export" => "send publish png svg mermaid sarif",
        "versions" => "history restore revert",
        "visual" => "visual mode panes hide code",
        "split" => "split mode panes side by side",
        "code" => "code mode panes text hide graph form",
        "problems" => "errors warnings findings checks lint",
        "secrets" => "tokens passwords credentials vars",
        "plan" => "what would run simulate try event test",
        "explain" => "help describe meaning words",
        "changes" => "changes diff compare revert hunks since opened",
        "preflight" => "requirements ready missing",
        "light" | "dark" | "system" => "theme colors appearance mode",
        "rules" => "help checks docs reference",
        "learn" => "help lessons tutorial course",
        "toggle" => "disable enable skip turn off on",
        "duplicate" => "copy clone",
        "remove" => "delete",
        "rename" => "name id",
        "connect" => "needs depends after edge arrow link",
        "add-trigger" => "event on push schedule cron start new",
        "add-action" => "uses marketplace library new",
        "add-step" => "run script new",
        "add-job" => "new",
        "show-all" => "fit zoom",
        "turn" => "layout horizontal vertical direction rotate",
        "fold" => "expand collapse",
        _ => "",
    }
}
