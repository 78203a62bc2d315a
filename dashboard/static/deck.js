/* The whole screen for a deck, by the key F or its button. Everything else works without this. */
if (!window.crDeckListens) {
  window.crDeckListens = true;
  const toggle = () =>
    document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen();
  document.addEventListener("keydown", event => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (isPlain && event.key.toLowerCase() === "f" && document.querySelector(".cr-slide")) {
      toggle();
    }
  });
  document.addEventListener("click", event => {
    if (event.target.closest?.(".cr-deck-full")) toggle();
  });
}
