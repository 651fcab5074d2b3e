// Shows the print button where there is script to answer it; without, the browser's own menu prints.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// The style sheet opens what is folded where the browser knows how; for the others it is opened here.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details:not([open])").forEach((folded) => {
    folded.open = true;
  });
});
