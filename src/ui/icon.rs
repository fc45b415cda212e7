//! The page's own icons: one path each on a grid of 16, drawn with the colour of the text.

use leptos::prelude::*;

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:literal,)*) => {
        /// An icon by what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Icon {
            $($(#[$doc])* $name,)*
        }

        impl Icon {
            fn path(self) -> &'static str {
                match self { $(Self::$name => $path,)* }
            }
        }
    };
}

icons! {
    /// The product.
    Ladder = "M5.5 1.5 4.5 14.5M10.5 1.5l1 13M5.2 4.5h5.6M5 8h6M4.75 11.5h6.5",
    /// Back in history.
    Undo = "M5.5 2.5 2 6l3.5 3.5M2 6h7.5a4 4 0 0 1 0 8H6.5",
    /// Forth in history.
    Redo = "M10.5 2.5 14 6l-3.5 3.5M14 6H6.5a4 4 0 0 0 0 8h3",
    /// Lines that are broken where they end.
    Wrap = "M2 3.5h12M2 8h9.5a2.5 2.5 0 0 1 0 5H8M10 11l-2 2 2 2M2 13h3",
    /// Good, done, chosen.
    Check = "M3 8.5 6.5 12 13 4.5",
    /// Good, in a circle.
    Passed = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM5 8.2l2.2 2.2L11 6",
    /// An error.
    Error = "M5.3 1.5h5.4l3.8 3.8v5.4l-3.8 3.8H5.3l-3.8-3.8V5.3ZM8 4.5v4M8 11.2v.1",
    /// A warning.
    Warning = "M8 1.8 14.7 13.7H1.3ZM8 6v3.6M8 11.7v.1",
    /// A hint.
    Hint = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM8 7.4v3.8M8 4.8v.1",
    /// Out of the page, to others.
    Share = "M8 10V1.8M5 4.5 8 1.5l3 3M4.5 7H3v7.5h10V7h-1.5",
    /// Close, dismiss.
    Close = "M4 4l8 8M12 4l-8 8",
    /// Onwards, or folded.
    Right = "M6 3.5 10.5 8 6 12.5",
    /// Back.
    Left = "M10 3.5 5.5 8 10 12.5",
    /// Open downwards.
    Down = "M3.5 6 8 10.5 12.5 6",
    /// Open upwards.
    Up = "M3.5 10 8 5.5l4.5 4.5",
    /// Copy.
    Copy = "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8Z",
    /// Paste.
    Paste = "M5.5 3H3v11.5h10V3h-2.5M5.5 1.7h5v2.8h-5ZM5.5 8h5M5.5 11h3",
    /// Download.
    Download = "M8 2v8.2M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
    /// What has changed: lines that came and went.
    Changes = "M8 2v6.5M4.75 5.25h6.5M4.75 12.5h6.5",
    /// A folder.
    Folder = "M1.8 13V3h4.4l1.6 2h6.4v8Z",
    /// A file.
    File = "M3.5 1.5h6l3 3v10h-9ZM9.5 1.5v3h3",
    /// Templates.
    Template = "M2.5 2.5H7V7H2.5ZM9 2.5h4.5V7H9ZM2.5 9H7v4.5H2.5ZM9 9h4.5v4.5H9Z",
    /// Search, the palette.
    Search = "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9ZM10.3 10.3 14 14",
    /// Light colours.
    Sun = "M8 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6ZM8 1.2v1.3M8 13.5v1.3M1.2 8h1.3M13.5 8h1.3M3.2 3.2l.9.9M11.9 11.9l.9.9M12.8 3.2l-.9.9M4.1 11.9l-.9.9",
    /// Dark colours.
    Moon = "M13.5 9.6A6 6 0 1 1 6.4 2.5a4.8 4.8 0 0 0 7.1 7.1Z",
    /// The system's colours.
    Screen = "M1.8 2.5h12.4v8.6H1.8ZM5.5 13.8h5M8 11.2v2.5",
    /// The job graph.
    Graph = "M1.5 5.7h4.4v4.6H1.5ZM10.1 1.8h4.4v4.4h-4.4ZM10.1 9.8h4.4v4.4h-4.4ZM5.9 8H8V4h2.1M8 8v4h2.1",
    /// Forms.
    Form = "M2 4h3M8.5 4H14M2 12h6M11.5 12H14M6.7 2.4a1.6 1.6 0 1 0 .1 0ZM9.7 10.4a1.6 1.6 0 1 0 .1 0ZM2 8h12",
    /// Code.
    Code = "M5.5 4 1.8 8l3.7 4M10.5 4l3.7 4-3.7 4",
    /// A secret.
    Key = "M10.6 1.8a3.6 3.6 0 1 0 0 7.2a3.6 3.6 0 0 0 0-7.2ZM8 8l-6 6M4 12l2 2M11.4 4.6v.1",
    /// A variable.
    Variable = "M4.5 2.5c-2 0-1.2 3-1.2 4S2.2 8 2 8c.2 0 1.3.5 1.3 1.5s-.8 4 1.2 4M11.5 2.5c2 0 1.2 3 1.2 4s1.1 1.5 1.3 1.5c-.2 0-1.3.5-1.3 1.5s.8 4-1.2 4M6.3 6.2l3.4 3.6M9.7 6.2 6.3 9.8",
    /// More.
    More = "M3 8h.02M8 8h.02M13 8h.02",
    /// Delete.
    Trash = "M2.5 4h11M6 4V2.2h4V4M4 4l.7 9.8h6.6L12 4M6.7 7v4M9.3 7v4",
    /// Add.
    Plus = "M8 3v10M3 8h10",
    /// Repair.
    Fix = "M2 14l7.4-7.4M11 1.5v4M9 3.5h4M13.5 8v3M12 9.5h3",
    /// Leads to another site.
    External = "M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.8v3.7h-9v-9h3.7",
    /// A branch of git: GitHub.
    GitHub = "M4.5 1.6a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 0 0 0-3.4ZM4.5 11a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 0 0 0-3.4ZM11.5 3.6a1.7 1.7 0 1 0 0 3.4a1.7 1.7 0 0 0 0-3.4ZM4.5 5v6M11.5 7c0 2.5-7 1.5-7 4",
    /// Time, a schedule.
    Clock = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM8 4.3V8l2.6 1.6",
    /// A trigger.
    Bolt = "M9 1.5 3.2 9.2H7.6L7 14.5l5.8-7.7H8.4Z",
    /// A job.
    Job = "M8 1.7 13.8 5v6.2L8 14.4 2.2 11.2V5ZM2.2 5 8 8.2 13.8 5M8 8.2v6.2",
    /// A step.
    Step = "M2 3.5h3.5v3.5H2ZM2 10h3.5v3.5H2ZM8.5 5.2H14M8.5 11.8H14",
    /// Hide a pane.
    Hide = "M2 2.8h12v10.4H2ZM6.2 2.8v10.4M11.5 6 9.5 8l2 2",
    /// Words that explain.
    Speech = "M2 2.5h12v8.6H8L4.5 14v-2.9H2ZM5 5.6h6M5 8h4",
    /// Learning, the glossary.
    Book = "M8 3.5C6.5 2.3 4 2 1.8 2.5v10.2C4 12.2 6.5 12.5 8 13.7c1.5-1.2 4-1.5 6.2-1V2.5C12 2 9.5 2.3 8 3.5ZM8 3.5v10.2",
    /// Try an event.
    Play = "M4.5 2.5 13 8l-8.5 5.5Z",
    /// Is left out.
    Skipped = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM3.5 3.5l9 9",
    /// Is not known.
    Unknown = "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM6 6.2a2 2 0 1 1 2.6 2c-.4.2-.6.4-.6.9M8 11.4v.1",
    /// Drag here.
    Grip = "M6 4h.02M10 4h.02M6 8h.02M10 8h.02M6 12h.02M10 12h.02",
}

/// The icon, hidden from screen readers: words beside it, or the label of its button, say what it means.
#[must_use]
pub(crate) fn icon(icon: Icon) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=icon.path() />
        </svg>
    }
    .into_any()
}
