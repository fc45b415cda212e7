// Before the first paint: the theme that the person chose, if it is not the system's, and whether a draft will open.
try {
  const chosen = /dark|light/.exec(localStorage.getItem("stepladder.theme") ?? "");
  if (chosen) document.documentElement.dataset.theme = chosen[0];
} catch {
  // A browser that keeps no data for this page: the system's theme it is.
}
document.documentElement.classList.toggle("opens-draft", location.hash.startsWith("#draft="));
