/* The drawer of evidence: its outline at once, focus in and back, and the ways to close it. */
if (!window.crDrawerListens) {
  window.crDrawerListens = true;
  /* What the drawer shows at an address; nothing of one that opens none. */
  const shownAt = search => {
    const asked = new URLSearchParams(search);
    return ["evidence", "cell"].map(name => asked.get(name) ?? "").join(" ").trim();
  };
  const isNarrow = matchMedia("(max-width: 767px)");
  let opener = null;
  let openerPlace = 0;
  /* The number and its badge lead to the same; both may be drawn anew meanwhile, or at an address
     at which more is open. */
  const alike = link => {
    const links = link ? [...document.querySelectorAll("a.cr-open")] : [];
    const same = links.filter(one => one.search === link.search);
    return same.length ? same : links.filter(one => shownAt(one.search) === shownAt(link.search));
  };
  /* What it shows, and the element that shows it, which may be made anew for the same. */
  let shown = null;
  let shownIn = null;
  let outline = null;
  const head = () => document.querySelector(".st-key-cr-drawer .cr-drawer-head");
  const drawer = () => document.querySelector(".st-key-cr-drawer");
  const removeOutline = () => {
    outline?.remove();
    outline = null;
  };
  const drawOutline = () => {
    removeOutline();
    outline = document.createElement("div");
    outline.className = "cr-drawer-outline";
    outline.setAttribute("aria-hidden", "true");
    outline.append(...Array.from({ length: 6 }, () => document.createElement("span")));
    document.body.append(outline);
    const mine = outline;
    setTimeout(() => mine === outline && removeOutline(), 15000);
  };
  /* The same drawn anew takes the focus only where nothing else has it. */
  const opened = (isOther = true) => {
    const element = drawer();
    element.classList.remove("cr-drawer-closing");
    element.setAttribute("role", "dialog");
    element.setAttribute("aria-labelledby", "cr-drawer-title");
    element.setAttribute("aria-modal", String(isNarrow.matches));
    element.tabIndex = -1;
    if (isOther) element.scrollTop = 0;
    if (isOther || document.activeElement === document.body) element.focus({ preventScroll: true });
    removeOutline();
  };
  const closed = () => {
    const link = opener?.isConnected ? opener : alike(opener)[openerPlace];
    opener = null;
    if (document.activeElement === document.body) link?.focus({ preventScroll: true });
  };
  new MutationObserver(() => {
    const now = head()?.dataset.of ?? null;
    const place = now === null ? null : drawer();
    if (now === shown && place === shownIn) return;
    const isOther = now !== shown;
    shown = now;
    shownIn = place;
    if (now === null) closed();
    else opened(isOther);
  }).observe(document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["data-of"],
  });
  /* The browser goes back after a moment: what is followed meanwhile waits for that. */
  let wayBack = null;
  const goBack = () => {
    const watch = new AbortController();
    wayBack = new Promise(arrived => {
      addEventListener("popstate", event => event.isTrusted && arrived(), watch);
      setTimeout(arrived, 2000);
    }).then(() => {
      watch.abort();
      wayBack = null;
    });
    history.back();
  };
  const close = () => {
    const link = head()?.querySelector(".cr-drawer-close");
    if (!link || wayBack) return;
    drawer().classList.add("cr-drawer-closing");
    /* What the reader opened is taken back; what the address named is left. */
    if (history.state?.isDrawer) goBack();
    else window.crFollow(link.href);
  };
  /* A link that changes something else beside the drawer leaves it as it is. */
  const opens = link =>
    shownAt(link.search) &&
    (shownAt(link.search) !== shownAt(location.search) || link.href === location.href);
  /* Before the links that open views are followed. */
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.cr-open");
    const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.button !== 0) return;
    if (wayBack) {
      event.preventDefault();
      event.stopImmediatePropagation();
      wayBack.then(() => link.click());
    } else if (link.classList.contains("cr-drawer-close")) {
      event.preventDefault();
      event.stopImmediatePropagation();
      close();
    } else if (opens(link)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!link.closest(".st-key-cr-drawer")) {
        opener = link;
        openerPlace = alike(link).indexOf(link);
      }
      drawOutline();
      if (new URL(link.href).href === location.href && head()) opened();
      else window.crFollow(link.href, { isDrawer: true }, history.state?.isDrawer && !!head());
      /* What is on its way out stays where the same is asked for before it went. */
      const isGoing = drawer()?.classList.contains("cr-drawer-closing");
      if (isGoing && shownAt(link.search) === head()?.dataset.of) opened();
    }
  }, true);
  document.addEventListener("keydown", event => {
    if (!head() || document.querySelector('[data-testid="stDialog"]')) return;
    if (event.key === "Escape") close();
    /* A sheet that covers the page keeps the focus. */
    if (event.key !== "Tab" || !isNarrow.matches) return;
    const stops = [
      ...drawer().querySelectorAll('a[href], button, summary, [tabindex="0"]'),
    ].filter(one => one.checkVisibility() && one.tabIndex >= 0);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement === edge || document.activeElement === drawer() && event.shiftKey) {
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0]).focus();
    }
  });
}
