//! GitHub's REST API as values: requests out, answers in. Sends nothing.
