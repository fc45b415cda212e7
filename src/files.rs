//! Text in and out of the page: files, the clipboard, drag and drop.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlElement, HtmlInputElement, Url};

use crate::session::MAX_ANALYSED;
use crate::shell::Shell;
use crate::ui::toast::Tone;

const PICKER: &str = "open-file";

/// The smallest workflow that GitHub accepts, with room to go on.
pub(crate) const NEW: &str = "\
name: My workflow
on:
  push:
    branches: [main]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v7
";

/// Opens a text that came from outside, or says in one sentence why not; the present document then stays.
pub(crate) fn open_bytes(shell: Shell, bytes: &[u8], name: &str) {
    match text_of(bytes, name) {
        Ok(text) => {
            shell.open(text, name, false);
        }
        Err(message) => shell.session.tell_error(message),
    }
}

/// The text in `bytes`.
///
/// # Errors
/// One sentence: what is wrong with it and what to do.
pub(crate) fn text_of<'b>(bytes: &'b [u8], name: &str) -> Result<&'b str, String> {
    if bytes.len() > MAX_ANALYSED {
        return Err(too_large(name, bytes.len()));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(format!("“{name}” is written in UTF-16; save it as UTF-8 and open it again."));
    }
    if bytes.contains(&0) {
        return Err(format!(
            "“{name}” is not a text file; choose a workflow, a file that ends with .yml or .yaml."
        ));
    }
    std::str::from_utf8(bytes)
        .map_err(|_| format!("“{name}” is not written in UTF-8; save it as UTF-8 and open it again."))
}

fn too_large(name: &str, bytes: usize) -> String {
    let limit = MAX_ANALYSED / 1_000;
    let kilobytes = bytes.div_ceil(1_000);
    format!("“{name}” has {kilobytes} KB, but a workflow has at most {limit} KB; choose a smaller file.")
}

/// Reads a file that the person chose or dropped, and opens it.
pub(crate) fn open_file(shell: Shell, file: File) {
    read_file(shell, file, move |bytes, name| open_bytes(shell, bytes, name));
}

/// Reads a file that the person chose or dropped, and hands on its bytes and its name, or says why that cannot be.
pub(crate) fn read_file(shell: Shell, file: File, then: impl Fn(&[u8], &str) + 'static) {
    let name = file.name();
    // A large file is refused by its size; it is not even read.
    if file.size() > MAX_ANALYSED as f64 {
        shell.session.tell_error(too_large(&name, file.size() as usize));
        return;
    }
    spawn_local(async move {
        match JsFuture::from(file.array_buffer()).await {
            Ok(buffer) => then(&js_sys::Uint8Array::new(&buffer).to_vec(), &name),
            Err(_) => shell
                .session
                .tell_error(format!("“{name}” could not be read; if it is a folder, choose a file in it.")),
        }
    });
}

/// The field behind [`pick`], unseen: the page's own buttons and keys open it.
pub(crate) fn picker(shell: Shell) -> AnyView {
    let changed = move |input: HtmlInputElement| {
        if let Some(file) = input.files().and_then(|files| files.get(0)) {
            open_file(shell, file);
        }
        // The same file can be chosen again.
        input.set_value("");
    };
    view! {
        <input
            id=PICKER
            type="file"
            accept=".yml,.yaml,text/yaml,application/yaml"
            aria-label="Workflow file"
            hidden
            on:change:target=move |event| changed(event.target())
        />
    }
    .into_any()
}

/// Lets the person choose a file.
pub(crate) fn pick(_: Shell) {
    if let Some(input) = document().get_element_by_id(PICKER) {
        input.unchecked_into::<HtmlElement>().click();
    }
}

/// Puts the YAML on the clipboard.
pub(crate) fn copy_yaml(shell: Shell) {
    copy(shell, &shell.session.text_untracked(), "Copied the YAML.");
}

/// Puts `text` on the clipboard and says `done`.
pub(crate) fn copy(shell: Shell, text: &str, done: &'static str) {
    let copied = window().navigator().clipboard().write_text(text);
    let toaster = shell.session.toaster;
    spawn_local(async move {
        match JsFuture::from(copied).await {
            Ok(_) => toaster.show(Tone::Done, done, None),
            Err(_) => toaster.show(
                Tone::Error,
                "The browser does not let this page use the clipboard; select the text and copy it with the keyboard, or download the file.",
                None,
            ),
        }
    });
}

/// Hands the file to the browser's downloads and tells where it belongs.
pub(crate) fn download(shell: Shell) {
    let name = untrack(move || shell.session.file_name());
    if save_as(shell, &name, &shell.session.text_untracked()) {
        shell.export.set(true);
    }
}

/// Hands a text to the browser's downloads. `false`: it was refused, which the person is told.
pub(crate) fn save_as(shell: Shell, name: &str, text: &str) -> bool {
    save_blob(shell, name, &blob(text.as_bytes(), "text/yaml;charset=utf-8"))
}

/// Bytes that the browser holds, with their media type.
pub(crate) fn blob(bytes: &[u8], kind: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    Blob::new_with_u8_array_sequence_and_options(&parts, &options)
}

/// Hands bytes to the browser's downloads. `false`: it was refused, which the person is told.
pub(crate) fn save_blob(shell: Shell, name: &str, blob: &Result<Blob, JsValue>) -> bool {
    let offered = blob.as_ref().is_ok_and(|blob| offer(name, blob).is_ok());
    if !offered {
        shell.session.tell_error(
            "The browser did not accept the download; copy the text instead and save it yourself.",
        );
    }
    offered
}

fn offer(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.unchecked_ref::<HtmlElement>().click();
    // The browser has taken the blob by then.
    set_timeout(move || drop(Url::revoke_object_url(&url)), std::time::Duration::from_secs(30));
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn text_is_taken_as_it_is() {
        for text in ["", "on: push\r\n", "\u{feff}on: push", "# ü 🚀\n", NEW] {
            assert_eq!(text_of(text.as_bytes(), "a.yml").unwrap(), text);
        }
    }

    #[test]
    fn what_is_no_text_gets_one_sentence() {
        let large = vec![b'a'; MAX_ANALYSED + 1];
        for bytes in [&b"\x89PNG\r\n\0"[..], b"caf\xe9", b"\xff\xfea\0", &large] {
            let message = text_of(bytes, "a.png").unwrap_err();
            assert!(message.contains("a.png") && message.ends_with('.'), "{message}");
        }
    }
}
