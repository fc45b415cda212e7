#!/bin/sh
# Builds the checker in the copy of this repository that pre-commit keeps, which costs time only once, and runs it.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
cargo build --quiet --release --locked --manifest-path "$root/Cargo.toml" --target-dir "$root/target" -p stepladder-cli
exec "$root/target/release/stepladder" "$@"
