//! Where the file goes: the panel that opens after a download.

use leptos::prelude::*;
use stepladder_workflow::FileKind;

use super::secrets;
use crate::files;
use crate::shell::{Pane, Shell};
use crate::ui::button::button;
use crate::ui::dialog::dialog;
use crate::ui::icon::{Icon, icon};

/// The panel.
pub(crate) fn export(shell: Shell) -> AnyView {
    dialog(shell.export, "export", "Put it on GitHub", move || content(shell))
}

fn content(shell: Shell) -> AnyView {
    let path = shell.session.file_path();
    let name = shell.session.file_name();
    let is_action = shell.session.echo.with(|analysis| analysis.kind == FileKind::Action);
    let errors = shell.session.echo.with(|analysis| super::problems::counts(analysis.findings())[0]);
    let needed = shell.session.echo.with(secrets::count);
    let commands = format!("git add {path}\ngit commit -m \"Add {name}\"\ngit push");
    let copied = commands.clone();
    view! {
        {(errors > 0)
            .then(|| {
                view! {
                    <p class="banner banner-error">
                        {icon(Icon::Error)}
                        <span>
                            {if errors == 1 {
                                "There is 1 error in the file; GitHub will not run it as it is.".to_owned()
                            } else {
                                format!("There are {errors} errors in the file; GitHub will not run it as it is.")
                            }}
                        </span>
                    </p>
                }
            })}
        <ol class="export-steps">
            <li>
                <h3>"Save the file in your repository as"</h3>
                <p class="export-path"><code>{path.clone()}</code></p>
                <div class="export-actions">
                    {button(
                        "button-primary",
                        Some(Icon::Download),
                        format!("Download {name}"),
                        move |_| files::download(shell),
                    )} {button("", Some(Icon::Copy), "Copy the YAML", move |_| files::copy_yaml(shell))}
                </div>
                {(!is_action).then(|| view! {
                    <p class="note">
                        "Make the folders " <code>".github"</code> " and " <code>"workflows"</code>
                        " if they are not there yet; the first one starts with a dot."
                    </p>
                })}
            </li>
            <li>
                <h3>"Commit and push it"</h3>
                <pre class="export-commands">
                    <code>{commands}</code>
                </pre>
                {button(
                    "button-small",
                    Some(Icon::Copy),
                    "Copy the commands",
                    move |_| files::copy(shell, &copied, "Copied the commands."),
                )}
                <p class="note">
                    "Or on github.com: Add file → Create new file, type the path above as the name, and paste the YAML."
                </p>
            </li>
            <li>
                <h3>{if is_action { "Use it" } else { "Watch it run" }}</h3>
                {if is_action {
                    let folder = path.rsplit_once('/').map(|(folder, _)| format!("./{folder}"));
                    let own = folder.unwrap_or_else(|| "./".to_owned());
                    view! {
                        <p>
                            "A step of a workflow in the same repository uses it with "
                            <code>{format!("uses: {own}")}</code> ", once the repository is checked out."
                        </p>
                    }
                    .into_any()
                } else {
                    view! {
                        <p>
                            "GitHub picks the file up by itself; its runs are listed in the repository's "
                            <b>"Actions"</b> " tab."
                        </p>
                    }
                    .into_any()
                }}
                {(needed > 0)
                    .then(|| {
                        let show = move |_| {
                            shell.export.set(false);
                            shell.reveal(Pane::Secrets);
                        };
                        let names = if needed == 1 { "1 secret or variable" } else { "secrets and variables" };
                        view! {
                            <p>
                                "Before the first run, create the " {names} " it needs. "
                                <button type="button" class="link" on:click=show>
                                    "Show the list"
                                </button>
                            </p>
                        }
                    })}
            </li>
        </ol>
    }
    .into_any()
}
