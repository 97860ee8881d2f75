// The keys of a quiz. None of them hands anything in; in a field, or with a modifier, none is ours.

import { reader } from "keys";

const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

/** The question in which the focus is, or else the first on the page that is not over yet. */
function current() {
  const sections = all("[data-question]");
  const focused = document.activeElement?.closest("[data-question]");
  return focused ?? sections.find((one) => one.getBoundingClientRect().bottom > 0) ?? sections[0];
}

function choose(number) {
  const options = current().querySelectorAll(".widget:enabled .options input");
  const option = options[number - 1];
  option?.focus();
  option?.click();
  return Boolean(option);
}

/** To the next question or the one before: on this page if it is here, else on its own. */
function step(by, name) {
  const sections = all("[data-question]");
  const section = sections[sections.indexOf(current()) + by];
  if (section) reach(section);
  else find(`[data-act="${name}"]`)?.click();
}

function reach(section) {
  const number = section.querySelector(".asked-number");
  number.focus({ preventScroll: true });
  section.scrollIntoView({ block: "start" });
}

function goTo(number) {
  const section = document.getElementById(`question-${Number(number)}`);
  if (section) reach(section);
  else find(`button[data-cell="${Number(number)}"]`)?.click();
}

function askWhereTo() {
  const dialog = find("#go-dialog");
  dialog.querySelector("input").value = "";
  dialog.showModal();
}

/** `toggleClock` hides or shows the clock; with `isOff` no key does anything. */
export function listen(own, isOff, toggleClock) {
  const dialog = find("#go-dialog");
  dialog.addEventListener("close", () => {
    if (dialog.returnValue === "go") goTo(dialog.querySelector("input").value);
    dialog.returnValue = "";
  });
  if (isOff) return;
  const actOf = reader(own);
  const acts = {
    next: () => step(1, "next"),
    previous: () => step(-1, "previous"),
    flag: () => current().querySelector('[data-act="flag"]')?.click(),
    "go-to": askWhereTo,
    clock: toggleClock,
    keys: () => find("#keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.repeat) return;
    const act = actOf(event);
    const isDigit = /^[1-9]$/u.test(event.key) && actOf.isOurs(event);
    if (isDigit ? !choose(Number(event.key)) : !acts[act]) return;
    event.preventDefault();
    if (!isDigit) acts[act]();
  });
}
