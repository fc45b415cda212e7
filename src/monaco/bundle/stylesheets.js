// Stands in for Monaco's `base/browser/domStylesheets`. Monaco writes its generated rules into `<style>` elements,
// which would force `style-src 'unsafe-inline'` on the whole page; constructed style sheets need no such permission.

/** What Monaco uses of the `<style>` element that it asked for. */
class AdoptedStyle {
  className = "";
  media = "";
  type = "";
  sheet = new CSSStyleSheet();
  #text = "";
  #root;

  constructor(root) {
    this.#root = root;
    root.adoptedStyleSheets.push(this.sheet);
  }

  get textContent() {
    return this.#text;
  }

  set textContent(css) {
    this.#text = css;
    this.sheet.replaceSync(css);
  }

  remove() {
    this.#root.adoptedStyleSheets = this.#root.adoptedStyleSheets.filter((sheet) => sheet !== this.sheet);
  }
}

export function createStyleSheet(container, beforeAppend, disposables) {
  const root = container?.getRootNode?.();
  const style = new AdoptedStyle(root instanceof ShadowRoot ? root : document);
  beforeAppend?.(style);
  disposables?.add({ dispose: () => style.remove() });
  return style;
}

let shared;
const sharedStyle = () => (shared ??= createStyleSheet());

export function createCSSRule(selector, cssText, style = sharedStyle()) {
  if (cssText) {
    style.sheet.insertRule(`${selector} {${cssText}}`, 0);
  }
}

export function removeCSSRulesContainingSelector(part, style = sharedStyle()) {
  const { sheet } = style;
  for (let index = sheet.cssRules.length - 1; index >= 0; index--) {
    if (sheet.cssRules[index].selectorText?.includes(part)) {
      sheet.deleteRule(index);
    }
  }
}

/** `observe` is Monaco's `autorun`, which the bundler hands in: this file imports nothing of Monaco. */
export const styleSheetFromObservable = (observe) => (css) => {
  let style;
  const watching = observe((reader) => {
    const text = css.read(reader);
    style ??= createStyleSheet();
    style.textContent = text;
  });
  return {
    dispose() {
      watching.dispose();
      style?.remove();
    },
  };
};
