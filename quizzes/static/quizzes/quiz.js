// A quiz: what is answered is written down on this device at once and sent within two seconds.
//
// The page works without this file: its form saves whenever a button is pressed.

import { Clock } from "clock";
import { Courier } from "courier";
import { answerOf, isTyped, put, putSureness, surenessOf } from "filled";
import { openJournal, thisPage } from "journal";
import { label } from "keys";
import * as leaf from "leaf";
import { beat } from "pulse";
import { listen } from "quiz-keys";
import { enhance } from "steps";

const PAUSE_MS = 700;
const LONGEST_MS = 1800;

const { form, sectionOf, sequenceOf } = leaf;
const { learner } = document.querySelector("[data-site]").dataset;
const { attempt, save, seen } = form.dataset;
const shortcuts = JSON.parse(form.dataset.shortcuts || "{}");
let courier;
let journal;
let clock;
let lastAt = 0;
let pause;
let since;
/** The question in whose field somebody is typing just now. */
let typed;
/** The button that was pressed while something was on its way: it is pressed again afterwards. */
let leaving;
let isLeaving = false;

function entryFor(section) {
  lastAt = Math.max(Date.now(), lastAt + 1);
  const question = Number(section.dataset.question);
  return {
    attempt,
    question,
    page: thisPage,
    key: `${thisPage}/${question}`,
    at: lastAt,
    sequence: Number(sequenceOf(question).value),
    answer: answerOf(section),
    isSure: surenessOf(section),
  };
}

/** Write down what stands in a question, and see that it is sent. */
function note(section, isTyping) {
  const entry = entryFor(section);
  leaf.tellTwo(entry.question);
  courier.take(entry);
  journal.put(entry);
  markWaiting();
  since ??= performance.now();
  clearTimeout(pause);
  const most = LONGEST_MS - (performance.now() - since);
  pause = setTimeout(flush, isTyping ? Math.max(0, Math.min(PAUSE_MS, most)) : 0);
}

/** Whether anything given is still on its way, for whoever looks at the page. */
function markWaiting() {
  form.toggleAttribute("data-is-waiting", courier.entries.length > 0);
}

async function flush() {
  since = undefined;
  const isDone = await courier.flush();
  if (isDone) leave();
  return isDone;
}

function leave() {
  if (!leaving || isLeaving) return;
  isLeaving = true;
  form.requestSubmit(leaving);
}

const isNewest = (entry) => !courier.entries.some((one) => one.key === entry.key && one !== entry);

const hears = {
  saved(entry, number) {
    markWaiting();
    leaf.markAnswered(entry.question, entry.answer);
    if (entry.key.startsWith(thisPage) && sequenceOf(entry.question)) {
      sequenceOf(entry.question).value = number;
    }
    if (isNewest(entry)) leaf.tellFault(entry.question, "");
  },
  refused(entry, why) {
    const isHalfTyped = typed === entry.question;
    leaf.tellFault(entry.question, isHalfTyped ? "" : why, () => leaf.say("refused", true));
  },
  conflict(entry, other) {
    if (sectionOf(entry.question)) leaf.tellTwo(entry.question, other);
    else leaf.say("two", true, entry.question);
  },
  over() {
    location.reload(); // the server tells what became of the attempt
  },
  lost(isSignedOut) {
    const kept = journal.isKeeping ? "offline" : "unkept";
    leaf.say(isSignedOut ? "signedOut" : kept, true);
  },
  arrived(late) {
    if (courier.aside.size === 0) leaf.tellSaved(late);
    leave();
  },
  told(answer) {
    if (clock && Number.isFinite(answer.seconds_left)) clock.sync(answer.seconds_left);
  },
};

/** Keep one of two answers: this page's own, or the one that is saved. */
function keep(button, other) {
  const section = button.closest("[data-question]");
  const question = Number(section.dataset.question);
  sequenceOf(question).value = other.sequence;
  leaf.tellTwo(question);
  if (button.dataset.keep === "theirs") {
    put(section, other.answer ?? {});
    leaf.markAnswered(question, other.answer);
  }
  note(section, false); // the same as is saved changes nothing, and clears the journal
}

function onAnswer(event) {
  const section = event.target.closest("[data-question]");
  if (!section || !event.target.closest(".widget")) return;
  const isTyping = event.type === "input" && isTyped(event.target);
  typed = isTyping ? Number(section.dataset.question) : undefined;
  if (section.dataset.widget === "essay") leaf.countLetters(section);
  note(section, isTyping);
}

/** The form goes on when all that can be sent has arrived; it says what could not. */
function onSubmit(event) {
  clearTimeout(pause);
  typed = undefined;
  if (isLeaving || (courier.ready.length === 0 && !courier.isBusy)) return;
  event.preventDefault();
  leaving = event.submitter;
  flush();
}

function onClick(event) {
  const button = event.target.closest("[data-keep]");
  const other = button && leaf.otherOf(button.closest("[data-question]"));
  if (other) {
    event.preventDefault();
    keep(button, other);
  }
  const flag = event.target.closest('[data-act="flag"]');
  if (flag) leaf.flag(flag, event);
  if (event.target.closest('[data-act="clock"]')) clock.toggle();
  if (event.target.closest('[data-act="keys"]')) document.getElementById("keys").showModal();
}

/** Take up what an earlier page, or a browser that ended, has left of this attempt. */
async function takeUp() {
  const left = await journal.entries(attempt);
  const newest = new Map(left.map((entry) => [entry.question, entry]));
  for (const entry of left) {
    const section = sectionOf(entry.question);
    const isShown = section && sequenceOf(entry.question) && newest.get(entry.question) === entry;
    if (isShown && !leaf.isTouched(section)) {
      const own = await journal.adopt(entry);
      courier.take({ ...own, key: `${thisPage}/${entry.question}`, isOnItsWay: false });
      put(section, entry.answer);
      putSureness(section, entry.isSure);
      sequenceOf(entry.question).value = entry.sequence;
    } else {
      courier.take({ ...entry, key: `${entry.page}/${entry.question}`, isOnItsWay: false });
    }
  }
}

/** A device that slept has not counted on: the server says anew how much time is left. */
async function askTime() {
  if (!clock || document.visibilityState !== "visible" || clock.isOver) return;
  const response = await fetch(form.dataset.about, { headers: { "X-Learner": learner } });
  const told = await response.json();
  if (told.attempt?.handed_in_at) location.reload();
  else if (Number.isFinite(told.attempt?.seconds_left)) clock.sync(told.attempt.seconds_left);
}

/** Hand in what arrived in time, as soon as the server can be reached. */
async function timeUp() {
  const { dataset } = clock.root;
  clock.say(navigator.onLine ? dataset.over : dataset.overOffline);
  for (const widget of form.querySelectorAll(".widget")) widget.disabled = true;
  clearTimeout(pause);
  while (!(await flush())) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  document.getElementById("time-up").requestSubmit();
}

async function begin() {
  journal = await openJournal(learner);
  courier = new Courier(journal, learner, () => save, hears);
  await takeUp().catch(() => {});
  for (const section of form.querySelectorAll("[data-question]")) {
    if (leaf.isTouched(section) && sequenceOf(Number(section.dataset.question))) {
      const isTaken = courier.entries.some((one) => one.key === entryFor(section).key);
      if (!isTaken) note(section, false);
    }
  }
  form.addEventListener("input", onAnswer);
  form.addEventListener("change", onAnswer);
  form.addEventListener("submit", onSubmit);
  document.addEventListener("click", onClick);
  const face = document.querySelector("[data-clock]");
  if (face) clock = new Clock(face, timeUp);
  enhance(form);
  leaf.showScripted();
  listen(shortcuts, "singleKeysOff" in form.dataset, () => clock?.toggle());
  label(document, shortcuts);
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => {
    flush();
    askTime().catch(() => {});
  });
  window.addEventListener("pagehide", flush);
  beat(seen, learner);
  form.dataset.isReady = "";
  await flush();
}

// A page that the browser kept from before shows numbers from before: read it anew.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
begin();
