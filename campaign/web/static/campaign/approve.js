// A ready reason is put behind what is written already. Without JavaScript, its link opens the page with it.
"use strict";

document.addEventListener("click", (event) => {
  const ready = event.target.closest("[data-words]");
  if (!ready) return;
  event.preventDefault();
  const field = document.getElementById("reason");
  field.value = [field.value.trim(), ready.dataset.words].filter(Boolean).join("\n\n");
  field.focus();
});
