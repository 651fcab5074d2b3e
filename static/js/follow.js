// Follows an import to its end. Without a script the page reloads itself instead.
(() => {
  const box = document.querySelector("[data-follow]");
  if (!box) {
    return;
  }
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-words]");
  async function look() {
    try {
      const answer = await fetch(box.dataset.follow, { headers: { Accept: "application/json" } });
      if (answer.redirected || !answer.ok) {
        throw new Error(answer.status);
      }
      const run = await answer.json();
      if (!run.is_under_way) {
        location.reload();
        return;
      }
      if (words.textContent !== run.words) {
        words.textContent = run.words;
      }
      if (run.total && run.done) {
        bar.max = run.total;
        bar.value = run.done;
      } else {
        bar.removeAttribute("value");
      }
    } catch {
      // The server is restarted, or the clerk signed out: ask again, more slowly.
      setTimeout(look, 5000);
      return;
    }
    setTimeout(look, 1000);
  }
  setTimeout(look, 1000);
})();
