// The lists of the queue and of the log. All of it works without this.
"use strict";

const arrange = () => {
  for (const one of document.querySelectorAll("[data-with-script]")) one.hidden = false;
  for (const one of document.querySelectorAll("[data-without-script]")) one.hidden = true;
  const told = document.querySelector("[data-selected]");
  if (!told) return;
  for (const row of document.querySelectorAll(".queue-row")) follow(row);
  const boxes = [...document.querySelectorAll('input[name="deliveries"]:checked')];
  const chosen = new Set(boxes.flatMap((box) => box.value.split(","))).size;
  told.closest(".decide").hidden = chosen === 0;
  told.textContent = chosen === 1 ? told.dataset.one : told.dataset.many.replace("#", chosen);
};

// The box of a row says how many of its channels are chosen: all, some, or none.
const follow = (row) => {
  const whole = row.querySelector("[data-row]");
  if (!whole) return;
  const boxes = [...row.querySelectorAll(".on-channels input")];
  const number = boxes.filter((box) => box.checked).length;
  whole.checked = number === boxes.length;
  whole.indeterminate = number > 0 && number < boxes.length;
};

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-row]")) {
    const row = event.target.closest(".queue-row");
    for (const box of row.querySelectorAll(".on-channels input")) box.checked = event.target.checked;
  }
  // After every box has followed the one that ticks them all.
  if (event.target.matches('[data-all], [name="deliveries"]')) window.setTimeout(arrange);
});
// A row that is chosen whole is sent by its own box: an address must not become too long for a server in between.
document.addEventListener("submit", (event) => {
  if (!event.target.matches(".queue")) return;
  for (const whole of event.target.querySelectorAll("[data-row]:checked")) {
    for (const box of whole.closest(".queue-row").querySelectorAll(".on-channels input")) box.disabled = true;
  }
});
document.addEventListener("htmx:afterSwap", arrange);
window.addEventListener("pageshow", () => {
  for (const box of document.querySelectorAll(".on-channels input")) box.disabled = false;
  arrange();
});
arrange();
