// The calendar: posts are dragged, and the form for another time opens over the page. All of it works without this, too.
"use strict";

const dialog = document.getElementById("move");
let opener = null;

// The form comes into the dialog; what was chosen is said in words beneath.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "move-body" || !dialog) return;
  if (!dialog.open) dialog.showModal();
  const first = dialog.querySelector("#move-errors, #move-date, a");
  if (first) first.focus();
  sayInWords();
});

document.addEventListener("click", (event) => {
  const move = event.target.closest(".move");
  if (move) opener = move.closest(".unit");
  const closer = event.target.closest("[data-close-move]");
  if (closer && dialog) {
    event.preventDefault();
    dialog.close();
  }
});

// Where one was, one is again.
if (dialog) {
  dialog.addEventListener("close", () => {
    const button = opener && opener.isConnected && opener.querySelector(".move");
    if (button) button.focus();
  });
}

// After a move: the dialog closes, and the post that was moved has the focus at its new place.
document.addEventListener("moved", (event) => {
  opener = null;
  if (dialog && dialog.open) dialog.close();
  const unit = [...document.querySelectorAll("[data-parts]")].find((one) =>
    one.dataset.parts.split(" ").includes(String(event.detail.id)));
  const there = unit ? (unit.querySelector(".move") || unit.querySelector("a")) : document.querySelector("#calendar-said a, #calendar-said button");
  if (there) there.focus();
  if (unit) unit.scrollIntoView({ block: "nearest" });
});

function sayInWords() {
  const words = document.querySelector("[data-words]");
  const day = document.getElementById("move-date");
  const time = document.getElementById("move-time");
  if (!words || !day || !day.value || !time.value) return;
  const shown = new Date(`${day.value}T${time.value}Z`);
  const language = document.documentElement.lang === "fr" ? "fr-CA" : "en-CA";
  const form = { weekday: "long", year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit", timeZone: "UTC" };
  words.textContent = new Intl.DateTimeFormat(language, form).format(shown);
}
document.addEventListener("input", (event) => {
  if (event.target.id === "move-date" || event.target.id === "move-time") sayInWords();
});
sayInWords();

// A post is dragged to a day and keeps its time; on a free slot it takes the slot's.
let dragged = null;

document.addEventListener("dragstart", (event) => {
  const unit = event.target.closest && event.target.closest(".unit[draggable]");
  if (!unit) return;
  dragged = unit;
  opener = unit;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", unit.querySelector(".unit-name").textContent);
  unit.classList.add("dragged");
});

document.addEventListener("dragend", () => {
  if (dragged) dragged.classList.remove("dragged");
  dragged = null;
  unmark();
});

function unmark() {
  for (const one of document.querySelectorAll(".drop-here")) one.classList.remove("drop-here");
}

function placeOf(target) {
  return target.closest && (target.closest("[data-slot]") || target.closest("[data-day]"));
}

document.addEventListener("dragover", (event) => {
  const place = dragged && placeOf(event.target);
  if (!place) return;
  event.preventDefault();
  if (place.classList.contains("drop-here")) return;
  unmark();
  place.classList.add("drop-here");
});

document.addEventListener("drop", (event) => {
  const place = dragged && placeOf(event.target);
  if (!place) return;
  event.preventDefault();
  const day = place.dataset.slotDay || place.dataset.day;
  const time = place.dataset.slot || dragged.dataset.time;
  const from = dragged.closest("[data-day]");
  if (!place.dataset.slot && from && from.dataset.day === day) return;
  const shown = document.querySelector("#calendar [data-query]").dataset.query;
  window.htmx.ajax("POST", dragged.dataset.move, {
    source: dragged,
    target: "#calendar",
    values: { date: day, time: time, back: shown },
  });
});
