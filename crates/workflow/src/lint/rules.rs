//! The list of all rules: one word, one file.

use super::Rule;
pub(super) use duplicate_key::second_settings;
pub(super) use yaml_tag::is_negation;

/// Declares the modules and lists their rules.
macro_rules! rules {
    ($($module:ident)*) => {
        $(mod $module;)*

        /// All rules.
        pub static ALL: &[&Rule] = &[$(&$module::RULE),*];
    };
}

rules! {
    syntax_error
    not_a_workflow
    several_documents
    merge_key
    anchor_name
    unused_anchor
    duplicate_key
    unknown_key
    key_case
    yaml_tag
    dash_without_blank
    trailing_newline
    misplaced_key
    exclusive_keys
    missing_key
    wrong_type
    empty_value
    unknown_value
    invalid_id
    duplicate_id
    unknown_need
    duplicate_need
    needs_cycle
    no_first_job
    invalid_pattern
    only_negative_patterns
    invalid_cron
    frequent_cron
    impossible_cron
    unknown_timezone
    choice_options
    default_type
    required_with_default
    too_many_inputs
    missing_workflows
    not_positive
    missing_image
    incomplete_credentials
    hardcoded_password
    unknown_shell
    shell_not_on_system
    invalid_env_name
    runner_label
    runner_conflict
    invalid_runner_group
    matrix_duplicate
    matrix_exclude
    concurrency_deadlock
    concurrency_queue
    background_steps
    deprecated_command
    missing_steps
    missing_workflow
    workflow_cycle
    call_inputs
    call_input_type
    broken_action
    missing_action_file
    condition_without_script
    empty_deprecation
    explicit_expression
    unset_variable
    unwritten_output
    unused_job_output
    unused_input
    missing_artifact
    matrix_output
    matrix_too_large
    long_script
    retired_event
    duplicate_event
    schedule_without_times
    reserved_name
    outdated_node
    unknown_ignored_rule
    callee_permissions
    invalid_uses
    invalid_workflow_uses
    short_sha
    unknown_input
    missing_input
    deprecated_input
    outdated_action
    expression_not_allowed
    invalid_expression
    unknown_context
    context_not_available
    unknown_function
    function_not_available
    argument_count
    argument_type
    unknown_property
    not_an_object
    bad_index
    pointless_comparison
    truthy_text
    interpolated_object
    wrong_kind
    invalid_format
    unused_format_argument
    invalid_json
    unknown_payload
    script_injection
    always_true_condition
    constant_condition
}

#[cfg(test)]
mod tests;
