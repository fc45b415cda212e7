//! Small pictures that only the graph needs, on a grid of 16.

use leptos::prelude::*;

/// What a picture means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Glyph {
    Linux,
    Windows,
    MacOs,
    Server,
    Call,
    Environment,
    Condition,
    Service,
    Container,
    Permissions,
    Script,
    Action,
    Fit,
    Turn,
    Minus,
    Off,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            // A prompt, four panes, a laptop, a rack.
            Self::Linux => "M1.8 2.8h12.4v10.4H1.8ZM4.3 6l2.2 2-2.2 2M8 10.2h3.4",
            Self::Windows => {
                "M2.2 3.8 7 3.1v4.4H2.2ZM8.4 2.9l5.4-.8v5.4H8.4ZM2.2 8.8H7v4.2l-4.8-.7ZM8.4 8.8h5.4v5.4l-5.4-.8Z"
            }
            Self::MacOs => "M3.2 3.2h9.6v7H3.2ZM1.4 12.8h13.2",
            Self::Server => "M2.2 2.6h11.6v4.2H2.2ZM2.2 9.2h11.6v4.2H2.2ZM4.6 4.7h.1M4.6 11.3h.1",
            Self::Call => "M2.5 8h8M7.5 4.5 11 8l-3.5 3.5M13.5 3v10",
            Self::Environment => {
                "M8 1.6 13.4 3.6v4.2c0 3.4-2.4 5.6-5.4 6.6-3-1-5.4-3.2-5.4-6.6V3.6ZM5.6 7.8l1.8 1.8 3-3.2"
            }
            Self::Condition => {
                "M8 1.8 14.2 8 8 14.2 1.8 8ZM6.6 6.5a1.5 1.5 0 1 1 2.1 1.4C8.2 8.2 8 8.4 8 9M8 10.9v.1"
            }
            Self::Service => {
                "M2.8 4c0-2.4 10.4-2.4 10.4 0v8c0 2.4-10.4 2.4-10.4 0ZM2.8 4c0 2.4 10.4 2.4 10.4 0M2.8 8c0 2.4 10.4 2.4 10.4 0"
            }
            Self::Container => "M1.8 4.4h12.4v7.2H1.8ZM4.6 6.4v3.2M6.9 6.4v3.2M9.1 6.4v3.2M11.4 6.4v3.2",
            Self::Permissions => "M4 7.2h8v6.4H4ZM5.6 7V4.6a2.4 2.4 0 0 1 4.8 0V7M8 9.6v1.6",
            Self::Script => "M3 4.4 6.4 8 3 11.6M8 12h5",
            Self::Action => "M3.2 2.4h9.6v11.2H3.2ZM6.4 5.6 9.6 8l-3.2 2.4Z",
            Self::Fit => "M2.4 6V2.4H6M10 2.4h3.6V6M13.6 10v3.6H10M6 13.6H2.4V10",
            // An edge that goes right, and one that goes down.
            Self::Turn => {
                "M2.4 2.4v0M2.4 3.4h8.2M8.2 1l2.4 2.4-2.4 2.4M3.4 6.4v7.2M1 11.2l2.4 2.4 2.4-2.4M9 9h4.6v4.6H9Z"
            }
            Self::Minus => "M3 8h10",
            Self::Off => "M8 1.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13ZM3.6 3.6l8.8 8.8",
        }
    }
}

/// The picture, hidden from screen readers.
pub(super) fn glyph(glyph: Glyph) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
            <path d=glyph.path() />
        </svg>
    }
    .into_any()
}
