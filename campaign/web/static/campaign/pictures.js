// The pictures of a post: chosen, dropped or pasted, they are added at once; a part of one is framed with a finger or a mouse.
"use strict";

const box = document.getElementById("pictures");
const chooser = document.getElementById("picture");
const hint = document.getElementById("hint-picture");
let waiting = [];

// One request at a time: each sends the list of pictures as it stands when it begins.
function add(files) {
  const images = [...files].filter((file) => file.type.startsWith("image/"));
  if (!images.length) return false;
  if (chooser.disabled) {
    waiting.push(...images);
    return true;
  }
  const carried = new DataTransfer();
  for (const image of images) carried.items.add(image);
  chooser.files = carried.files;
  chooser.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

chooser.addEventListener("htmx:beforeSend", () => {
  chooser.disabled = true;
  box.setAttribute("aria-busy", "true");
});
chooser.addEventListener("htmx:afterRequest", (event) => {
  chooser.disabled = false;
  chooser.value = "";
  box.removeAttribute("aria-busy");
  if (event.detail.successful) document.querySelector("#picture-list fieldset:last-of-type textarea")?.focus();
  else hint.textContent = chooser.dataset.trouble;
  const next = waiting;
  waiting = [];
  add(next);
});

// The button that was pressed is gone with the list: who goes by the keyboard stays where they were.
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id === "picture-list" && document.activeElement === document.body) event.target.focus({ preventScroll: true });
});

// A file that is dropped beside the box would replace the page, and what was typed with it.
const bearsFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!bearsFiles(event)) return;
  event.preventDefault();
  box.setAttribute("data-over", "");
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) box.removeAttribute("data-over"); });
document.addEventListener("drop", (event) => {
  if (!bearsFiles(event)) return;
  event.preventDefault();
  box.removeAttribute("data-over");
  add(event.dataTransfer.files);
});

// Word puts a picture of the words beside the words: who pastes those means the words.
document.addEventListener("paste", (event) => {
  const pasted = event.clipboardData;
  if (!pasted || pasted.types.includes("text/plain")) return;
  if (add(pasted.files)) event.preventDefault();
});

// What is asked of a crop changes nothing of the post yet.
for (const kind of ["input", "change"]) {
  box.addEventListener(kind, (event) => {
    if (!event.target.name?.startsWith("crop.")) return;
    event.stopPropagation();
    draw(event.target.closest(".crop"));
  });
}

// As `authoring/composing/cutting.py` reckons it, in parts of the picture's width and height.
function measured(crop) {
  const picture = crop.querySelector("img");
  const value = (name) => Number(crop.querySelector(`[data-cut=${name}]`).value) / 100;
  const [wide, high] = crop.querySelector("[data-sides]:checked").dataset.sides.split(":").map(Number);
  const scale = Math.min(picture.naturalWidth / wide, picture.naturalHeight / high) * value("size");
  const width = (wide * scale) / picture.naturalWidth;
  const height = (high * scale) / picture.naturalHeight;
  return { width, height, left: (1 - width) * value("across"), top: (1 - height) * value("down") };
}

function draw(crop) {
  if (!crop.querySelector("img").naturalWidth) return;
  const frame = crop.querySelector(".cut-frame");
  for (const [side, part] of Object.entries(measured(crop))) frame.style[side] = `${part * 100}%`;
}

function show(crop) {
  const cut = crop.querySelector(".cut");
  cut.hidden = false;
  const picture = cut.querySelector("img");
  if (picture.complete) draw(crop);
  else picture.addEventListener("load", () => draw(crop), { once: true });
}
box.addEventListener("toggle", (event) => { if (event.target.matches(".crop[open]")) show(event.target); }, true);

box.addEventListener("pointerdown", (event) => {
  const frame = event.target.closest(".cut-frame");
  if (!frame) return;
  event.preventDefault();
  frame.setPointerCapture(event.pointerId);
  const crop = frame.closest(".crop");
  const whole = frame.parentElement.getBoundingClientRect();
  const start = measured(crop);
  const moveTo = (name, begun, moved, room) => {
    const slider = crop.querySelector(`[data-cut=${name}]`);
    if (room > 0.001) slider.value = Math.round((100 * (begun + moved)) / room);
  };
  const follow = (moved) => {
    moveTo("across", start.left, (moved.clientX - event.clientX) / whole.width, 1 - start.width);
    moveTo("down", start.top, (moved.clientY - event.clientY) / whole.height, 1 - start.height);
    draw(crop);
  };
  frame.addEventListener("pointermove", follow);
  frame.addEventListener("lostpointercapture", () => frame.removeEventListener("pointermove", follow), { once: true });
});
