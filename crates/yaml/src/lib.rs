//! Lossless YAML: text in, a tree with byte ranges and comments out, and edits as text replacements.
//!
//! The text is the truth; [`Tree`] is derived from it and may be dropped at any time. Nothing here knows GitHub.
//! Every offset is a byte offset into the text as it was given, a leading byte-order mark included.
//!
//! ```
//! use stepladder_yaml::{Tree, edit, path};
//!
//! let text = "jobs:\n  build: # quick\n    image: 'linux'\n";
//! let tree = Tree::parse(text);
//! let label = tree.at(&path!["jobs", "build", "image"]).and_then(|node| node.as_str());
//! assert_eq!(label, Some("linux"));
//!
//! let edit = edit::set(&tree, &path!["jobs", "build", "image"], &"ubuntu-latest".into());
//! let after = edit.map(|edit| edit.apply(text));
//! assert_eq!(after.as_deref(), Ok("jobs:\n  build: # quick\n    image: 'ubuntu-latest'\n"));
//! ```

pub mod edit;
mod path;
mod text;
mod tree;

pub use path::{Path, Step, twin_of};
pub use text::{Change, LineCol, LineIndex, TextEdit, TextRange};
pub use tree::{
    Anchor, BlockHeader, Chomp, CollectionStyle, Comment, Entry, Kind, Language, MeantKeys, Named, Node,
    NodeId, Problem, Scalar, ScalarStyle, Tree,
};
