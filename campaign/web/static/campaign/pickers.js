// Hashtags and emoji are put in where one was typing. Without this, the hashtags stand there as text, to be copied.
"use strict";

{
  const typedIn = new WeakSet();
  const said = document.getElementById("picked");
  const called = (field) => field.labels[0].textContent.trim();
  document.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) typedIn.add(event.target); });

  // A field that nobody has been in yet gets it at its end.
  const put = (field, text) => {
    const start = typedIn.has(field) ? field.selectionStart : field.value.length;
    const end = typedIn.has(field) ? field.selectionEnd : start;
    const before = start > 0 && !/\s/.test(field.value[start - 1]) ? " " : "";
    const after = end < field.value.length && !/[\s.,;:!?]/.test(field.value[end]) ? " " : "";
    field.setRangeText(`${before}${text}${after}`, start, end, "end");
    typedIn.add(field);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    said.textContent = `${text}: ${called(field)}`;
  };

  for (const word of document.querySelectorAll("[data-put]")) {
    const field = document.getElementById(word.dataset.into);
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "small", textContent: word.dataset.put });
    button.setAttribute("aria-label", `${word.dataset.put}: ${called(field)}`);
    button.addEventListener("click", () => put(document.getElementById(word.dataset.into), word.dataset.put));
    word.replaceChildren(button);
  }

  const sheet = document.getElementById("emoji-sheet");
  const search = document.getElementById("emoji-words");
  let into = "";
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-emoji]");
    if (opener) {
      into = opener.dataset.emoji;
      search.value = "";
      narrow();
      sheet.showModal();
    }
    const chosen = event.target.closest("[data-sign]");
    if (!chosen) return;
    sheet.close();
    const field = document.getElementById(into);
    put(field, chosen.dataset.sign);
    field.focus();
  });

  function narrow() {
    const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().replaceAll("œ", "oe");
    const wanted = plain(search.value);
    for (const group of sheet.querySelectorAll(".emoji-group")) {
      for (const entry of group.querySelectorAll("li")) entry.hidden = !plain(`${group.dataset.name} ${entry.textContent}`).includes(wanted);
      group.hidden = !group.querySelector("li:not([hidden])");
    }
    document.getElementById("no-emoji").hidden = Boolean(sheet.querySelector(".emoji-group:not([hidden])"));
  }
  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    sheet.querySelector(".emoji-group:not([hidden]) li:not([hidden]) [data-sign]")?.click();
  });
}
