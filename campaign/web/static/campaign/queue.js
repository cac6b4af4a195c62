// The lists of the queue and of the log. All of it works without this.
"use strict";

const arrange = () => {
  for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-without-script]")) one.hidden = true;
  const told = document.querySelector("[data-selected]");
  if (!told) return;
  const boxes = document.querySelectorAll('input[name="deliveries"]:checked');
  told.closest(".decide").hidden = boxes.length === 0;
  told.textContent = boxes.length === 1 ? told.dataset.one : told.dataset.many.replace("#", boxes.length);
};

document.addEventListener("change", (event) => {
  // After every box has followed the one that ticks them all.
  if (event.target.matches('[data-all], [name="deliveries"]')) window.setTimeout(arrange);
});
document.addEventListener("htmx:afterSwap", arrange);
window.addEventListener("pageshow", arrange);
arrange();
