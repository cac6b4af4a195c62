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

// Keys of the page that approves. One for a link follows it; one for a button only goes there: Enter decides, so that no key
// that is touched by chance approves anything. Who speaks to the machine, or types with difficulty, turns them off.
const keys = document.getElementById("keys");
const areOff = () => localStorage.getItem("keys") === "off";

const showKeys = () => {
  keys.hidden = false;
  document.getElementById("keys-on").hidden = areOff();
  const button = document.getElementById("keys-switch");
  button.textContent = areOff() ? button.dataset.on : button.dataset.off;
};

keys?.addEventListener("click", (event) => {
  if (!event.target.closest("#keys-switch")) return;
  localStorage.setItem("keys", areOff() ? "on" : "off");
  showKeys();
});

document.addEventListener("keydown", (event) => {
  if (!keys || areOff() || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, dialog, [contenteditable]")) return;
  const aim = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key.toLowerCase());
  if (!aim) return;
  event.preventDefault();
  if (aim.matches("a")) aim.click();
  else aim.focus();
});
if (keys) showKeys();
