// A new pair of fields below, as soon as the last one is written in. Without JavaScript, "Save, and write the next text" does it.
"use strict";

const rows = document.getElementById("rows");
const empty = document.getElementById("empty-row");

rows?.addEventListener("input", () => {
  const written = [...rows.lastElementChild.querySelectorAll("textarea")].some((field) => field.value.trim());
  const number = rows.children.length + 1;
  if (!written || number > Number(rows.dataset.most)) return;
  rows.insertAdjacentHTML("beforeend", empty.innerHTML.replaceAll("NUMBER", number));
});

document.body.addEventListener("signed-out", () => {
  document.getElementById("signed-out").hidden = false;
});
