// How the page gets Monaco: on demand, from its own origin, below whatever path the page is served.

let loading;

/** Resolves to the exports of `monaco.js` once its style sheet has arrived as well. */
export function loadMonaco() {
  loading ??= Promise.all([import(new URL("monaco/monaco.js", document.baseURI)), loadStyle()]).then(
    ([monaco]) => monaco,
    (error) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

function loadStyle() {
  return new Promise((resolve, reject) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL("monaco/monaco.css", document.baseURI);
    link.onload = resolve;
    link.onerror = () => reject(new Error("Monaco's style sheet could not be loaded."));
    document.head.append(link);
  });
}
