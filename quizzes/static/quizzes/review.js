// The study screen: keys, buttons and forms become acts of a session (`study`).
//
// The page works without this file: each act is a form. A visitor without an account goes that
// way too, until the first rating has made a guest, and so does whoever's browser keeps nothing:
// over plain HTTP, or in a private window.

import { label, reader } from "keys";
import * as paper from "paper";
import { lastLearner, open, rememberLearner } from "store";
import { Study } from "study";

const { find, words } = paper;
const AGAIN = 1;
const GOOD = 3;
const YEAR_SECONDS = 365 * 24 * 3600;

const page = document.querySelector("[data-site]").dataset;
const session = find("#session").dataset;
const shownAt = performance.now();
let setup = { keys: JSON.parse(words.shortcuts), areSingleKeysOff: "singleKeysOff" in session };
let actOf = reader(setup.keys);
let study;

/** Space and Enter: the answer first, then what it amounts to. */
function go() {
  const rating = study?.verdict === "wrong" ? AGAIN : GOOD;
  (paper.isAnswerShown() ? paper.button(rating) : find('[data-act="show"]'))?.click();
}

function press(act) {
  const number = /^rate-(\d)$/u.exec(act)?.[1];
  if (act === "go") go();
  else if (number && !paper.isAnswerShown()) choose(Number(number));
  else find(`[data-act="${act}"]:not([hidden])`)?.click();
}

/** Before the answer is shown, a digit takes the option of that number. */
function choose(number) {
  document.querySelectorAll(".pick input")[number - 1]?.click();
}

function onKey(event) {
  if (setup.areSingleKeysOff) return;
  const flag = find(`#flags:popover-open [value="${CSS.escape(event.key)}"]`);
  const digit = /^[5-9]$/u.test(event.key) && !paper.isAnswerShown() ? `rate-${event.key}` : "";
  const act = flag ? "" : (actOf(event) ?? (find(".pick") ? digit : ""));
  if (flag) flag.click();
  if (!act || (act === "leave" && find("[popover]:popover-open"))) return;
  event.preventDefault();
  if (!event.repeat) press(act);
}

const FORMS = {
  "show-answer": () => study.turn(),
  rating: (value) => study.rate(Number(value)),
  bury: () => study.putAway("bury"),
  suspend: () => study.putAway("suspend"),
  flag: (value) => study.mark("flag", Number(value)),
  undo: () => study.undo(),
};

function onSubmit(event) {
  const { target, submitter } = event;
  if (study && FORMS[target.id]) {
    event.preventDefault();
    FORMS[target.id](submitter?.value);
  } else if (target.id === "show-answer" && !find("#typed, .pick")) {
    event.preventDefault();
    paper.turn();
  } else if (target.id === "rating") {
    target.elements.duration_ms.value = Math.round(performance.now() - shownAt);
  }
}

/** A tap anywhere on the card turns it. */
function isTap(event) {
  const isControl = event.target.closest("a, button, input, label, details");
  const isOnCard = event.target.closest(".sheet") && !isControl;
  return event.pointerType === "touch" && isOnCard && !paper.isAnswerShown();
}

function onClick(event) {
  if (isTap(event) && !find("#typed, .pick")) go();
  const control = event.target.closest("[data-act]");
  const act = control?.dataset.act;
  if (act === "keys") find("#keys").showModal();
  if (act === "note") paper.openNote(study.shown.note);
  if (act === "edit" && study?.shown.is_own && navigator.onLine) {
    event.preventDefault();
    paper.openForm(control.href, () => study.reshow());
  }
  if (act === "info") {
    event.preventDefault();
    paper.showInfo(control.href);
  }
}

/** One option alone is an answer as soon as it is taken. */
function onChange(event) {
  if (event.target.matches(".pick input[type=radio]")) find("#show-answer").requestSubmit();
}

function onNote(event) {
  const text = event.target.querySelector("textarea").value.trim();
  if (event.target.returnValue === "save") study.mark("note", text);
}

/** How the page is set up: told by the page, or as it was when there was a connection. */
async function recall(store) {
  if ("offline" in page) {
    const kept = await store.all("settings");
    setup = kept.find((row) => row.name === "setup") ?? setup;
    actOf = reader(setup.keys);
  } else {
    await store.put({ settings: { name: "setup", ...setup } }).catch(() => {});
  }
}

/** The card that came with the page. */
function cardShown() {
  const known = find("#card-data");
  if (!known) return undefined;
  const review = find("#rating [name=uid]").value;
  return { ...JSON.parse(known.textContent), html: find("#card").outerHTML, review };
}

async function begin() {
  const learner = "offline" in page ? lastLearner() : page.learner;
  if (!learner || !isSecureContext) return;
  const store = await open(learner);
  await recall(store);
  rememberLearner(learner);
  study = new Study(store, learner, { ...page, ...session, check: words.check });
  await study.begin(cardShown(), "offline" in page);
}

/** The study day ends where the learner is: the server asks this cookie when it meets a guest. */
function tellTimeZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  if (zone) {
    document.cookie = `time_zone=${zone}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
  }
}

paper.showScripted();
label(document, setup.keys);
find("#typed")?.focus({ preventScroll: true });
tellTimeZone();
document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
find("#note-dialog").addEventListener("close", onNote);
window.addEventListener("online", () => study?.outbox.flush().then(() => study.ask()));
window.addEventListener("offline", () => study?.tellOffline());
begin().catch(() => {});
