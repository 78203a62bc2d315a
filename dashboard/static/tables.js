/* Tables of the pages: sorted by a heading and filtered by words, all rows of all pages at once. */
if (!window.crTablesListen) {
  window.crTablesListen = true;
  const states = new Map();
  const live = document.getElementsByClassName("cr-live");
  const scrollers = document.getElementsByClassName("cr-scroll");
  const plain = text => text.normalize("NFKC").toLowerCase();
  const query = () => new URLSearchParams(location.search);

  /* What was chosen for a table: of the address when it is first seen, then kept over redraws. */
  const stateOf = table => {
    const key = `${location.pathname} ${table.dataset.table}`;
    if (!states.has(key)) {
      const [column = "", way = ""] = (query().get(`sort-${table.dataset.table}`) ?? "").split(".");
      states.set(key, { column, way: way === "desc" ? "desc" : "asc", words: "" });
    }
    return states.get(key);
  };

  const keepInAddress = (table, state) => {
    const asked = query();
    const name = `sort-${table.dataset.table}`;
    if (state.column) asked.set(name, `${state.column}.${state.way}`);
    else asked.delete(name);
    const wasElsewhere = asked.has(`at-${table.dataset.table}`);
    asked.delete(`at-${table.dataset.table}`);
    const text = asked.toString();
    history.replaceState(history.state, "", text ? `?${text}` : location.pathname);
    // Another order begins with its first page, whose number the server writes.
    if (wasElsewhere) window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };

  const compare = (a, b, sign, collator) => {
    if (!a || !b) return Number(!a) - Number(!b);
    const [x, y] = [Number(a), Number(b)];
    return sign * (Number.isNaN(x) || Number.isNaN(y) ? collator.compare(a, b) : x - y);
  };

  const draw = table => {
    const state = stateOf(table);
    const body = table.tBodies[0];
    const rows = [...body.rows];
    rows.forEach((row, place) => { row.crPlace ??= place; });
    const heads = [...table.tHead.rows[0].cells];
    const at = heads.findIndex(head => head.dataset.column === state.column);
    heads.forEach((head, place) => {
      const way = state.way === "desc" ? "descending" : "ascending";
      const sorted = place === at ? way : "none";
      if (head.ariaSort !== sorted) head.ariaSort = sorted;
    });
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const sign = state.way === "desc" ? -1 : 1;
    const orderOf = row => row.cells[at]?.dataset.order ?? row.cells[at]?.textContent.trim() ?? "";
    const sorted = rows.toSorted((a, b) =>
      (at < 0 ? 0 : compare(orderOf(a), orderOf(b), sign, collator)) || a.crPlace - b.crPlace);
    if (sorted.some((row, place) => row !== rows[place])) body.append(...sorted);

    const words = plain(state.words).split(/\s+/).filter(Boolean);
    const first = Number(table.dataset.first ?? 1);
    const last = Number(table.dataset.last ?? sorted.length);
    let found = 0;
    sorted.forEach((row, place) => {
      const text = words.length ? plain(row.textContent) : "";
      const fits = words.every(word => text.includes(word));
      found += fits;
      row.classList.toggle("cr-left-out", !fits);
      const isElsewhere = !words.length && (place + 1 < first || place + 1 > last);
      row.classList.toggle("cr-elsewhere", isElsewhere);
      if (table.hasAttribute("aria-rowcount")) row.setAttribute("aria-rowindex", place + 2);
    });
    const field = document.querySelector(`.cr-filter input[data-table="${table.dataset.table}"]`);
    if (field) {
      if (field.value !== state.words) field.value = state.words;
      const status = field.closest(".cr-filter").querySelector("[role=status]");
      status.textContent = words.length
        ? status.dataset.said.replace("{found}", found).replace("{count}", sorted.length)
        : "";
    }
    const pager = document.getElementById(`cr-pager-${table.dataset.table}`);
    if (pager) pager.hidden = words.length > 0;
  };

  /* Laid out as cards a table keeps its meaning for screen readers; as a table it has it. */
  const narrow = matchMedia("(max-width: 640px)");
  const keepMeaning = table => {
    if (!narrow.matches) return;
    table.setAttribute("role", "table");
    for (const part of table.querySelectorAll("thead, tbody")) part.setAttribute("role", "rowgroup");
    for (const row of table.rows) row.setAttribute("role", "row");
    for (const cell of table.querySelectorAll("th, td")) {
      const role = { col: "columnheader", row: "rowheader" }[cell.getAttribute("scope")] ?? "cell";
      cell.setAttribute("role", role);
    }
  };

  const measure = scroller => {
    const rest = scroller.scrollWidth - scroller.clientWidth - scroller.scrollLeft;
    scroller.classList.toggle("cr-more", rest > 2);
  };
  const sizes = new ResizeObserver(entries => entries.forEach(entry => measure(entry.target)));

  const look = () => {
    for (const table of live) {
      if (table.crReady) continue;
      table.crReady = true;
      keepMeaning(table);
      draw(table);
    }
    for (const scroller of scrollers) {
      if (scroller.crReady) continue;
      scroller.crReady = true;
      sizes.observe(scroller);
    }
  };

  document.addEventListener("click", event => {
    const head = event.target.closest?.(".cr-live thead button")?.closest("th");
    if (!head) return;
    const table = head.closest("table");
    const state = stateOf(table);
    // Figures begin with the greatest; the third time the order is that of the page again.
    const ways = head.matches(".cr-figure, .cr-number") ? ["desc", "asc"] : ["asc", "desc"];
    const column = head.dataset.column;
    if (state.column !== column) Object.assign(state, { column, way: ways[0] });
    else if (state.way === ways[0]) state.way = ways[1];
    else state.column = "";
    draw(table);
    keepInAddress(table, state);
  });
  document.addEventListener("input", event => {
    const field = event.target.closest?.(".cr-filter input");
    const table = field && [...live].find(one => one.dataset.table === field.dataset.table);
    if (!table) return;
    stateOf(table).words = field.value;
    draw(table);
  });
  document.addEventListener("scroll", event => {
    if (event.target.classList?.contains("cr-scroll")) measure(event.target);
  }, { capture: true, passive: true });
  narrow.addEventListener("change", () => [...live].forEach(keepMeaning));
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
}
