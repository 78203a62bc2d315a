// When a page changed last, by how much it jumped, and when headline and tiles
// (window.benchHeadline, window.benchTile) were seen.
(() => {
  const state = { begun: 0, last: 0, headline: 0, shift: 0, changes: 0 };
  const roots = [];
  const all = selector => roots.flatMap(root => [...root.querySelectorAll(selector)]);
  const shown = element =>
    element.checkVisibility({ visibilityProperty: true }) && element.textContent.trim();
  const look = () => {
    if (state.headline || !all(window.benchHeadline).some(shown)) return;
    if (window.benchTile && all(window.benchTile).filter(shown).length < 6) return;
    state.headline = performance.now() - state.begun;
  };
  const note = () => {
    state.last = performance.now() - state.begun;
    state.changes += 1;
    look();
  };
  const watch = root => {
    roots.push(root);
    const what = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(note).observe(root, what);
  };
  watch(document);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, { ...options, mode: "open" });
    watch(root);
    return root;
  };
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) state.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  window.benchBegin = () => {
    Object.assign(state, { begun: performance.now(), last: 0, changes: 0 });
  };
  window.benchFound = () => {
    look();
    const charts = all(".js-plotly-plot").filter(plot => plot.querySelector(".main-svg")).length;
    const quiet = performance.now() - state.begun - state.last;
    return { ...state, charts, quiet };
  };
})();
