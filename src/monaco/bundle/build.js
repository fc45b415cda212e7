// Bundles Monaco into public/monaco/. Does nothing when the bundle is newer than all that it is made from.
import { build } from "esbuild";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");
const out = join(root, "public/monaco");
const stamp = join(out, "bundle.json");

const changed = (file) => statSync(file).mtimeMs;
const sources = readdirSync(here).map((name) => join(here, name));
const inputs = [...sources, join(root, "package-lock.json")];
if (existsSync(stamp) && inputs.every((file) => changed(file) <= changed(stamp))) {
  process.exit(0);
}

/** What Monaco would do that the page's policy forbids, or that screen readers cannot make sense of. */
const CHANGED = {
  // Menus stand in a shadow, for which Monaco makes a `<style>` element by hand.
  "base/browser/ui/contextview/contextview.js": [
    ["document.createElement('style')", "createStyleSheet(this.shadowRoot)"],
    ["this.shadowRoot.appendChild(style);", ""],
  ],
  // An entry that cannot be checked says nothing of it, and what is around it is nothing that has the focus.
  "base/browser/ui/menu/menu.js": [
    ["this.item.setAttribute('aria-checked', '');", "this.item.removeAttribute('aria-checked');"],
    ["super.focus();", "this.element?.classList.add('focused');"],
    ["super.blur();", "this.element?.classList.remove('focused');"],
    [
      "this.label.style.borderBottomColor =",
      "for (const said of ['aria-label', 'aria-disabled']) this.label.removeAttribute(said);\n            this.label.setAttribute('role', 'separator');\n            this.label.style.borderBottomColor =",
    ],
    ["class MenuSeparatorActionViewItem extends ActionViewItem {", "class MenuSeparatorActionViewItem extends ActionViewItem {\n    setFocusable() {}"],
    ["class BaseMenuActionViewItem extends BaseActionViewItem {", "class BaseMenuActionViewItem extends BaseActionViewItem {\n    setFocusable() {}"],
  ],
  // An option has no level.
  "base/browser/ui/list/listWidget.js": [
    ["if (typeof ariaLevel === 'number') {", "if (typeof ariaLevel === 'number' && this.accessibilityProvider.getRole?.(element) !== 'option') {"],
  ],
  "base/browser/ui/tree/abstractTree.js": [
    ["if (typeof ariaLevel === 'number') {", "if (typeof ariaLevel === 'number' && this.accessibilityProvider.getRole?.(element) !== 'option') {"],
  ],
};

/** Monaco's own `createStyleSheet` makes `<style>` elements; ours, which the page's policy allows, takes its place. */
const adoptedStyles = {
  name: "adopted-styles",
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /base[\\/]browser[\\/]domStylesheets\.js$/ }, () => ({
      contents: `
        import { autorun } from "../common/observableInternal/reactions/autorun.js";
        import { styleSheetFromObservable } from ${JSON.stringify(join(here, "stylesheets.js"))};
        export { createCSSRule, createStyleSheet, removeCSSRulesContainingSelector } from ${JSON.stringify(join(here, "stylesheets.js"))};
        export const createStyleSheetFromObservable = styleSheetFromObservable(autorun);
      `,
      resolveDir: join(root, "node_modules/monaco-editor/esm/vs/base/browser"),
    }));
    for (const [file, changes] of Object.entries(CHANGED)) {
      const filter = new RegExp(`${file.replaceAll("/", String.raw`[\\/]`).replaceAll(".", String.raw`\.`)}$`);
      pluginBuild.onLoad({ filter }, ({ path }) => {
        let contents = readFileSync(path, "utf8");
        for (const [old, now] of changes) {
          if (!contents.includes(old)) {
            throw new Error(`${file} of Monaco has changed: ${old} is not there any more.`);
          }
          contents = contents.replaceAll(old, now);
        }
        return { contents };
      });
    }
  },
};

rmSync(out, { recursive: true, force: true });
const result = await build({
  absWorkingDir: root,
  entryPoints: {
    monaco: "src/monaco/bundle/monaco.js",
    "editor.worker": "monaco-editor/editor/editor.worker",
  },
  outdir: out,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  legalComments: "none",
  loader: { ".ttf": "file" },
  assetNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  plugins: [adoptedStyles],
  logLevel: "warning",
});

// Language definitions are chunks of their own and repeat the editor's styles, which monaco.css holds already.
const outputs = Object.keys(result.metafile.outputs).map((path) => join(root, path));
const repeated = outputs.filter((file) => file.endsWith(".css") && !file.endsWith("monaco.css"));
repeated.forEach((file) => rmSync(file));
const files = outputs.filter((file) => !repeated.includes(file));
const brotli = files.map((file) => brotliCompressSync(readFileSync(file)).length).reduce((a, b) => a + b, 0);
writeFileSync(stamp, JSON.stringify({ files: files.length, brotli }) + "\n");
console.log(`Monaco: ${files.length} files, ${Math.round(brotli / 1024)} KB brotli`);
