/* What the bar does that only the browser can. */
(() => {
  "use strict";
  const inside = (selector, root = document) => root.querySelector(selector);
  /* What stands there now, or as soon as it does; nothing after some seconds. */
  const once = (selector, act) => {
    const found = inside(selector);
    if (found) return act(found);
    const watch = new MutationObserver(() => {
      const drawn = inside(selector);
      if (!drawn) return;
      watch.disconnect();
      act(drawn);
    });
    watch.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 10000);
  };

  /* The keys with which one prints give the sheet, not a picture of the page. */
  document.addEventListener(
    "keydown",
    event => {
      const isPrint = (event.ctrlKey || event.metaKey) && !event.altKey && event.key === "p";
      const panel = inside(".st-key-cr-export [data-testid=stPopoverButton]");
      if (!isPrint || event.shiftKey || !panel) return;
      event.preventDefault();
      if (panel.getAttribute("aria-expanded") !== "true") panel.click();
      once(".st-key-cr-print button", button => button.click());
    },
    true,
  );

  /* A menu closes when one goes elsewhere. */
  document.addEventListener("click", event => {
    for (const menu of document.querySelectorAll("details.cr-menu[open]")) {
      if (!menu.contains(event.target) || event.target.closest("a")) menu.open = false;
    }
  });
  document.addEventListener("keydown", event => {
    const menu = event.key === "Escape" && inside("details.cr-menu[open]");
    if (!menu) return;
    menu.open = false;
    inside("summary", menu).focus();
  });
})();
