//! Other words that people look for a command by: those of other programs, and those on the page's own buttons.

/// By the command's id: the words, in lower case.
static WORDS: &[(&str, &str)] = &[
    ("undo", "back revert"),
    ("redo", "again repeat"),
    ("fix", "repair correct mend"),
    ("fix-all", "repair correct mend"),
    ("commit", "push save pull request"),
    ("share", "send publish png svg mermaid sarif"),
    ("export-all", "send publish png svg mermaid sarif"),
    ("versions", "history restore revert"),
    ("visual", "visual mode panes hide code"),
    ("split", "split mode panes side by side"),
    ("code", "code mode panes text hide graph form"),
    ("show-graph", "pane panel open view"),
    ("hide-graph", "pane panel close"),
    ("show-form", "pane panel open view"),
    ("hide-form", "pane panel close"),
    ("show-code", "pane panel open view code text"),
    ("hide-code", "pane panel close code text"),
    ("open-drawer", "show panel bottom"),
    ("close-drawer", "hide panel bottom"),
    ("next-pane", "focus jump switch panel"),
    ("previous-pane", "focus jump switch panel"),
    ("shortcuts", "help keys"),
    ("insert-expression", "secret variable context function picker ${{ }}"),
    ("newest-version", "update upgrade latest bump"),
    ("take-all-back", "revert discard reset"),
    ("problems", "errors warnings findings checks lint"),
    ("secrets", "tokens passwords credentials vars"),
    ("plan", "what would run simulate try event test"),
    ("explain", "help describe meaning words"),
    ("changes", "changes diff compare revert take back hunks since opened"),
    ("preflight", "requirements ready missing"),
    ("light", "theme colors appearance mode"),
    ("dark", "theme colors appearance mode"),
    ("system", "theme colors appearance mode"),
    ("rules", "help checks docs reference"),
    ("learn", "help lessons tutorial course"),
    ("toggle", "disable enable skip turn off on"),
    ("move-to-job", "send transfer put into"),
    ("make-script", "change kind type of step run shell convert"),
    ("make-action", "change kind type of step uses convert"),
    ("duplicate", "copy clone"),
    ("remove", "delete"),
    ("rename", "name id"),
    ("connect", "needs depends after edge arrow link"),
    ("next-edge", "needs arrow link dependency delete remove"),
    ("remove-edge", "delete disconnect needs depends arrow link cut"),
    ("legs", "matrix variants combinations runs"),
    ("open-form", "edit settings"),
    ("open-menu", "context actions right click"),
    ("to-triggers", "first home start events"),
    ("to-last-job", "end"),
    ("add-trigger", "event on push schedule cron start new"),
    ("add-action", "uses marketplace library new"),
    ("add-step", "run script new"),
    ("add-job", "new"),
    ("show-all", "fit zoom"),
    ("turn", "layout horizontal vertical direction rotate"),
    ("fold", "expand collapse"),
];

/// The words for the command of that id; empty where its title says it all.
#[must_use]
pub(crate) fn other_words(id: &str) -> &'static str {
    WORDS.iter().find(|(known, _)| *known == id).map_or("", |(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::WORDS;
    use crate::commands::all;

    #[test]
    fn every_word_is_for_a_command() {
        for (id, _) in WORDS {
            assert!(all().any(|command| command.id == *id), "there is no command {id}");
        }
    }
}
