/**
 * A workflow of about `lines` lines with what real ones have: matrices, needs, expressions, scripts, comments. Its jobs wait
 * for each other in that many chains.
 */
export function workflow(lines, chains = 1) {
  const text = [
    "name: Train and release",
    "on:",
    "  push:",
    "    branches: [main]",
    "    paths: ['ml/**', '!**/*.md']",
    "  schedule:",
    "    - cron: '23 4 * * 1'",
    "  workflow_dispatch:",
    "    inputs:",
    "      threshold:",
    "        type: number",
    "        default: 0.85",
    "permissions:",
    "  contents: read",
    "concurrency:",
    "  group: ${{ github.workflow }}-${{ github.ref }}",
    "  cancel-in-progress: true",
    "jobs:",
  ];
  for (let job = 0; text.length < lines; job++) {
    text.push(
      `  # What stage ${job} is for.`,
      `  stage-${job}:`,
      "    runs-on: ${{ matrix.os }}",
      "    timeout-minutes: 30",
      ...(job >= chains ? [`    needs: [stage-${job - chains}]`] : []),
      "    strategy:",
      "      fail-fast: false",
      "      matrix:",
      "        os: [ubuntu-latest, macos-latest]",
      "        python: ['3.12', '3.13']",
      "    env:",
      "      TOKEN: ${{ secrets.WANDB_API_KEY }} # for the logged run",
      "    steps:",
      "      - uses: actions/checkout@v4",
      "        with:",
      "          persist-credentials: false",
      "      - uses: actions/setup-python@v5",
      "        with:",
      "          python-version: ${{ matrix.python }}",
      "      - name: Train",
      `        id: train-${job}`,
      "        if: ${{ github.event_name != 'pull_request' && success() }}",
      "        run: |",
      "          python -m ml.train --threshold \"$THRESHOLD\"",
      "          echo \"metric=$(cat metric.txt)\" >> \"$GITHUB_OUTPUT\"",
      "        env:",
      "          THRESHOLD: ${{ inputs.threshold || 0.85 }}",
    );
  }
  return `${text.join("\n")}\n`;
}
