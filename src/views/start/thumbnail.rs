//! Small pictures of job graphs.

use leptos::prelude::*;
use stepladder_content::Picture;

/// How many letters of a job's name there is room for.
pub(super) const LETTERS: usize = 24;

/// Draws the picture; with the jobs' names, when they are given.
pub(super) fn thumbnail(picture: &Picture, names: &[&str]) -> AnyView {
    let edges: Vec<_> =
        picture.edges.iter().map(|d| view! { <path class="mini-edge" d=d.clone() /> }.into_any()).collect();
    let cards: Vec<_> = picture
        .cards
        .iter()
        .enumerate()
        .map(|(at, &[x, y, width, height])| {
            let job = at.checked_sub(1);
            let label = job.and_then(|job| names.get(job)).map(|name| {
                let name: String = name.chars().take(LETTERS).collect();
                view! {
                    <text class="mini-name" x=x + width / 2.0 y=y + height / 2.0 dy="0.35em">
                        {name}
                    </text>
                }
            });
            let (class, radius) = match job {
                None => ("mini-trigger", height / 2.0),
                Some(_) => ("mini-job", height / 4.0),
            };
            view! {
                <rect class=class x=x y=y width=width height=height rx=radius />
                {label}
            }
            .into_any()
        })
        .collect();
    view! {
        <svg
            class="mini"
            viewBox=format!("0 0 {} {}", picture.width, picture.height)
            width=picture.width
            height=picture.height
            aria-hidden="true"
        >
            {edges}
            {cards}
        </svg>
    }
    .into_any()
}
