use std::io::{Cursor, Write};

use leptos::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::files;
use crate::shell::Shell;

/// Hands all open files, each at its path in the repository, to the browser's downloads.
pub(super) fn download(shell: Shell) {
    shell.save();
    let front = untrack(move || shell.session.file_path());
    let mut all = vec![(front, shell.session.text_untracked())];
    for id in shell.desk.files.get_untracked() {
        let draft = shell.desk.drafts.get(&id);
        // Of two files of one name, the one in front counts.
        if let Some(draft) = draft.filter(|draft| all.iter().all(|(path, _)| *path != draft.file)) {
            all.push((draft.file, draft.text));
        }
    }
    let files: Vec<(&str, &str)> = all.iter().map(|(path, text)| (path.as_str(), &**text)).collect();
    match pack(&files) {
        Some(bytes) => {
            files::save_blob(shell, "workflows.zip", &files::blob(&bytes, "application/zip"));
        }
        None => shell.session.tell_error("The files could not be packed; download them one by one."),
    }
}

/// The files in one, uncompressed: they are small.
fn pack(files: &[(&str, &str)]) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored).unix_permissions(0o644);
    for (path, text) in files {
        // A path is one below the folder where it is unpacked, whatever somebody called the file.
        let safe: Vec<&str> =
            path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).collect();
        writer.start_file(safe.join("/"), options).ok()?;
        writer.write_all(text.as_bytes()).ok()?;
    }
    Some(writer.finish().ok()?.into_inner())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_packed_comes_out_again_below_its_folder() {
        let bytes =
            pack(&[(".github/workflows/ci.yml", "on: push\r\n"), ("/../a/./action.yml", "ü")]).unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut read = |name: &str| {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            text
        };
        assert_eq!(
            (read(".github/workflows/ci.yml"), read("a/action.yml")),
            ("on: push\r\n".to_owned(), "ü".to_owned())
        );
    }
}
