//! What stands in a sentence's place, word by word: keys, contexts and functions.

use stepladder_yaml::{Kind, Node, Path};

use super::{Cx, Sentence, link};
use crate::expr::contexts::{Context, describe};
use crate::expr::functions::Function;
use crate::expr::{self, Expr, ExprKind};
use crate::facts::events;
use crate::schema;
use crate::{Analysis, Env};

/// A word of the language and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As it is written: `runs-on`, `github.ref`, `hashFiles()`.
    pub name: String,
    /// What it is called in plain words: "Runner"; empty when its name says it.
    pub title: String,
    /// What it means, in a sentence or two with code in backquotes.
    pub doc: String,
    /// GitHub's documentation of it.
    pub link: String,
}

/// The keys, contexts and functions of what a sentence is about, each once, in the order of the text. Of a step or a job
/// these are its own keys, not those of what stands in it.
#[must_use]
pub fn words_of(analysis: &Analysis, env: &Env, sentence: &Sentence) -> Vec<Word> {
    let cx = Cx::new(analysis, env);
    let mut words = Vec::new();
    let Some(node) = analysis.tree.at(&sentence.path) else { return words };
    // The sentence about a job as a whole has no keys of its own: each has its sentence.
    let jobs = Path::root().child("jobs");
    let whole_job = sentence.path.parent().is_some_and(|parent| parent == jobs);
    key(&cx, &sentence.path, &mut words);
    if !whole_job && node.resolve().kind() == Kind::Mapping {
        for entry in node.resolve().entries() {
            if let Some(name) = entry.name() {
                key(&cx, &sentence.path.child(name), &mut words);
            }
        }
    }
    if !whole_job {
        for part in std::iter::once(node).chain(node.descendants()) {
            expressions(part, &mut words);
        }
    }
    words
}

fn add(words: &mut Vec<Word>, word: Word) {
    if !word.doc.is_empty() && !words.iter().any(|own| own.name == word.name) {
        words.push(word);
    }
}

fn key(cx: &Cx<'_>, path: &Path, words: &mut Vec<Word>) {
    let tree = &cx.analysis.tree;
    let Some(name) = tree.entry_at(path).and_then(|entry| entry.name()) else { return };
    let link = link::documentation(cx.analysis.kind, path);
    let is_event =
        path.steps().len() == 2 && path.parent().is_some_and(|parent| parent == Path::root().child("on"));
    if let Some(event) = events::event(name).filter(|_| is_event) {
        add(
            words,
            Word { name: name.to_owned(), title: event.title.to_owned(), doc: event.doc.to_owned(), link },
        );
        return;
    }
    let Some(field) = schema::field_at(path, tree) else { return };
    if field.key.starts_with('<') {
        return;
    }
    add(
        words,
        Word { name: name.to_owned(), title: field.title.to_owned(), doc: field.doc.to_owned(), link },
    );
}

fn expressions(node: Node<'_>, words: &mut Vec<Word>) {
    if node.kind() != Kind::Scalar || node.is_key() {
        return;
    }
    let Some(text) = node.as_str() else { return };
    let condition = node.key().is_some_and(|key| key.as_str() == Some("if"));
    for range in expr::expressions(text, condition) {
        if let Some(ast) = expr::parse(text.get(range.to_usize()).unwrap_or_default()).ast {
            contexts(&ast, words);
            functions(&ast, words);
        }
    }
}

fn contexts(ast: &Expr, words: &mut Vec<Word>) {
    for used in expr::used(ast) {
        let names = used.names();
        let Some(context) = names.first().and_then(|name| Context::find(name)) else { continue };
        let link = link::context(context.name);
        match names.len() {
            1 => {}
            _ => {
                if let Some(property) = describe(&names) {
                    let name = names.join(".");
                    let word = Word { name, title: String::new(), doc: property.doc.to_owned(), link };
                    add(words, word);
                    continue;
                }
            }
        }
        let word = Word {
            name: context.name.to_owned(),
            title: "Context".to_owned(),
            doc: context.doc.to_owned(),
            link,
        };
        add(words, word);
    }
}

fn functions(part: &Expr, words: &mut Vec<Word>) {
    if let ExprKind::Call { function, .. } = &part.kind
        && let Some(known) = Function::find(&function.text)
    {
        let link = link::function(known.name);
        let name = format!("{}()", known.name);
        add(words, Word { name, title: "Function".to_owned(), doc: known.doc.to_owned(), link });
    }
    part.children().for_each(|part| functions(part, words));
}
