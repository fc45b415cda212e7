//! Building blocks of the page that know nothing of workflows.

pub(crate) mod anchored;
pub(crate) mod banner;
pub(crate) mod button;
pub(crate) mod changes;
pub(crate) mod choice;
pub(crate) mod chooser;
pub(crate) mod dialog;
pub(crate) mod field;
pub(crate) mod folded;
pub(crate) mod icon;
pub(crate) mod keep_focus;
pub(crate) mod marked;
pub(crate) mod menu;
pub(crate) mod paint;
pub(crate) mod pick;
pub(crate) mod prose;
pub(crate) mod question;
pub(crate) mod reach;
pub(crate) mod row;
pub(crate) mod settle;
pub(crate) mod splitter;
pub(crate) mod tabs;
pub(crate) mod toast;
pub(crate) mod turns;
pub(crate) mod typing;
pub(crate) mod zone;
