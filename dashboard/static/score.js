/* A judge's sheet: what is typed is kept in the browser until the server has stored it. */
if (!window.crScoreListens) {
  window.crScoreListens = true;
  const SHEET = ".cr-score";
  const FIELDS = "[data-field]";
  const PREFIX = "cr-score|";
  const PAUSE = { points: 800, comment: 1500 };
  const sheet = () => document.querySelector(SHEET);
  const lineOf = field => field.closest(".cr-line");
  const words = () => JSON.parse(sheet()?.dataset.words ?? "{}");
  const keyOf = field =>
    `${PREFIX}${sheet().dataset.sheet}|${lineOf(field).dataset.criterion}|${field.dataset.field}`;
  const typed = field => field.value.trim();
  const isChanged = field => typed(field) !== field.dataset.stored.trim();

  /* By key: what keeps a field from being stored, and what the server said of a line. */
  const faults = new Map();
  const conflicts = new Map();
  const timers = new Map();
  const sending = new Map();
  let isOffline = false;

  const keep = field => {
    const entry = { value: field.value, was: field.dataset.stored };
    try {
      localStorage.setItem(keyOf(field), JSON.stringify(entry));
    } catch {
      /* A full or forbidden store: the field itself still holds it. */
    }
  };
  const forget = field => localStorage.removeItem(keyOf(field));
  const keptOf = field => {
    try {
      return JSON.parse(localStorage.getItem(keyOf(field)));
    } catch {
      return null;
    }
  };

  const showLine = line => {
    const state = line.querySelector(".cr-cell-state");
    state.dataset.saved ??= state.textContent;
    const fields = [...line.querySelectorAll(FIELDS)];
    const open = fields.filter(isChanged);
    const fault = fields.map(field => faults.get(keyOf(field))).find(Boolean);
    const clash = fields.find(field => conflicts.has(keyOf(field)));
    for (const field of fields)
      field.setAttribute("aria-invalid", faults.has(keyOf(field)) || conflicts.has(keyOf(field)));
    line.toggleAttribute("data-open", open.length > 0);
    line.toggleAttribute("data-refused", Boolean(fault || clash));
    const text = fault ? `✖ ${fault}` : open.length
      ? `… ${isOffline ? words().kept : words().waiting}` : state.dataset.saved;
    if (state.textContent !== text || clash) state.textContent = text;
    if (!clash) return;
    const { text: why, stored } = conflicts.get(keyOf(clash));
    state.textContent = `✖ ${why} `;
    for (const [way, value] of [["mine", typed(clash)], ["theirs", stored]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "cr-button";
      button.textContent = words()[way].replace("{value}", value || words().blank);
      button.addEventListener("click", () => settle(clash, way, stored));
      state.append(button);
    }
  };
  const settle = (field, way, stored) => {
    conflicts.delete(keyOf(field));
    field.dataset.stored = stored;
    if (way === "theirs") {
      field.value = stored;
      forget(field);
      showLine(lineOf(field));
    } else {
      send(field);
    }
    field.focus();
  };

  const showOffline = value => {
    if (isOffline === value) return;
    isOffline = value;
    const root = sheet();
    if (!root) return;
    root.querySelector(".cr-offline").hidden = !value;
    root.querySelectorAll(".cr-line").forEach(showLine);
    if (!value) sendAll();
  };

  /* The sheet as it is stored now, except for what is being typed; an older state shows nothing. */
  let latest;
  const showStored = answer => {
    const root = sheet();
    if (answer.entry < Number(root.dataset.entry)) return;
    root.dataset.entry = answer.entry;
    latest = { sheet: root.dataset.sheet, answer };
    for (const line of root.querySelectorAll(".cr-line")) {
      const stored = answer.lines[line.dataset.criterion];
      if (!stored) continue;
      line.querySelector(".cr-cell-state").dataset.saved = stored.state;
      for (const field of line.querySelectorAll(FIELDS)) {
        const value = stored[field.dataset.field];
        if (isChanged(field) && typed(field) !== value) continue;
        if (typed(field) !== value) field.value = value;
        field.dataset.stored = value;
      }
      showLine(line);
    }
    for (const part of root.querySelectorAll("[data-stage]"))
      part.textContent = answer.stages[part.dataset.stage];
    const total = document.querySelector(".cr-sheet-total");
    if (!total) return;
    total.querySelector("strong").textContent = answer.total;
    total.querySelector(".cr-weak").textContent = answer.state;
    document.querySelector(".cr-sheet-blanks").textContent = answer.blanks;
  };

  const post = async field => {
    const { round, applicant, lang } = sheet().dataset;
    const { field: half, stored: was } = field.dataset;
    const value = typed(field);
    const criterion = lineOf(field).dataset.criterion;
    const key = keyOf(field);
    let answer;
    try {
      answer = await fetch(`score?lang=${lang}`, {
        method: "POST",
        signal: AbortSignal.timeout(20000),
        body: new URLSearchParams({ round, applicant, criterion, field: half, value, was }),
      });
    } catch {
      showOffline(true);
      return;
    }
    if (answer.status >= 500) return showOffline(true);
    const body = await answer.json().catch(() => ({ text: "" }));
    /* The access has ended, or the sheet is closed: the page says which. */
    if (answer.status === 403) return location.reload();
    const now = fieldOf(key);
    if (!now) return;
    faults.delete(key);
    conflicts.delete(key);
    if (answer.ok) {
      now.dataset.stored = body.lines[criterion][half];
      if (typed(now) === value) {
        now.value = now.dataset.stored;
        forget(now);
      } else {
        keep(now);
      }
      showStored(body);
    } else if (answer.status === 409) {
      conflicts.set(key, body);
      showStored(body);
    } else if (typed(now) === value) {
      faults.set(key, body.text);
    }
    showLine(lineOf(now));
    /* What the server says of a line is not left under the bar. */
    if (faults.has(key) || conflicts.has(key)) lineOf(now).scrollIntoView({ block: "nearest" });
  };
  const fieldOf = key =>
    [...(sheet()?.querySelectorAll(FIELDS) ?? [])].find(field => keyOf(field) === key);

  /* One request a field at a time; what is typed meanwhile goes after it. */
  const send = field => {
    const key = keyOf(field);
    clearTimeout(timers.get(key));
    timers.delete(key);
    const going = (sending.get(key) ?? Promise.resolve()).then(async () => {
      const now = fieldOf(key);
      if (now && isChanged(now) && !conflicts.has(key)) await post(now);
    });
    sending.set(key, going);
    return going;
  };
  const sendAll = () =>
    Promise.all([...(sheet()?.querySelectorAll(FIELDS) ?? [])].filter(isChanged).map(send));

  const typing = field => {
    const key = keyOf(field);
    faults.delete(key);
    if (isChanged(field)) keep(field);
    else forget(field);
    showLine(lineOf(field));
    clearTimeout(timers.get(key));
    timers.set(key, setTimeout(() => sheet() && send(field), PAUSE[field.dataset.field]));
  };
  const isField = target => target.matches?.(`${SHEET} ${FIELDS}`);
  document.addEventListener("input", event => isField(event.target) && typing(event.target));
  document.addEventListener("change", event => isField(event.target) && send(event.target));

  const stepBy = (field, sign) => {
    const step = Number(field.dataset.step);
    const places = (field.dataset.step.split(".")[1] ?? "").length;
    const now = Number(field.value || (sign > 0 ? -step : 0));
    if (Number.isNaN(now)) return;
    const next = (Math.round(now / step) + sign) * step;
    field.value = String(Number(Math.min(Math.max(next, 0), Number(field.dataset.max)).toFixed(places)));
    typing(field);
  };
  document.addEventListener("keydown", event => {
    if (!isField(event.target)) return;
    const field = event.target;
    const isPoints = field.dataset.field === "points";
    if (event.key === "Enter" && (isPoints || event.ctrlKey)) {
      event.preventDefault();
      send(field);
      const all = [...sheet().querySelectorAll("[data-field=points]")];
      if (isPoints) all[all.indexOf(field) + 1]?.focus();
    } else if (isPoints && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      stepBy(field, event.key === "ArrowUp" ? 1 : -1);
    }
  });

  const showEvidence = (parts, isAsked) => {
    for (const part of document.querySelectorAll("[class*=st-key-cr-evidence-]"))
      part.toggleAttribute("data-beside",
        parts.some(name => part.classList.contains(`st-key-cr-evidence-${name}`)));
    const first = document.querySelector(`.st-key-cr-evidence-${parts[0]}`);
    const column = document.querySelector(".st-key-cr-score-evidence");
    /* Beside the lines only the column is scrolled; below them only who asks is led there. */
    if (first && getComputedStyle(column).overflowY === "auto")
      column.scrollTop = first.offsetTop - column.offsetTop;
    else if (first && isAsked) first.scrollIntoView();
  };
  document.addEventListener("focusin", event => {
    const button = isField(event.target) && lineOf(event.target).querySelector(".cr-to-evidence");
    if (button) showEvidence(button.dataset.parts.split(" "), false);
  });

  /* Nothing is submitted while a field differs from what is stored. */
  let isSure = false;
  document.addEventListener("click", event => {
    const step = event.target.closest?.(`${SHEET} .cr-step`);
    if (step) stepBy(step.parentElement.querySelector("[data-field=points]"), Number(step.dataset.by));
    const evidence = event.target.closest?.(`${SHEET} .cr-to-evidence`);
    if (evidence) showEvidence(evidence.dataset.parts.split(" "), true);
    const submit = event.target.closest?.(".st-key-room-submit button");
    if (!submit || !sheet() || isSure) return;
    const open = () => [...sheet().querySelectorAll(FIELDS)].filter(isChanged);
    if (!open().length && !isOffline) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    sendAll().then(() => {
      const left = open();
      if (left.length || isOffline) {
        document.querySelector(".cr-sheet-blanks").textContent = words().first;
        left[0]?.focus();
        return;
      }
      isSure = true;
      submit.click();
      isSure = false;
    });
  }, true);

  /* A sheet that is drawn, for the first time or again, takes up what is kept of it. */
  let drawn;
  let focused = "";
  document.addEventListener("focusin", event => {
    focused = isField(event.target) ? keyOf(event.target) : "";
  });
  const takeUp = root => {
    drawn = root;
    faults.clear();
    conflicts.clear();
    root.querySelector(".cr-offline").hidden = !isOffline;
    for (const field of root.querySelectorAll(FIELDS)) {
      const kept = keptOf(field);
      if (kept && kept.value.trim() !== field.dataset.stored.trim()) {
        field.value = kept.value;
        field.dataset.stored = kept.was;
      } else if (kept) {
        forget(field);
      }
    }
    root.querySelectorAll(".cr-line").forEach(showLine);
    /* It may have been read before what was stored last. */
    if (latest?.sheet === root.dataset.sheet) showStored(latest.answer);
    const at = focused && document.activeElement === document.body && fieldOf(focused);
    if (at) at.focus({ preventScroll: true });
    sendAll();
    watchLine();
  };
  new MutationObserver(() => {
    const root = sheet();
    if (root && root !== drawn) takeUp(root);
    /* The sheet says itself that the line is lost, and one goes on writing. */
    if (root) document.querySelector("[data-cr-lost] button")?.click();
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-cr-lost"] });

  /* Whether the server is there, asked every second while a sheet is open. */
  let isWatching = false;
  const watchLine = async () => {
    if (isWatching) return;
    isWatching = true;
    while (sheet()) {
      if (!document.hidden) {
        const signal = AbortSignal.timeout(900);
        const isThere = await fetch("_stcore/health", { cache: "no-store", signal })
          .then(answer => answer.ok, () => false);
        showOffline(!isThere);
      }
      await new Promise(go => setTimeout(go, 1000));
    }
    isWatching = false;
  };
  window.addEventListener("offline", () => showOffline(true));

  /* Who signs out leaves nothing on a device that others may use. */
  document.addEventListener("submit", event => {
    if (!event.target.action?.includes("sign-out")) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
  if (sheet()) takeUp(sheet());
}
