//! What is left of this hour's requests.

use leptos::prelude::*;

use crate::github::now;
use crate::shell::Shell;

/// The line; nothing before the first answer.
pub(super) fn limit(shell: Shell) -> AnyView {
    view! {
        <span class="github-limit">
            {move || {
                shell
                    .github
                    .limit
                    .get()
                    .map(|limit| {
                        let minutes = limit.reset.saturating_sub(now()).div_ceil(60).max(1);
                        format!("{} of {} requests left, all again in {minutes} min", limit.left, limit.of)
                    })
            }}
        </span>
    }
    .into_any()
}
