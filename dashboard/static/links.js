/* Links of the pages' own text change the view without loading the page anew. */
if (!window.crLinksListen) {
  window.crLinksListen = true;
  window.crFollow = (address, state = {}, isInPlace = false) => {
    history[isInPlace ? "replaceState" : "pushState"](state, "", address);
    window.dispatchEvent(new PopStateEvent("popstate", { state }));
    openAtSection();
  };
  /* A view opens at the section that its address names, once that stands: what is drawn above it
     afterwards moves it, until the reader does something. */
  const openAtSection = () => {
    const name = location.hash.slice(1);
    if (!name) return;
    const isDrawn = ".stApp[data-test-script-state=notRunning]:not(:has([data-testid=stSkeleton]))";
    const watch = new MutationObserver(() => {
      const heading = document.querySelector(`[data-anchor="${CSS.escape(name)}"]`);
      if (!heading || !document.querySelector(isDrawn) || document.getElementById("cr-first")) return;
      watch.disconnect();
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      const align = new ResizeObserver(() => heading.scrollIntoView());
      align.observe(heading.closest("[data-testid=stMainBlockContainer]"));
      const leave = () => align.disconnect();
      for (const act of ["wheel", "touchmove", "pointerdown", "keydown"])
        addEventListener(act, leave, { once: true, passive: true, capture: true });
      setTimeout(leave, 3000);
    });
    watch.observe(document.body, { childList: true, subtree: true, attributes: true });
    setTimeout(() => watch.disconnect(), 15000);
  };
  openAtSection();
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
  /* The years of a trend are one stop of the keyboard. */
  document.addEventListener("keydown", event => {
    const year = event.target.closest?.(".cr-trend-year");
    const years = year ? [...year.parentElement.children] : [];
    const at = years.indexOf(year);
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: years.length - 1 }[event.key];
    if (!years[next]) return;
    event.preventDefault();
    year.tabIndex = -1;
    years[next].tabIndex = 0;
    years[next].focus();
  });
}
