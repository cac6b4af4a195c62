// Keys for those who like them. A link or button with data-key="n" (or "g q", or "ctrl+enter") is pressed by it, a field is gone
// to; all of them are listed on "?". Single letters can be turned off, since who dictates or has a tremor presses them unawares.
"use strict";

{
  const sheet = document.getElementById("keys");
  const switched = document.getElementById("keys-on");
  const here = document.getElementById("keys-here");
  const store = "keys";
  const PATIENCE = 1500; // milliseconds between the two keys of "g q"
  let before = "";
  let since = 0;

  // A browser that keeps nothing has them on, until the page is left.
  try {
    switched.checked = localStorage.getItem(store) !== "off";
  } catch {
    switched.checked = true;
  }
  switched.addEventListener("change", () => {
    try {
      localStorage.setItem(store, switched.checked ? "on" : "off");
    } catch {
      // As above.
    }
  });

  const isTyping = (target) => target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
  // What the page itself has comes before the list; what is hidden cannot be pressed.
  const every = (key) => [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter((element) => !element.disabled);
  const target = (key) => every(key).find((element) => !sheet.contains(element) && element.offsetParent !== null) ?? every(key).find((element) => sheet.contains(element));

  function press(key) {
    const element = target(key);
    if (!element) return false;
    if (element.matches("input, textarea, select")) element.focus();
    else element.click();
    return true;
  }

  function list() {
    here.replaceChildren();
    for (const element of document.querySelectorAll("main [data-key]")) {
      if (sheet.contains(element) || element.offsetParent === null) continue;
      const name = element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.textContent;
      const [term, meaning] = [document.createElement("dt"), document.createElement("dd")];
      const key = document.createElement("kbd");
      key.textContent = element.dataset.key.replace("ctrl+enter", here.dataset.enter);
      term.append(key);
      meaning.textContent = name.trim().replace(/\s+/g, " ");
      here.append(term, meaning);
    }
    here.parentElement.hidden = !here.children.length;
  }

  function open() {
    list();
    sheet.showModal();
  }
  const opener = document.getElementById("show-keys");
  opener.hidden = false;
  opener.addEventListener("click", open);

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.repeat) return;
    if (document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      if (press("ctrl+enter")) event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || isTyping(event.target) || !switched.checked) return;
    if (event.key === "?") {
      event.preventDefault();
      open();
      return;
    }
    const both = before && event.timeStamp - since < PATIENCE ? `${before} ${event.key}` : event.key;
    before = event.key;
    since = event.timeStamp;
    if (press(both)) {
      event.preventDefault();
      before = "";
    }
  });
}
