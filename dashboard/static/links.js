/* Links of the pages' own text change the view without loading the page anew. */
if (!window.crLinksListen) {
  window.crLinksListen = true;
  const OPENER = "cr-opening-";
  window.crFollow = (address, state = {}, isInPlace = false) => {
    history[isInPlace ? "replaceState" : "pushState"](state, "", address);
    tell(state);
    openAtSection();
  };
  /* A page that has lost its server asks again for where it stands when it is back. */
  const CONNECTED = ".stApp[data-test-connection-state=CONNECTED]";
  let isWaiting = false;
  const tell = state => {
    const ask = () => window.dispatchEvent(new PopStateEvent("popstate", { state }));
    ask();
    if (isWaiting || document.querySelector(CONNECTED)) return;
    isWaiting = true;
    const watch = new MutationObserver(() => {
      if (!document.querySelector(CONNECTED)) return;
      watch.disconnect();
      isWaiting = false;
      ask();
    });
    watch.observe(document.body, {
      subtree: true, childList: true, attributeFilter: ["data-test-connection-state"],
    });
  };
  /* A view opens at the section or source that its address names, once that stands: what is drawn above it
     afterwards moves it, until the reader does something. */
  const openAtSection = () => {
    const name = location.hash.slice(1);
    if (!name) return;
    const isDrawn = ".stApp[data-test-script-state=notRunning]:not(:has([data-testid=stSkeleton]))";
    let isOpening = false;
    const watch = new MutationObserver(() => {
      const named = `[data-anchor="${CSS.escape(name)}"], .stMain #${CSS.escape(name)}`;
      const heading = document.querySelector(named);
      const list = document.querySelector("#cr-opening-sources[aria-expanded=false]");
      if (!heading && list && name.startsWith("cr-source-") && !isOpening) {
        isOpening = true;
        list.click();
      }
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
  /* What is folded opens or closes beside what was opened before, whether that is drawn yet or not. */
  const addressOf = link => {
    const name = link.id.startsWith(OPENER) && link.id.slice(OPENER.length);
    if (!name) return link.href;
    const asked = new URLSearchParams(location.search);
    const open = (asked.get("open") ?? "").split(",").filter(Boolean);
    const named = open.includes(name) ? open.filter(one => one !== name) : [...open, name];
    if (named.length) asked.set("open", named.join(","));
    else asked.delete("open");
    return `?${asked}`;
  };
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.cr-open");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.button !== 0) return;
    event.preventDefault();
    window.crFollow(addressOf(link));
    if (link.id || link.closest("[data-table]")) keepFocus(link);
  });
  /* What opens and closes does so by the space bar as well, as a button does. */
  document.addEventListener("keydown", event => {
    if (event.key !== " " || !event.target.matches?.("a.cr-open[aria-expanded]")) return;
    event.preventDefault();
    event.target.click();
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
