/* The tours are offered once in a browser: on the first visit, until one takes or closes it. */
if (!window.crWelcomeListens) {
  window.crWelcomeListens = true;
  const KEY = "cr-welcomed";
  const show = () => {
    const offer = document.querySelector(".cr-welcome");
    if (offer && offer.hidden !== Boolean(localStorage.getItem(KEY))) {
      offer.hidden = Boolean(localStorage.getItem(KEY));
    }
  };
  document.addEventListener("click", event => {
    if (!event.target.closest?.(".cr-welcome-close")) return;
    localStorage.setItem(KEY, "1");
    show();
  });
  new MutationObserver(show).observe(document.body, { childList: true, subtree: true });
  show();
}
