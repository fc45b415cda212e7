//! A link that carries a workflow: its text is packed into the part of the address that browsers send to nobody.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use leptos::prelude::*;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

use crate::files;
use crate::session::MAX_ANALYSED;
use crate::shell::{GitHubDialog, Shell};

/// Longer links are cut off by some programs that they are sent with. In bytes.
const LONG: usize = 8_000;

/// Puts a link to the present text on the clipboard.
pub(crate) fn copy_link(shell: Shell) {
    let path = untrack(move || shell.session.file_path());
    let location = window().location();
    let page = (location.origin().unwrap_or_default(), location.pathname().unwrap_or_default());
    let link = format!("{}{}#share={}", page.0, page.1, pack(&path, &shell.session.text_untracked()));
    let told = if link.len() > LONG {
        "Copied a link that carries the workflow; it is long, so check that it arrives whole."
    } else {
        "Copied a link that carries the workflow; nothing was uploaded."
    };
    files::copy(shell, &link, told);
}

/// Opens what a link carries. `false`: it carries nothing that can be read.
pub(crate) fn open(shell: Shell, packed: &str) -> bool {
    let Some((path, text)) = unpack(packed) else {
        shell.session.tell_error(
            "The link does not carry a whole workflow; it may have been cut off. Ask for it once more.",
        );
        return false;
    };
    shell.open(text, &path, false);
    true
}

/// Shows the dialog for the address behind `?url=`, or the template behind `?template=`; nothing is asked of GitHub, and
/// nothing is opened, before the person says so.
pub(crate) fn follow_query(shell: Shell) {
    // Who has gone on since, and loads the page again, is not asked again.
    if window().location().hash().is_ok_and(|hash| hash.len() > 1) {
        return;
    }
    let query = window().location().search().unwrap_or_default();
    let Ok(query) = web_sys::UrlSearchParams::new_with_str(&query) else { return };
    if let Some(address) = query.get("url") {
        shell.github.address.set(address);
        shell.github_dialog.set(Some(GitHubDialog::Open));
    } else if let Some(id) = query.get("template") {
        shell.template.set(Some(id));
    }
}

/// The path on the first line, the text below; deflated, in letters that an address may have.
fn pack(path: &str, text: &str) -> String {
    let whole = format!("{}\n{text}", path.replace(['\n', '\r'], ""));
    URL_SAFE_NO_PAD.encode(compress_to_vec(whole.as_bytes(), 9))
}

fn unpack(packed: &str) -> Option<(String, String)> {
    let bytes = URL_SAFE_NO_PAD.decode(packed).ok()?;
    // A small link must not become a text that fills the memory.
    let whole = String::from_utf8(decompress_to_vec_with_limit(&bytes, MAX_ANALYSED + 4_096).ok()?).ok()?;
    let (path, text) = whole.split_once('\n')?;
    let fits = path.len() < 1_024 && !path.split('/').any(|part| part == "..");
    (fits && text.len() <= MAX_ANALYSED).then(|| (path.to_owned(), text.to_owned()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again() {
        for text in ["", "on: push\r\n", "# ü 🚀\n", &"- a\n".repeat(50_000)] {
            let packed = pack(".github/workflows/ci.yml", text);
            assert!(packed.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')));
            assert_eq!(unpack(&packed).unwrap(), (".github/workflows/ci.yml".to_owned(), text.to_owned()));
        }
    }

    #[test]
    fn what_cannot_be_read_is_nothing() {
        let whole = pack("ci.yml", "on: push\n");
        let bomb = URL_SAFE_NO_PAD.encode(compress_to_vec(&vec![b'a'; 10_000_000], 9));
        for wrong in ["", "%%%", &whole[..whole.len() / 2], &bomb, &pack("../x.yml", "")] {
            assert_eq!(unpack(wrong), None);
        }
    }
}
