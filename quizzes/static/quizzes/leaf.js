// The leaf: what a page of a quiz says of its questions, and of what became of their answers.

import { isBlank, isTyped } from "filled";
import { post } from "outbox";

export const form = document.getElementById("answers");
const state = document.getElementById("save-state");
const ago = document.getElementById("saved-ago");
const words = document.getElementById("quiz-words").dataset;
const MINUTE = 60;
const SECOND_MS = 1000;
const JUST_NOW = 2;
const PATIENCE_MS = 10_000;
const others = new Map();
let savedAt;

export const sectionOf = (position) => document.getElementById(`question-${position}`);
export const sequenceOf = (position) => form.elements[`sequence_${position}`];
export const otherOf = (section) => others.get(Number(section.dataset.question));

/** Say what becomes of the answers; good news that is no news is not said twice. */
export function say(word, isBad = false, part = "") {
  const text = words[word].replace("%s", part);
  if (state.textContent !== text) state.textContent = text;
  state.classList.toggle("is-lost", isBad);
  state.classList.remove("visually-hidden");
  if (isBad) savedAt = undefined;
  tellAgo();
}

/** All that was given is saved; `late` answers of it had waited for a connection. */
export function tellSaved(late) {
  savedAt = performance.now();
  if (late > 0) say(late === 1 ? "reconnectedOne" : "reconnected", false, late);
  else say("saved");
  state.classList.toggle("visually-hidden", late === 0);
  tellAgo();
}

function agoInWords() {
  const seconds = Math.floor((performance.now() - savedAt) / SECOND_MS);
  const minutes = Math.floor(seconds / MINUTE);
  if (seconds < JUST_NOW) return words.justNow;
  if (minutes > 0) return minutes === 1 ? words.oneMinute : words.minutes.replace("%s", minutes);
  return words.seconds.replace("%s", seconds);
}

function tellAgo() {
  ago.textContent = savedAt === undefined ? "" : agoInWords();
}
setInterval(tellAgo, SECOND_MS);

export function tellFault(position, reason, alsoSay = () => {}) {
  const section = sectionOf(position);
  if (section) {
    section.querySelector(`#fault-${position}`).textContent = reason;
    for (const control of section.querySelectorAll(".widget .answer")) {
      if (isTyped(control)) control.setAttribute("aria-invalid", String(reason !== ""));
    }
  }
  if (reason) alsoSay();
}

/** A question that was answered elsewhere meanwhile has two answers; without `other` it has one. */
export function tellTwo(position, other) {
  const note = sectionOf(position)?.querySelector("[data-two]");
  if (!note) return;
  note.hidden = !other;
  if (!other) {
    if (others.delete(position)) tellFault(position, "");
    return;
  }
  others.set(position, other);
  tellFault(position, other.says, () => say("refused", true));
}

/** Write into the navigator what is known of a question. */
function mark(position, changes) {
  const cell = form.querySelector(`[data-cell="${position}"]`);
  for (const [name, isSo] of Object.entries(changes)) cell.toggleAttribute(`data-${name}`, isSo);
  const has = (name) => cell.hasAttribute(`data-${name}`);
  const parts = [cell.dataset.name, has("answered") ? words.answered : words.open];
  if (has("flagged")) parts.push(words.flagged);
  cell.setAttribute("aria-label", parts.join(", "));
  const count = (name) => form.querySelectorAll(`[data-cell][data-${name}]`).length;
  const all = form.querySelectorAll("[data-cell]").length;
  const told = { answered: count("answered"), left: all - count("answered"), flagged: count("flagged") };
  for (const [name, number] of Object.entries(told)) {
    form.querySelector(`[data-count="${name}"]`).textContent = number;
  }
}

export function markAnswered(position, answer) {
  mark(position, { answered: Boolean(answer) && !isBlank(answer) });
}

/** Show a flag at once, and take it back if the server does not. */
export async function flag(button, event) {
  event.preventDefault();
  const isFlagged = button.getAttribute("aria-pressed") !== "true";
  const question = Number(button.value);
  show(button, question, isFlagged);
  const { learner } = document.querySelector("[data-site]").dataset;
  const sent = { question, is_flagged: isFlagged };
  const answer = await post(form.dataset.flag, sent, learner, PATIENCE_MS).catch(() => undefined);
  if (!answer?.ok) {
    show(button, question, !isFlagged);
    say("unflagged", true);
  }
}

function show(button, question, isFlagged) {
  button.setAttribute("aria-pressed", String(isFlagged));
  button.name = isFlagged ? "unflag" : "flag";
  mark(question, { flagged: isFlagged });
}

/** Whether something was answered before the script had loaded. */
export function isTouched(section) {
  return [...section.querySelectorAll(".widget :is(.answer, [type=radio])")].some((control) => {
    if (control.matches("select")) {
      return [...control.options].some((one) => one.selected !== one.defaultSelected && one.value);
    }
    if (control.matches("[type=radio], [type=checkbox]")) {
      return control.checked !== control.defaultChecked;
    }
    return control.value !== control.defaultValue;
  });
}

export function countLetters(section) {
  const line = section.querySelector("[data-letters]");
  const text = section.querySelector("textarea").value;
  const count = (text.match(/\S+/gu) ?? []).length;
  const said = count === 1 ? line.dataset.one : line.dataset.many;
  line.textContent = said.replace("%w", count).replace("%l", text.length);
  line.hidden = false;
}

export function showScripted() {
  for (const element of document.querySelectorAll("[data-needs-script]:not(#clock-face)")) {
    element.hidden = false;
  }
  for (const section of form.querySelectorAll('[data-widget="essay"]')) countLetters(section);
}
