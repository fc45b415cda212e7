// Figures on the terminal.

/** Prints a figure beside its limit, and remembers a miss in the exit status. */
export function report(label, value, unit, { atMost, atLeast } = {}) {
  const missed = (atMost !== undefined && value > atMost) || (atLeast !== undefined && value < atLeast);
  const limit = atMost !== undefined ? `, at most ${Number(atMost.toPrecision(3))}` : atLeast !== undefined ? `, at least ${atLeast}` : "";
  const shown = Number.isInteger(value) ? String(value) : value < 1 ? value.toPrecision(2) : value.toFixed(2);
  console.log(`  ${shown.padStart(8)} ${unit}  ${label}${limit}${missed ? "  ← missed" : ""}`);
  if (missed) process.exitCode = 1;
}
