/* Links of the pages' own text change the view without loading the page anew. */
if (!window.crLinksListen) {
  window.crLinksListen = true;
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.cr-open");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.button !== 0) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });
}
