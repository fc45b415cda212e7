//! Visual edits: what a person does in the graph or in a form, as one change of the text.
//!
//! Each file below is one kind of edit: a pure function from an [`Analysis`](crate::Analysis) to an [`Edit`], or to a
//! [`Refusal`] that says why not and what to do instead. An edit touches only the bytes that it must; comments, order,
//! quotes and anchors stay.

mod add_input;
mod add_job;
mod add_need;
mod add_schedule;
mod add_step;
mod add_trigger;
mod alias;
mod apart;
mod change_job_kind;
mod change_step_kind;
mod change_trigger;
mod compose;
mod describe;
mod draft;
mod duplicate_job;
mod duplicate_step;
mod handed_over;
mod ids;
mod insert_text;
mod leave_out;
mod matrix;
mod move_item;
mod move_job;
mod move_step;
mod move_trigger;
mod moved;
mod needs;
mod references;
mod removal_of_step;
mod remove_field;
mod remove_job;
mod remove_need;
mod remove_schedule;
mod remove_step;
mod remove_trigger;
mod rename_field;
mod rename_input;
mod rename_job;
mod rename_name;
mod rename_step;
mod set_action_kind;
mod set_field;
mod set_input;
mod set_input_type;
mod set_list;
mod set_options;
mod set_permission;
mod set_version;
mod shape;
mod step_text;
mod toggle;
mod twin;
mod variables;

use stepladder_yaml::{Path, TextEdit};

pub use add_input::add_input;
pub use add_job::{NewJob, add_job, can_add_job};
pub use add_need::{add_need, can_need};
pub use add_schedule::add_schedule;
pub use add_step::{FIRST_SCRIPT, NewStep, add_step};
pub use add_trigger::add_trigger;
pub use alias::{
    Aliased, Shared, detach_alias, edit_at_anchor, edit_detached, edit_here, refused_for, shared,
};
pub use apart::{Spread, also_changed, detach_anchor, edit_apart, may_also_change};
pub use change_job_kind::{ToJob, change_job_kind, lost_with_kind};
pub use change_step_kind::{ToKind, change_step_kind, kind_of_step};
pub use change_trigger::change_trigger;
pub use duplicate_job::duplicate_job;
pub use duplicate_step::duplicate_step;
pub use handed_over::{Heir, anchors_of};
pub use insert_text::{Holds, Inserted, insert_expression, insert_expression_into, with_expression};
pub use leave_out::{leave_out, value_of};
pub use matrix::{
    add_matrix_row, add_matrix_values, exclude_combination, include_combination, rename_matrix_row,
};
pub use move_item::{move_item, replace_item};
pub use move_job::move_job;
pub use move_step::move_step;
pub use move_trigger::move_trigger;
pub use moved::Moved;
pub use removal_of_step::removal_of_step;
pub use remove_field::remove_field;
pub use remove_job::{dependents, removal_of_job, remove_job};
pub use remove_need::remove_need;
pub(crate) use remove_need::remove_need_in;
pub use remove_schedule::remove_schedule;
pub use remove_step::remove_step;
pub use remove_trigger::remove_trigger;
pub use rename_field::rename_field;
pub use rename_input::rename_input;
pub(crate) use rename_job::rename_in;
pub use rename_job::{left_behind, rename_job};
pub use rename_name::{Store, rename_name};
pub use rename_step::{removal_of_id, rename_step};
pub use set_action_kind::set_action_kind;
pub use set_field::set_field;
pub use set_input::set_input;
pub use set_input_type::set_input_type;
pub use set_list::set_list;
pub use set_options::set_options;
pub use set_permission::set_permission;
pub use set_version::{NewVersion, pin_version, set_versions, use_version};
pub use step_text::{StepText, restore_step};
pub use stepladder_yaml::edit::{Refusal, Value};
pub(crate) use toggle::is_off;
pub use toggle::{Switched, is_disabled, set_enabled, switch};
pub(crate) use twin::free_job_id;
pub use twin::{free_id, id_is_taken};
pub use variables::scripts_that_read;

/// A change of the text with a name, ready for one undo step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// The change, for the text of the analysis that it was made from.
    pub edit: TextEdit,
    /// What it does, in the words of the undo list: "rename job build to test". Starts in lower case.
    pub label: String,
    /// What to select afterwards; `None`: leave the selection.
    pub select: Option<Path>,
    /// Whether it is meant wherever it reaches, as a new name for all that read it is.
    pub everywhere: bool,
    /// What it takes from one place to another, other than by its key; what is known of that goes with it.
    pub moved: Option<Moved>,
}

/// What a person calls the thing at `path`: "step Unit tests of job build", "name of job build".
#[must_use]
pub fn name_of(a: &crate::Analysis, path: &Path) -> String {
    describe::place(&a.tree, path)
}

impl Edit {
    /// As it is, but meant wherever it reaches.
    fn for_all(self) -> Self {
        Self { everywhere: true, ..self }
    }

    /// As it is, and what was at `from` is at `to` afterwards.
    fn moving(self, from: Path, to: Path) -> Self {
        Self { moved: Some(Moved { from, to }), ..self }
    }
}

#[cfg(test)]
mod tests;
