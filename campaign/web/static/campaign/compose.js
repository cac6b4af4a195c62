// Writing a post. All of it works without this; with it, nothing that was typed gets lost, and a fact goes in with a click.
"use strict";

const form = document.getElementById("post-form");
const kept = document.getElementById("kept");
const store = `post-${form.dataset.post}`;
let unsaved = false;

for (const element of document.querySelectorAll(".script-only")) element.hidden = false;

// What stands in the form, as pairs of name and value. Files stay where they are.
function typed() {
  const left = new Set(["csrfmiddlewaretoken", "base"]);
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !left.has(name));
}

function remember() {
  try {
    sessionStorage.setItem(store, JSON.stringify(typed()));
  } catch {
    // A browser that keeps nothing: leaving the page asks first, as long as something is unsaved.
  }
}

function forget() {
  sessionStorage.removeItem(store);
  document.getElementById("offered").hidden = true;
}

// Kept on the server every few seconds; until then, leaving asks first.
form.addEventListener("input", () => { unsaved = true; });
form.addEventListener("change", () => { unsaved = true; });
form.addEventListener("submit", () => { unsaved = false; });
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt !== form) return;
  if (event.detail.successful) {
    unsaved = false;
    forget();
    document.getElementById("signed-out").hidden = true;
  } else if (event.detail.xhr.status === 403) {
    signedOut(); // signed in anew in another tab: this form is older than that
  } else if (event.detail.xhr.status !== 401) {
    remember();
    const trouble = document.createElement("span");
    trouble.textContent = kept.dataset.trouble;
    kept.replaceChildren(trouble);
    window.setTimeout(() => htmx.trigger(form, "keep"), 10000);
  }
});

// The sign-in has expired: the words stay in this tab, and are offered when the page is loaded again.
function signedOut() {
  remember();
  unsaved = false;
  const notice = document.getElementById("signed-out");
  if (!notice.hidden) return;
  notice.hidden = false;
  notice.scrollIntoView({ block: "center" });
}
document.body.addEventListener("signed-out", signedOut);
document.getElementById("load-again").addEventListener("click", () => {
  remember();
  unsaved = false;
  window.location.assign(window.location.pathname);
});

function putBack(pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || ["hidden", "file", "submit", "button"].includes(field.type) || field.tagName === "BUTTON") continue;
    const those = values.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") field.checked = those.includes(field.value);
    else if (those.length) field.value = those[0];
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

const left = sessionStorage.getItem(store);
if (left && left !== JSON.stringify(typed())) {
  document.getElementById("offered").hidden = false;
  document.getElementById("put-back").addEventListener("click", () => {
    putBack(JSON.parse(left));
    document.getElementById("offered").hidden = true;
  });
  document.getElementById("forget").addEventListener("click", forget);
} else {
  sessionStorage.removeItem(store);
}

// On a telephone, the parts of the form are folded; one in which something is wrong stands open.
const narrow = window.matchMedia("(width < 46rem)");
const wrong = "[data-wrong], [aria-invalid=true]";
for (const fold of document.querySelectorAll("details[data-fold]")) fold.open = !narrow.matches || Boolean(fold.querySelector(wrong));

// A preview that was on its way when the pictures changed tells of some that are not there any more. And one that comes while
// a button's answer is awaited would replace that button, and htmx then finds no place for the answer. Of both, a newer follows.
let pictured = 0;
const awaited = new Set();
const asked = new WeakMap();
document.body.addEventListener("htmx:beforeSend", (event) => {
  asked.set(event.detail.xhr, pictured);
  if (event.detail.elt.matches("#post-form button")) awaited.add(event.detail.xhr);
});
document.body.addEventListener("htmx:afterRequest", (event) => { awaited.delete(event.detail.xhr); });
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target, requestConfig } = event.detail;
  const isOld = asked.get(xhr) !== pictured || awaited.size > 0;
  if (requestConfig.elt.id === "previewer" && isOld) event.detail.shouldSwap = false;
  if (target.id === "picture-list" && event.detail.shouldSwap) pictured += 1;
});

// A fold of remarks that was opened stays open when they are told anew.
document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
  for (const fold of event.detail.target.querySelectorAll("details[id][open]")) {
    const next = event.detail.fragment.getElementById(fold.id);
    if (next) next.open = true;
  }
});

// A field with an error says so to screen readers, too.
document.body.addEventListener("htmx:oobAfterSwap", (event) => {
  const notes = event.detail.target;
  openAround(document.getElementById(notes.id));
  if (notes.id === "corrected" && document.activeElement === document.body) document.getElementById("corrected").focus();
  const field = notes.id.startsWith("notes-") && document.getElementById(notes.id.slice("notes-".length));
  if (!field || !field.matches("input, select, textarea")) return;
  const now = document.getElementById(notes.id);
  if (now && now.hasAttribute("data-wrong")) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
});

// An error that comes up in a folded part opens it.
function openAround(notes) {
  if (!notes || !notes.matches(".notes[data-wrong]")) return;
  for (let fold = notes.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

// A fact is put in where somebody was typing last.
const texts = () => [...form.querySelectorAll("textarea:not(.alt)")];
let last = texts()[0];
form.addEventListener("focusin", (event) => {
  if (!event.target.matches("textarea:not(.alt)")) return;
  last = event.target;
  document.getElementById("goes-to").textContent = last.labels[0].textContent.trim();
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (!button) return;
  const field = document.getElementById(last.id);
  field.focus();
  const before = field.value.slice(0, field.selectionStart);
  const blank = before && !/\s$/.test(before) ? " " : "";
  field.setRangeText(`${blank}{{ fact("${button.dataset.insert}") }}`, field.selectionStart, field.selectionEnd, "end");
  const box = button.closest(".fact").querySelector("[name=facts]");
  box.checked = true;
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

// The list of facts, searched as one types. What is in the list is not counted or measured here.
const words = document.getElementById("fact-words");
if (words) {
  words.addEventListener("input", (event) => {
    event.stopPropagation();
    const wanted = words.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let found = 0;
    for (const fact of document.querySelectorAll("#fact-list > .fact")) {
      const says = fact.textContent.toLocaleLowerCase();
      fact.hidden = !wanted.every((word) => says.includes(word));
      if (!fact.hidden) found += 1;
    }
    document.getElementById("no-fact").hidden = found > 0;
  });
}

// Consent belongs to stories. What was chosen for the time is what its controls are about.
const kind = document.getElementById("kind");
kind.addEventListener("change", () => {
  const consent = document.getElementById("consent");
  const filled = [...consent.querySelectorAll("input")].some((field) => (field.type === "checkbox" ? field.checked : field.value));
  consent.hidden = kind.value !== "story" && !filled;
});
