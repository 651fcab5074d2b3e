// Reads the page aloud with the browser's own voice. The button appears only where there is one.
(() => {
  const button = document.querySelector("[data-aloud]");
  const voice = window.speechSynthesis;
  if (!button || !voice) {
    return;
  }
  const words = [button.textContent, button.dataset.aloud];
  const BLOCKS = "h1, h2, h3, p, li, dt, dd, th, td, caption, summary";
  let isReading = false;

  function show(reading) {
    isReading = reading;
    button.textContent = words[Number(reading)];
  }

  // One utterance for each block of text: long ones are cut off by some browsers.
  function sayings() {
    return [...document.querySelectorAll("main :is(" + BLOCKS + ")")]
      .filter((block) => block.checkVisibility?.() !== false && !block.querySelector(BLOCKS))
      .map((block) => {
        const saying = new SpeechSynthesisUtterance(block.innerText.replace(/\s+/g, " ").slice(0, 1000));
        saying.lang = (block.querySelector("[lang]") ?? block).closest("[lang]").lang.replace("zh-Hans", "zh-CN");
        saying.rate = 0.9;
        return saying;
      })
      .filter((saying) => saying.text.trim());
  }

  button.hidden = false;
  show(false);
  button.addEventListener("click", () => {
    voice.cancel();
    if (isReading) {
      show(false);
      return;
    }
    const all = sayings();
    if (all.length) {
      all[all.length - 1].addEventListener("end", () => show(false));
      show(true);
      all.forEach((saying) => voice.speak(saying));
    }
  });
  // A voice goes on over pages unless it is told to stop.
  window.addEventListener("pagehide", () => voice.cancel());
})();
