// A quiz: each answer is sent as soon as it changes, one after the other, and again until it arrived.
//
// The page works without this file: its form saves whenever a button is pressed. An answer carries
// the number of the one that it follows, so that two windows cannot overwrite each other unseen.

const TYPING_PAUSE_MS = 700;
const RETRY_MS = 3000;
const GONE = 409;

const form = document.getElementById("answers");
const state = document.getElementById("save-state");
const waiting = new Set();
let typing;
let retry;
let isSending = false;
let leaving;

const sectionOf = (position) => document.getElementById(`question-${position}`);
const sequenceOf = (position) => form.elements[`sequence_${position}`];

function say(text, isLost = false) {
  state.textContent = text;
  state.classList.toggle("is-lost", isLost);
}

/** The answer to a question as the API takes it. */
function answerOf(position) {
  const inputs = [...sectionOf(position).querySelectorAll(`[name="answer_${position}"]`)];
  if (sectionOf(position).dataset.kind === "text") return { text: inputs[0].value };
  return { chosen: inputs.filter((one) => one.checked).map((one) => Number(one.value)) };
}

function isBlank(answer) {
  return answer.chosen ? answer.chosen.length === 0 : answer.text.trim() === "";
}

function tellFault(position, reason) {
  const fault = document.getElementById(`fault-${position}`);
  fault.textContent = reason;
  const input = sectionOf(position).querySelector("input[type=text]");
  if (input) input.setAttribute("aria-invalid", String(reason !== ""));
}

/** What the answer's question looks like in the grid, and the count below it. */
function mark(position, isAnswered) {
  const cell = form.querySelector(`[data-cell="${position}"]`);
  const words = document.getElementById("answered");
  cell.classList.toggle("is-answered", isAnswered);
  cell.setAttribute("aria-label", isAnswered ? cell.dataset.answered : cell.dataset.open);
  const cells = [...form.querySelectorAll("[data-cell]")];
  const done = cells.filter((one) => one.classList.contains("is-answered")).length;
  words.querySelector('[data-count="answered"]').textContent = done;
  words.querySelector('[data-count="left"]').textContent = cells.length - done;
}

function send(position, answer) {
  return fetch(form.dataset.save, {
    method: "POST",
    credentials: "same-origin",
    keepalive: true,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    },
    body: JSON.stringify({
      responses: [{ question: position, sequence: Number(sequenceOf(position).value), answer }],
    }),
  });
}

async function onAnswer(position, answer, response) {
  const told = await response.json();
  if (response.ok) {
    sequenceOf(position).value = told.responses[0].sequence;
    tellFault(position, "");
    mark(position, !isBlank(answer));
    return true;
  }
  const reason = told.errors?.[0]?.message ?? told.detail;
  if (response.status === GONE) {
    say(`${form.dataset.refused} ${reason}`, true);
  } else {
    tellFault(position, reason);
    say("");
  }
  return false;
}

/** Send what waits, one question at a time; throws where there is no connection. */
async function sendAll() {
  let isAllSaved = true;
  for (const position of waiting) {
    const answer = answerOf(position);
    say(form.dataset.saving);
    const response = await send(position, answer);
    if (response.status >= 500) throw new Error(response.statusText);
    if (JSON.stringify(answer) === JSON.stringify(answerOf(position))) waiting.delete(position);
    isAllSaved = (await onAnswer(position, answer, response)) && isAllSaved;
  }
  if (isAllSaved) say(form.dataset.saved);
}

async function flush() {
  if (isSending || waiting.size === 0) return;
  isSending = true;
  clearTimeout(retry);
  try {
    await sendAll();
  } catch {
    say(form.dataset.lost, true);
    retry = setTimeout(flush, RETRY_MS);
  }
  isSending = false;
  if (leaving) form.requestSubmit(leaving);
}

function onChange(event) {
  const section = event.target.closest("[data-question]");
  if (!section) return;
  waiting.add(Number(section.dataset.question));
  clearTimeout(typing);
  const isTyped = event.type === "input" && section.dataset.kind === "text";
  typing = setTimeout(flush, isTyped ? TYPING_PAUSE_MS : 0);
}

form.addEventListener("input", onChange);
form.addEventListener("change", onChange);
// The form itself saves all that is on it, after what is being sent just now.
form.addEventListener("submit", (event) => {
  clearTimeout(typing);
  clearTimeout(retry);
  waiting.clear();
  leaving = isSending ? event.submitter : undefined;
  if (isSending) event.preventDefault();
});
window.addEventListener("online", flush);
window.addEventListener("beforeunload", (event) => {
  if (waiting.size > 0) event.preventDefault();
});
// A page that the browser kept from before shows numbers from before: read it anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
