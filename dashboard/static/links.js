/* Links of the pages' own text change the view without loading the page anew. */
if (!window.crLinksListen) {
  window.crLinksListen = true;
  window.crFollow = (address, state = {}, isInPlace = false) => {
    history[isInPlace ? "replaceState" : "pushState"](state, "", address);
    window.dispatchEvent(new PopStateEvent("popstate", { state }));
  };
  /* What stands in the place of a link that was followed takes its focus: the keyboard goes on. */
  const keepFocus = link => {
    const table = link.closest("[data-table]")?.dataset.table;
    /* In a table by its text, elsewhere by its id. */
    const place = () => link.id
      ? document.getElementById(link.id)
      : [...document.querySelectorAll(`[data-table="${table}"] a.cr-open`)]
        .find(one => one.textContent === link.textContent);
    const watch = new MutationObserver(() => {
      const drawn = place();
      if (!drawn || drawn === link) return;
      watch.disconnect();
      if (document.activeElement === document.body) drawn.focus({ preventScroll: true });
    });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 10000);
  };
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.cr-open");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.button !== 0) return;
    event.preventDefault();
    window.crFollow(link.href);
    if (link.id || link.closest("[data-table]")) keepFocus(link);
  });
}
