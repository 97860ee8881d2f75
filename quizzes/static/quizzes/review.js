// The study screen: shows the answer, rates by key, and tells what was saved.
//
// The page works without this file; every act here presses a button that is on the page, so there
// is one way to rate a card and not two.

const NEVER_WITH = ["ctrlKey", "altKey", "metaKey"];
const TYPING = "input, select, textarea, [contenteditable]:not([contenteditable=false])";
const PRESSABLE = "a[href], button, summary, label";
const GO = "go";
const ACTS = {
  " ": GO,
  enter: GO,
  1: "rate-1",
  2: "rate-2",
  3: "rate-3",
  4: "rate-4",
  u: "undo",
  b: "bury",
  "-": "bury",
  s: "suspend",
  "@": "suspend",
  m: "more",
  escape: "leave",
  "?": "keys",
};
// Where the layout has other letters on these keys, the key's place counts.
const PLACES = {
  Digit1: "rate-1",
  Digit2: "rate-2",
  Digit3: "rate-3",
  Digit4: "rate-4",
  KeyU: "undo",
  KeyB: "bury",
  KeyS: "suspend",
  KeyM: "more",
};
const YEAR_SECONDS = 365 * 24 * 3600;

const find = (selector) => document.querySelector(selector);
const card = () => document.getElementById("card");
const button = (act) => find(`[data-act="${act}"]`);

let shownAt = performance.now();

/** The act that a key stands for; none with a modifier, in a field, or on a pressed control. */
function actOf(event) {
  if (NEVER_WITH.some((key) => event[key]) || event.isComposing) return undefined;
  if (event.target.closest(TYPING) || find("dialog[open]")) return undefined;
  const act = ACTS[event.key.toLowerCase()] ?? (event.shiftKey ? undefined : PLACES[event.code]);
  return act === GO && event.target.closest(PRESSABLE) ? undefined : act;
}

function isAnswerShown() {
  return find("#answer")?.hidden === false;
}

/** Space and Enter: the answer first, then Remembered. */
function go() {
  (isAnswerShown() ? button("rate-3") : button("show"))?.click();
}

function press(act) {
  if (act === GO) return go();
  if (act.startsWith("rate-") && !isAnswerShown()) return undefined;
  return button(act)?.click();
}

function onKey(event) {
  if (card()?.dataset.singleKeys === "off") return;
  const act = actOf(event);
  if (!act) return;
  const menu = find("[popover]:popover-open");
  if (act === "leave" && menu) return;
  event.preventDefault();
  if (!event.repeat) press(act);
}

/** Show the answer in place, and read on from there. */
function showAnswer() {
  find("#show-answer").hidden = true;
  find("#rating").hidden = false;
  const answer = find("#answer");
  answer.hidden = false;
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "nearest" });
}

function say(text) {
  find("#save-state").textContent = text;
}

/** A new card is on the page: it is read from the top, and its clock starts. */
function onNewCard() {
  for (const menu of document.querySelectorAll("[popover]:popover-open")) menu.hidePopover();
  shownAt = performance.now();
  say(card()?.dataset.said ?? "");
  const start = isAnswerShown() ? "#answer" : "[data-start]";
  window.scrollTo({ top: 0 });
  find(start)?.focus({ preventScroll: true });
}

function onSubmit(event) {
  const form = event.target;
  if (form.id === "show-answer") {
    event.preventDefault();
    showAnswer();
  } else if (form.id === "rating") {
    form.elements.duration_ms.value = Math.round(performance.now() - shownAt);
  }
}

function onLost() {
  say(card()?.dataset.lost ?? "");
}

/** The study day ends where the learner is: the server asks this cookie when it meets a guest. */
function tellTimeZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  if (zone) {
    document.cookie = `time_zone=${zone}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
  }
}

document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit, { capture: true });
document.addEventListener("click", (event) => {
  if (event.target.closest('[data-act="keys"]')) find("#keys").showModal();
});
document.addEventListener("htmx:after:swap", onNewCard);
document.addEventListener("htmx:response:error", onLost);
document.addEventListener("htmx:error", onLost);
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
tellTimeZone();
