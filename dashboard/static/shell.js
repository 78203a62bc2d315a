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

  /* The first sight goes when the page stands: first its upper line, then all the rest. */
  const first = document.getElementById("cr-first");
  if (first) {
    /* In another face it would be as large as it is not, and jump. Once it is laid out, the faces
       that its letters need are on their way; to ask for them by name would fetch all there are. */
    const begun = inside("[data-waits]", first);
    if (begun?.offsetHeight) document.fonts.ready.finally(() => begun.removeAttribute("data-waits"));
    const LONGEST_PAUSE = 20000;
    const STILL = 3;
    let patience;
    /* A chart of which a picture stands already is there. */
    const isWhole = part =>
      ![...part.querySelectorAll("[data-testid=stSkeleton]")]
        .some(one => !one.closest("[class*=st-key-cr-chart-]:has(.cr-drawn)"));
    const look = () => {
      clearTimeout(patience);
      patience = setTimeout(() => first.remove(), LONGEST_PAUSE);
      const bar = inside(".st-key-cr-header-top:has(.cr-top):has(input):has(.cr-language)");
      if (bar && isWhole(bar)) first.toggleAttribute("data-has-bar", true);
      const isDrawn =
        inside(".stApp[data-test-script-state=notRunning]") &&
        inside(".stMain :is(h1, h2, [data-testid=stAlert], .cr-box)") &&
        isWhole(inside(".stMain"));
      if (bar && isDrawn) leave();
    };
    const watch = new MutationObserver(look);
    const leave = () => {
      watch.disconnect();
      document.fonts.ready.then(() => still());
    };
    /* What is drawn is not yet laid out: it shows when its height has stayed for some frames. */
    const still = (height, frames = 0) => {
      const now = inside(".stMain")?.scrollHeight;
      if (frames >= STILL) return first.remove();
      requestAnimationFrame(() => still(now, now === height ? frames + 1 : 0));
    };
    watch.observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ["data-test-script-state"],
    });
    look();
  }

  /* The tours are offered once in a browser: on the first visit, until one takes or closes it. Shown
     under the first sight, the offer moves nothing that is seen. */
  const WELCOMED = "cr-welcomed";
  const offerTours = () => {
    const isKnown = Boolean(localStorage.getItem(WELCOMED));
    for (const offer of document.querySelectorAll(".cr-welcome"))
      if (offer.hidden !== isKnown) offer.hidden = isKnown;
  };
  document.addEventListener("click", event => {
    if (!event.target.closest?.(".cr-welcome-close")) return;
    localStorage.setItem(WELCOMED, "1");
    offerTours();
  });
  new MutationObserver(offerTours).observe(document.body, { childList: true, subtree: true });
  offerTours();

  /* The library of charts, 9 MB, comes when a chart is touched or the keyboard comes to it. */
  const wake = event => {
    if (event.target.closest?.(".cr-drawn")) inside(".st-key-cr-wake button")?.click();
  };
  for (const touch of ["pointerover", "pointerdown", "focusin"])
    document.addEventListener(touch, wake, { capture: true, passive: true });

  /* What was done or refused is said at the top of the page, and one is led there. */
  new MutationObserver(changes => {
    for (const { addedNodes } of changes)
      for (const node of addedNodes) {
        const box = node.classList?.contains("cr-said") ? node : node.querySelector?.(".cr-said");
        if (box?.closest(".st-key-room-said")) box.scrollIntoView({ block: "nearest" });
      }
  }).observe(document.body, { childList: true, subtree: true });

  /* What a reference names is seen, also in a list that is made only when it is opened. */
  document.addEventListener(
    "click",
    event => {
      const link = event.target.closest?.('a[href^="#cr-source-"]');
      const opening = link && !inside(link.hash) && inside("#cr-opening-sources");
      if (!opening || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      opening.click();
      once(link.hash, () => location.assign(link.hash));
    },
    true,
  );

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

  /* The way past the bar leads to the first heading below it, and the keyboard goes on from there. */
  document.addEventListener(
    "click",
    event => {
      if (!event.target.closest?.("[data-testid=stSkipToContent]")) return;
      const headings = document.querySelectorAll(".stMain :is(h1, h2, h3)");
      const first = [...headings].find(one => !one.closest(".st-key-cr-header"));
      if (!first) return;
      event.preventDefault();
      event.stopPropagation();
      first.tabIndex = -1;
      first.focus();
    },
    true,
  );

  /* The list of contents: the headings of the page as they stand when it opens or scrolls. */
  const SECTIONS = ".stMain :is([id^=cr-section-], #cr-sources)";
  const barHeight = () => inside(".st-key-cr-header")?.getBoundingClientRect().bottom ?? 0;
  const markCurrent = list => {
    const reached = barHeight() + window.innerHeight / 4;
    const links = [...list.querySelectorAll("a")];
    const passed = links.filter(link => {
      const heading = inside(link.hash);
      return heading && heading.getBoundingClientRect().top <= reached;
    });
    for (const link of links) link.removeAttribute("aria-current");
    (passed.at(-1) ?? links[0])?.setAttribute("aria-current", "location");
  };
  const listContents = list => {
    const entries = [...document.querySelectorAll(SECTIONS)].map(heading => {
      const entry = document.createElement("li");
      const link = document.createElement("a");
      link.href = `#${heading.id}`;
      link.textContent = (inside("a", heading) ?? heading).textContent.trim();
      entry.append(link);
      return entry;
    });
    const all = document.createElement("ul");
    all.append(...entries);
    list.replaceChildren(all);
    markCurrent(list);
  };
  document.addEventListener(
    "beforetoggle",
    event => {
      if (event.target.id === "cr-contents" && event.newState === "open") listContents(event.target);
    },
    true,
  );
  document.addEventListener(
    "scroll",
    () => document.querySelectorAll("#cr-contents:popover-open, .cr-beside").forEach(markCurrent),
    { capture: true, passive: true },
  );
  /* What is folded opens when one jumps to it, and the keyboard goes on from there. */
  document.addEventListener("click", event => {
    const link = event.target.closest?.("#cr-contents a, .cr-sections a");
    const heading = link && inside(link.hash);
    if (!heading || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    inside("#cr-contents:popover-open")?.hidePopover();
    const fold = heading.closest("summary")?.parentElement;
    if (fold) fold.open = true;
    heading.tabIndex = -1;
    heading.scrollIntoView();
    heading.focus({ preventScroll: true });
    inside("a.cr-open[aria-expanded=false]", heading)?.click();
  });

  /* The link to this view. Without a secure context, as on an office network, there is no clipboard
     to write to: the selected text is copied, and if the browser does not do that, by the reader. */
  const addressOf = pinned => {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(pinned))
      if (!address.searchParams.has(name)) address.searchParams.set(name, value);
    address.hash = "";
    return address.href;
  };
  const isCopied = async field => {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      field.select();
      return document.execCommand("copy");
    }
  };
  document.addEventListener("click", async event => {
    const button = event.target.closest?.(".cr-copy");
    if (!button) return;
    const box = document.getElementById("cr-copied");
    const field = inside("input", box);
    const words = inside(".cr-copied-words", box);
    field.value = addressOf(JSON.parse(button.dataset.pinned));
    words.textContent = "";
    box.showPopover();
    const done = await isCopied(field);
    words.textContent = done ? words.dataset.done : words.dataset.byHand;
    if (done) return button.focus();
    field.focus();
    field.select();
  });

  /* Streamlit's own words, in the language of the document; ours are in it already. */
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt", "data-title"];
  const OURS = ".stHtml, script, style, [data-testid=stCode], [data-testid=stJson]";
  const speak = ({ exact, patterns }) => {
    const rules = patterns.map(([from, to]) => [new RegExp(`^${from}$`), to]);
    const said = text => {
      const words = text.trim();
      if (Object.hasOwn(exact, words)) return exact[words];
      const rule = rules.find(([from]) => from.test(words));
      return rule && words.replace(...rule);
    };
    const sayText = node => {
      const words = said(node.data);
      if (words === undefined || words === node.data) return;
      /* The dialog of a lost connection goes on with how one starts the server. */
      const isLost = node.data.trim() === "Connection error";
      const dialog = isLost && node.parentElement?.closest("[role=dialog]");
      if (dialog) dialog.dataset.crLost = "";
      node.data = words;
    };
    const sayAttributes = element => {
      /* A field for files has a name, which nothing hears in the role that it is given. */
      if (element.matches("section[role=presentation][aria-label]")) element.role = "group";
      for (const name of ATTRIBUTES) {
        const text = element.getAttribute(name);
        const words = text && said(text);
        if (words && words !== text) element.setAttribute(name, words);
      }
    };
    const ways = { acceptNode: node => (node.matches?.(OURS) ? 2 : 1) };
    const say = root => {
      if (root.nodeType === Node.TEXT_NODE) return sayText(root);
      if (root.nodeType !== Node.ELEMENT_NODE || root.matches(OURS)) return;
      sayAttributes(root);
      const walk = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, ways);
      while (walk.nextNode()) {
        const node = walk.currentNode;
        if (node.nodeType === Node.TEXT_NODE) sayText(node);
        else sayAttributes(node);
      }
    };
    const isOurs = node => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(OURS);
    new MutationObserver(changes => {
      for (const { type, target, addedNodes } of changes) {
        if (isOurs(target)) continue;
        if (type === "childList") addedNodes.forEach(say);
        else if (type === "attributes") sayAttributes(target);
        else sayText(target);
      }
    }).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributeFilter: ATTRIBUTES,
    });
    say(document.body);
  };
  fetch(`./app/static/words/${document.documentElement.lang}.json`)
    .then(answer => (answer.ok ? answer.json() : { exact: {}, patterns: [] }))
    .then(speak);

  /* Streamlit leads whoever signed in or out to the first page: back to where one was, once. */
  const BACK = "cr-back", BACK_MINUTES = 10;
  const back = JSON.parse(sessionStorage.getItem(BACK));
  sessionStorage.removeItem(BACK);
  if (back && Date.now() - back.at < BACK_MINUTES * 60_000 && back.address !== location.href) {
    location.replace(back.address);
  }
  document.addEventListener("click", event => {
    if (!event.target.closest("[class*=sign-in] button, [class*=st-key-not-open] button, .st-key-bar-sign-out button")) return;
    sessionStorage.setItem(BACK, JSON.stringify({ address: location.href, at: Date.now() }));
  });

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
