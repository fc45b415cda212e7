// The part of Monaco that a workflow editor needs. Everything imported here is downloaded by every visitor who
// edits, so a feature is listed only when the page offers what it does.
import "monaco-editor/features/bracketMatching/register";
import "monaco-editor/features/clipboard/register";
import "monaco-editor/features/codeAction/register";
import "monaco-editor/features/codicon/register";
import "monaco-editor/features/comment/register";
import "monaco-editor/features/contextmenu/register";
import "monaco-editor/features/cursorUndo/register";
import "monaco-editor/features/diffEditor/register";
import "monaco-editor/features/find/register";
import "monaco-editor/features/folding/register";
import "monaco-editor/features/gotoError/register";
import "monaco-editor/features/gotoSymbol/register";
import "monaco-editor/features/hover/register";
import "monaco-editor/features/indentation/register";
import "monaco-editor/features/inlayHints/register";
import "monaco-editor/features/linesOperations/register";
import "monaco-editor/features/links/register";
import "monaco-editor/features/multicursor/register";
import "monaco-editor/features/parameterHints/register";
import "monaco-editor/features/placeholderText/register";
import "monaco-editor/features/quickOutline/register";
import "monaco-editor/features/readOnlyMessage/register";
import "monaco-editor/features/referenceSearch/register";
import "monaco-editor/features/rename/register";
import "monaco-editor/features/smartSelect/register";
import "monaco-editor/features/snippet/register";
import "monaco-editor/features/stickyScroll/register";
import "monaco-editor/features/toggleTabFocusMode/register";
import "monaco-editor/features/unicodeHighlighter/register";
import "monaco-editor/features/wordHighlighter/register";
import "monaco-editor/features/wordOperations/register";

// The list of suggestions: `features/suggest/register` of this version has those inside of the line only.
import "monaco-editor/editor/contrib/suggest/browser/suggestController";

// Tokenizers: YAML, and the languages that people write in `run:` and `script:`. Each is fetched when first shown.
import "monaco-editor/languages/definitions/bat/register";
import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/perl/register";
import "monaco-editor/languages/definitions/powershell/register";
import "monaco-editor/languages/definitions/python/register";
import "monaco-editor/languages/definitions/shell/register";
import "monaco-editor/languages/definitions/yaml/register";

import { languages } from "monaco-editor/editor/editor.api";
import { conf as yaml } from "monaco-editor/languages/definitions/yaml/yaml";

// How YAML is indented holds from the first key on, not only once its tokenizer has come.
languages.setLanguageConfiguration("yaml", yaml);

// A worker of its own file: the page's Content-Security-Policy allows no `blob:` worker.
globalThis.MonacoEnvironment = {
  getWorker: (_module, label) =>
    new Worker(new URL("editor.worker.js", import.meta.url), { type: "module", name: label }),
};

export {
  CancellationTokenSource,
  Emitter,
  KeyCode,
  KeyMod,
  MarkerSeverity,
  MarkerTag,
  Position,
  Range,
  Selection,
  Uri,
  editor,
  languages,
} from "monaco-editor/editor/editor.api";
