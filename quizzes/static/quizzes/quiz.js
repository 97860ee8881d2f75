// A quiz: each answer is sent as soon as it changes, one after another, and again until it arrived.
//
// The page works without this file: its form saves whenever a button is pressed. An answer carries
// the number of the one that it follows, so that two windows cannot overwrite each other unseen.

const TYPING_PAUSE_MS = 700;
const RETRY_MS = 3000;
const PATIENCE_MS = 10_000;
const SAVED = 200;
const UNREADABLE = 400;
const CONFLICT = 409;

const form = document.getElementById("answers");
const state = document.getElementById("save-state");
/** Questions whose answers are still to be sent, and those whose answers were refused. */
const waiting = new Set();
const refused = new Set();
/** The question in whose field somebody is typing just now: half a date is no fault yet. */
let typed;
let pause;
let retry;
let isSending = false;
let isLost = false;
/** The button that was pressed while something was on its way: it is pressed again afterwards. */
let leaving;

const sectionOf = (position) => document.getElementById(`question-${position}`);
const sequenceOf = (position) => form.elements[`sequence_${position}`];
const isText = (position) => sectionOf(position).dataset.kind === "text";

function say(text, isBad = false) {
  state.textContent = text;
  state.classList.toggle("is-lost", isBad);
}

/** The answer to a question as the API takes it. */
function answerOf(position) {
  const inputs = [...sectionOf(position).querySelectorAll(`[name="answer_${position}"]`)];
  if (isText(position)) return { text: inputs[0].value };
  return { chosen: inputs.filter((one) => one.checked).map((one) => Number(one.value)) };
}

function isBlank(answer) {
  return answer.chosen ? answer.chosen.length === 0 : answer.text.trim() === "";
}

function tellFault(position, reason) {
  document.getElementById(`fault-${position}`).textContent = reason;
  const input = sectionOf(position).querySelector("input[type=text]");
  if (input) input.setAttribute("aria-invalid", String(reason !== ""));
}

/** How the question looks in the grid, and the count below it. */
function mark(position, isAnswered) {
  const cell = form.querySelector(`[data-cell="${position}"]`);
  cell.classList.toggle("is-answered", isAnswered);
  cell.setAttribute("aria-label", isAnswered ? cell.dataset.answered : cell.dataset.open);
  const cells = [...form.querySelectorAll("[data-cell]")];
  const done = cells.filter((one) => one.classList.contains("is-answered")).length;
  form.querySelector('[data-count="answered"]').textContent = done;
  form.querySelector('[data-count="left"]').textContent = cells.length - done;
}

/** What the server says of an answer; throws when it says nothing that we understand. */
async function ask(position, answer) {
  const response = await fetch(form.dataset.save, {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    },
    body: JSON.stringify({
      responses: [{ question: position, sequence: Number(sequenceOf(position).value), answer }],
    }),
  });
  if (![SAVED, UNREADABLE, CONFLICT].includes(response.status)) throw new Error(response.status);
  return { status: response.status, told: await response.json() };
}

async function sendOne(position) {
  const answer = answerOf(position);
  const { status, told } = await ask(position, answer);
  const isNewest = JSON.stringify(answer) === JSON.stringify(answerOf(position));
  if (isNewest) waiting.delete(position);
  if (status === SAVED) {
    sequenceOf(position).value = told.responses[0].sequence;
    refused.delete(position);
    tellFault(position, "");
    mark(position, !isBlank(answer));
  } else if (isNewest) {
    refused.add(position);
    const isHalfTyped = status === UNREADABLE && typed === position;
    tellFault(position, isHalfTyped ? "" : (told.errors?.[0]?.message ?? told.detail));
  }
}

function tellSaved() {
  const isBad = refused.size > 0;
  say(isBad ? form.dataset.refused : form.dataset.saved, isBad);
}

/** Send all that waits, and what is added meanwhile; what finds no connection waits on. */
async function flush() {
  if (isSending) return;
  isSending = true;
  clearTimeout(retry);
  try {
    const isAnythingSent = waiting.size > 0 || isLost;
    while (waiting.size > 0) {
      say(form.dataset.saving);
      await sendOne([...waiting][0]);
    }
    isLost = false;
    if (isAnythingSent) tellSaved();
  } catch {
    isLost = true;
    say(form.dataset.lost, true);
    retry = setTimeout(flush, RETRY_MS);
  }
  isSending = false;
  if (leaving && !isLost && navigator.onLine) form.requestSubmit(leaving);
}

function onAnswer(event) {
  const section = event.target.closest("[data-question]");
  if (!section) return;
  const position = Number(section.dataset.question);
  const isTyping = event.type === "input" && isText(position);
  typed = isTyping ? position : undefined;
  waiting.add(position);
  clearTimeout(pause);
  pause = setTimeout(flush, isTyping ? TYPING_PAUSE_MS : 0);
}

/** The form saves all that is on it: at once, or when what is on its way has arrived. */
function onSubmit(event) {
  clearTimeout(pause);
  if (isSending || isLost || !navigator.onLine) {
    event.preventDefault();
    leaving = event.submitter;
    if (!isSending) say(form.dataset.lost, true);
    return;
  }
  waiting.clear();
}

/** What was answered before this file had loaded. */
function isTouched(section) {
  return [...section.querySelectorAll("input")].some(
    (input) => input.checked !== input.defaultChecked || input.value !== input.defaultValue,
  );
}

for (const section of form.querySelectorAll("[data-question]")) {
  if (isTouched(section)) waiting.add(Number(section.dataset.question));
}
form.addEventListener("input", onAnswer);
form.addEventListener("change", onAnswer);
form.addEventListener("submit", onSubmit);
window.addEventListener("online", flush);
document.addEventListener("visibilitychange", flush);
window.addEventListener("beforeunload", (event) => {
  flush();
  if (isLost && waiting.size > 0) event.preventDefault();
});
// A page that the browser kept from before shows numbers from before: read it anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
flush();
