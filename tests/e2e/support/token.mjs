/** The token of all journeys; `test` watches where it goes. */
export const TOKEN = "github_pat_11AAAAAAA0journey";
