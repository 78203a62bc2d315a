/* What only the browser can do for a deck: the whole screen (F), two windows on the same slide, the
   speaker's clock, and controls that show themselves while the pointer moves. */
if (!window.crDeckListens) {
  window.crDeckListens = true;
  const POINTED_MS = 3000;
  const query = () => new URLSearchParams(location.search);
  const deck = () => query().get("edition") || "";
  const shown = () => Number(document.querySelector("[data-slide]")?.dataset.slide || 0);

  const toggle = () =>
    document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
  document.addEventListener("click", event => {
    if (event.target.closest?.(".cr-deck-full")) toggle();
    if (event.target.closest?.(".cr-clock-reset")) start(Date.now());
  });

  let fading = 0;
  document.addEventListener("pointermove", () => {
    document.documentElement.classList.add("cr-pointed");
    clearTimeout(fading);
    fading = setTimeout(
      () => document.documentElement.classList.remove("cr-pointed"),
      POINTED_MS,
    );
  });

  /* A window that was moved by its reader, or by its clock, tells the others of the same deck; one
     that is on its way to what it heard is silent, so that two never send each other back. */
  const channel = new BroadcastChannel("cr-deck");
  let last = 0;
  let awaited = 0;
  channel.addEventListener("message", event => {
    if (!shown() || event.data.deck !== deck() || event.data.slide === shown()) return;
    awaited = event.data.slide;
    const address = query();
    address.set("slide", awaited);
    history.replaceState({}, "", `?${address}`);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });
  document.addEventListener("keydown", event => {
    awaited = 0;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && event.key.toLowerCase() === "f" && shown()) toggle();
    // The browser itself takes the first Escape of a whole screen.
    if (isPlain && event.key === "Escape" && shown() && !document.fullscreenElement)
      document.querySelector(".cr-deck-leave a:last-child")?.click();
  });
  document.addEventListener("pointerdown", () => (awaited = 0));
  const tell = () => {
    const slide = shown();
    if (!slide || slide === last) return;
    const isFirst = !last;
    last = slide;
    if (awaited) {
      if (slide === awaited) awaited = 0;
    } else if (!isFirst) {
      channel.postMessage({ deck: deck(), slide });
    }
  };
  new MutationObserver(tell).observe(document.body, {
    attributeFilter: ["data-slide"],
    childList: true,
    subtree: true,
  });
  tell();

  /* The talk began when the speaker's view was opened first, also after it is loaded anew. */
  const key = () => `cr-deck-began-${deck()}`;
  const start = moment => {
    sessionStorage.setItem(key(), moment);
    tick();
  };
  const write = (element, text) => {
    if (element && element.textContent !== text) element.textContent = text;
  };
  const tick = () => {
    const elapsed = document.querySelector(".cr-clock-elapsed");
    if (!elapsed) return;
    if (!sessionStorage.getItem(key())) sessionStorage.setItem(key(), Date.now());
    const seconds = Math.floor((Date.now() - sessionStorage.getItem(key())) / 1000);
    write(elapsed, `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`);
    const clock = { hour: "2-digit", minute: "2-digit" };
    const now = new Date().toLocaleTimeString(document.documentElement.lang, clock);
    write(document.querySelector(".cr-clock-now"), now);
  };
  setInterval(tick, 250);
}
