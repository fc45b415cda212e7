//! `strategy`: one job run in several variants.

use super::{Ctx, Map, Types, Widget, field, item};

pub(super) static STRATEGY: Map = Map::new(
    "jobs.<job_id>.strategy",
    "strategy",
    &[
        field(
            "fail-fast",
            "Stop at the first failure",
            "Whether GitHub cancels the other variants as soon as one fails.",
        )
        .boolean()
        .ctx(Ctx::W5)
        .default("true"),
        field(
            "max-parallel",
            "At the same time",
            "How many variants may run at the same time. Without it, as many as there are runners for.",
        )
        .number()
        .ctx(Ctx::W5),
        field(
            "matrix",
            "Matrix",
            "The values to combine: each key becomes `matrix.<key>`, and the job runs once for every combination, at \
             most 256 times. A `${{ fromJSON(…) }}` may compute it.",
        )
        .mapping(&[&MATRIX])
        .ctx(Ctx::W5)
        .widget(Widget::Matrix),
    ],
);

static MATRIX: Map = Map::new(
    "jobs.<job_id>.strategy.matrix",
    "matrix",
    &[
        field(
            "include",
            "Add",
            "Values to add to combinations that match, or whole further combinations. Applied after `exclude`.",
        )
        .list(&item("Combination").mapping(&[&INCLUDE]).ctx(Ctx::W5))
        .ctx(Ctx::W5),
        field(
            "exclude",
            "Leave out",
            "Combinations to leave out; an entry that names only some keys leaves out every combination that has those \
             values.",
        )
        .list(&item("Combination").mapping(&[&EXCLUDE]).ctx(Ctx::W5))
        .ctx(Ctx::W5),
    ],
)
.and_free(
    &field("<axis>", "Values", "The values of one dimension of the matrix, read as `matrix.<axis>`.")
        .types(Types::SEQUENCE)
        .widget(Widget::List)
        .ctx(Ctx::W5),
);

static INCLUDE: Map = Map::free(
    "jobs.<job_id>.strategy.matrix.include[]",
    "combination to add",
    &field(
        "<axis>",
        "Value",
        "A value of this combination; a key that no other combination has is added to it.",
    )
    .types(Types::ANY)
    .ctx(Ctx::W5),
);

static EXCLUDE: Map = Map::free(
    "jobs.<job_id>.strategy.matrix.exclude[]",
    "combination to leave out",
    &field("<axis>", "Value", "A combination is left out when all values that are given here match.")
        .types(Types::ANY)
        .ctx(Ctx::W5),
);
