// The study screen: paints the next card without waiting, and hands in what was given.
//
// The page works without this file: each act is a form. With it, the cards of the day are kept on
// this device (`deck`, `store`), ratings and acts go through the outbox, and both work without a
// connection.

import { isSurelyRight, pieces } from "answers";
import { Deck } from "deck";
import { label, reader } from "keys";
import { Outbox, csrfToken } from "outbox";
import { lastLearner, open, rememberLearner } from "store";

const FEW = 10;
const MOST_UNDONE = 100;
const PATIENCE_MS = 4000;
const AGAIN = 1;
const GOOD = 3;
const YEAR_SECONDS = 365 * 24 * 3600;
const PASS_KEY = { right: GOOD, wrong: AGAIN, open: GOOD };

const find = (selector) => document.querySelector(selector);
const page = document.querySelector("[data-site]").dataset;
const session = find("#session");
const tools = find("#review-tools");
const told = tools.dataset;
const deck = new Deck();
/** Items answered since the server was last asked: what it said of them is older than this. */
const touched = new Set();

let store;
let outbox;
let setup;
let shown;
let shownAt = performance.now();
let reviewUid;
let verdict;
let holdsUntil = Infinity;
let isAsking = false;
let pauseHtml = "";
let waiting;
let actOf = reader();

const isAnswerShown = () => find("#answer")?.hidden === false;
const fill = (text, number) => text.replace("%s", number);

function say(text, isBad = false) {
  const state = find("#save-state");
  state.textContent = text;
  state.classList.toggle("is-lost", isBad);
}

/** What this device holds, for whoever wonders whether it may be closed. */
function tellKept() {
  const count = deck.size + (shown ? 1 : 0);
  const kept = count > 0 ? fill(told.kept, count) : "";
  const waits = outbox.size > 0 ? fill(told.waits, outbox.size) : "";
  find("#kept-state").textContent = [kept, waits].filter(Boolean).join(" ");
}

// What is on the page

function read(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Put a card, or the end of the work, on the page. */
function paint(card) {
  shown = card;
  clearTimeout(waiting);
  for (const menu of document.querySelectorAll("[popover]:popover-open")) menu.hidePopover();
  session.replaceChildren(read(card ? card.html : pauseHtml || find("#nothing-kept").innerHTML));
  if (card) dress(card);
  else waitForStep();
  settle();
}

/** What is newer than the card's own words: buttons after a step, a flag, a note. */
function dress(card) {
  const isHolding = Date.now() < holdsUntil;
  if (card.buttons !== undefined || !isHolding) promise(isHolding ? card.buttons : null);
  if (card.flag !== undefined) showFlag(card.flag);
  if (card.note !== undefined) showNote(card.note);
}

/** Write what each button promises; where nothing is known, nothing is promised. */
function promise(buttons) {
  for (const button of document.querySelectorAll("#rating .rating")) {
    const known = buttons?.[button.value];
    button.querySelector(".rating-interval").textContent = known?.says ?? told.later;
    find(`#rating [name=interval_${button.value}]`).value = known?.days ?? "";
  }
}

function showFlag(color) {
  const names = [...document.querySelectorAll("#flags [name=value]")].map((one) => one.dataset.word);
  const mark = find("#flag-mark");
  mark.className = color ? `flag flag-${color}` : "";
  mark.textContent = color ? names[color] : "";
}

function showNote(text) {
  const note = find("#own-note");
  note.hidden = text === "";
  note.querySelector("[data-note]").textContent = text;
}

/** A new card is on the page: it is read from the top, and its clock starts. */
function settle() {
  verdict = undefined;
  reviewUid = crypto.randomUUID();
  shownAt = performance.now();
  for (const [name, count] of Object.entries(deck.counts)) {
    const mark = find(`[data-count="${name}"]`);
    if (mark) mark.textContent = count;
  }
  for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
  label(document, setup?.keys);
  window.scrollTo({ top: 0 });
  const start = isAnswerShown() ? find("#answer") : (find("#typed") ?? find("[data-start]"));
  start?.focus({ preventScroll: true });
  tellKept();
}

/** Nothing to show just now: wait for the next step, or for the server. */
function waitForStep() {
  const pause = deck.nextStep - Date.now();
  if (Number.isFinite(pause)) waiting = setTimeout(paintNext, Math.max(pause, 0));
}

function paintNext() {
  paint(deck.draw(Date.now()));
  if (deck.queue.length < FEW) ask();
}

// What the server knows

/** Whether what this device knows of an item is newer than what the server said. */
const isNewer = (item) => touched.has(item) || outbox.holds(item);

function take(payload) {
  deck.load(payload, isNewer);
  holdsUntil = Date.parse(payload.holds_until);
  pauseHtml = payload.pause || pauseHtml;
  keepDeck();
}

/** Ask for the next cards, once everything was handed in. */
async function ask() {
  if (isAsking || outbox.size > 0 || !navigator.onLine) return;
  isAsking = true;
  touched.clear();
  try {
    const response = await fetch(session.dataset.ahead, { headers: { Accept: "application/json" } });
    if (response.ok) {
      take(await response.json());
      if (shown) deck.remove(shown.item);
      else if (deck.size > 0 || !session.firstElementChild) paintNext();
      else if (pauseHtml) paint();
    }
  } catch {
    // Without a connection what is kept here must do.
  }
  isAsking = false;
  tellKept();
}

/** Keep the deck, the card on the page first, for a page that is opened without a connection. */
function keepDeck() {
  const cards = [shown, ...deck.all].filter(Boolean);
  const rows = cards.map((card, place) => ({ place, card }));
  store.replace("cards", rows).catch(() => {});
  store.put("settings", { name: "day", counts: deck.counts, holdsUntil }).catch(() => {});
}

// Answers

/** Space and Enter: the answer first, then what it amounts to. */
function go() {
  const button = isAnswerShown() ? rateButton(PASS_KEY[verdict] ?? GOOD) : find('[data-act="show"]');
  button?.click();
}

const rateButton = (rating) => find(`#rating [value="${rating}"][name=rating]`);

/** What was typed or chosen; nothing where the card asks for neither. */
function answerGiven() {
  if (shown.face === "typed") return { text: find("#typed").value };
  if (shown.face !== "choice") return undefined;
  const chosen = [...document.querySelectorAll(".choice input:checked")];
  return { chosen: chosen.map((input) => Number(input.value)) };
}

/** Whether an answer is right: told here where it is certain, else by the server, else open. */
async function check(answer) {
  if (answer.chosen) {
    const isRight = String(answer.chosen) === String(shown.rights);
    return isRight ? "right" : "wrong";
  }
  if (isSurelyRight(answer.text, shown.accepted)) return "right";
  if (answer.text.trim() === "") return "wrong";
  return checkThere(answer).catch(() => "open");
}

async function checkThere(answer) {
  const response = await fetch(told.check, {
    method: "POST",
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": csrfToken(),
    },
    body: JSON.stringify({ item: shown.item, answer }),
  });
  if (!response.ok) return "open";
  const { is_right: isRight } = await response.json();
  return { true: "right", false: "wrong" }[isRight] ?? "open";
}

/** Show the answer in place, with what came of what was given, and read on from there. */
async function showAnswer() {
  const [card, answer] = [shown, answerGiven()];
  if (answer) {
    const found = await check(answer);
    if (shown !== card) return;
    tellVerdict(found, answer);
  }
  find("#show-answer").hidden = true;
  find("#rating").hidden = false;
  const region = find("#answer");
  region.hidden = false;
  region.focus({ preventScroll: true });
  region.scrollIntoView({ block: "nearest" });
}

function tellVerdict(found, answer) {
  verdict = found;
  for (const line of document.querySelectorAll("[data-verdict]")) {
    line.hidden = line.dataset.verdict !== found;
  }
  for (const input of document.querySelectorAll("#typed, .choice input")) {
    input.readOnly = true;
    input.disabled = input.type !== "text";
  }
  for (const choice of document.querySelectorAll(".choice")) {
    const place = Number(choice.dataset.place);
    choice.classList.toggle("choice-right", shown.rights.includes(place));
    const isMissed = answer.chosen?.includes(place) && !shown.rights.includes(place);
    choice.classList.toggle("choice-wrong", isMissed);
  }
  if (answer.text?.trim() && found !== "right") showDifference(answer.text);
  for (const button of document.querySelectorAll("#rating .rating")) {
    const name = shown.names[found][button.value];
    button.hidden = !name;
    if (name) button.querySelector(".rating-name").textContent = name;
  }
}

function showDifference(text) {
  const tags = { same: "span", extra: "del", missing: "ins" };
  const parts = pieces(text, shown.answer).map(({ kind, text: letters }) => {
    const part = document.createElement(tags[kind]);
    part.textContent = letters;
    return part;
  });
  find("#pieces").replaceChildren(...parts);
  find("#difference").hidden = false;
}

/** Write a rating down, and go on at once. */
function rate(rating) {
  const [card, now] = [shown, Date.now()];
  const answer = answerGiven();
  const days = find(`#rating [name=interval_${rating}]`).value;
  const review = {
    uid: reviewUid,
    item: card.item,
    rating,
    answered_at: new Date(now).toISOString(),
    duration_ms: Math.round(performance.now() - shownAt),
    ...(days === "" ? {} : { interval: Number(days) }),
    ...(answer && { answer, is_overruled: verdict !== "right" && rating > AGAIN }),
  };
  const says = rateButton(rating).querySelector(".rating-interval").textContent;
  remember("review", review.uid, rateButton(rating).querySelector(".rating-name").textContent);
  touched.add(card.item);
  deck.answered(card, rating, now);
  told.then = fill(told.saved, says);
  outbox.add("review", review);
  paintNext();
  keepDeck();
}

/** Bury, set aside: the card leaves, and the next one comes. */
function putAway(kind) {
  const card = shown;
  const act = actOn(card, kind, kind === "bury" ? null : true);
  remember("act", act.uid, told[kind === "bury" ? "buried" : "suspended"]);
  deck.leave(card);
  told.then = told[kind === "bury" ? "buried" : "suspended"];
  outbox.add("act", act);
  paintNext();
  keepDeck();
}

/** Flag, note: the card stays, and shows it. */
function mark(kind, value) {
  const act = actOn(shown, kind, value);
  remember("act", act.uid, told[kind]);
  shown[kind] = value;
  dress(shown);
  told.then = told.marked;
  outbox.add("act", act);
  keepDeck();
}

function actOn(card, kind, value) {
  touched.add(card.item);
  const done_at = new Date().toISOString();
  return { uid: crypto.randomUUID(), item: card.item, kind, value, done_at };
}

// Undo

/** Keep how things stood before an act. */
function remember(kind, uid, name) {
  const row = { kind, uid, name, card: { ...shown }, counts: { ...deck.counts } };
  store.put("history", row).catch(() => {});
}

/** Take back the newest act: on this device while it waits here, else on the server. */
async function undo() {
  const history = await store.all("history");
  const last = history.at(-1);
  await store.remove("history", history.slice(0, -MOST_UNDONE).map((row) => row.sequence));
  if (outbox.size === 0 && navigator.onLine && (await undoThere(last))) return;
  if (!last) return say(told.nothing);
  await store.remove("history", [last.sequence]);
  if (!(await outbox.cancel(last.uid))) outbox.add("undo", { uid: last.uid });
  touched.add(last.card.item);
  if (shown && shown.item !== last.card.item) deck.putFirst(shown);
  deck.remove(last.card.item);
  deck.counts = last.counts;
  paint(last.card);
  keepDeck();
  say(fill(told.undid, last.name));
}

/** Undo on the server, which also knows what other devices did; tells whether it answered. */
async function undoThere(last) {
  let response;
  try {
    response = await fetch(session.dataset.undo, {
      method: "POST",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
    });
  } catch {
    return false;
  }
  const { said, detail, ...payload } = await response.json().catch(() => ({}));
  if (!response.ok) {
    say(detail ?? told.nothing);
    return response.status === 409;
  }
  if (last) await store.remove("history", [last.sequence]);
  touched.clear();
  take(payload);
  paint(deck.draw(Infinity) ?? undefined);
  keepDeck();
  say(said);
  return true;
}

// Dialogs

async function showInfo(address) {
  const dialog = find("#info-dialog");
  const body = dialog.querySelector("[data-body]");
  body.textContent = told.loading;
  dialog.showModal();
  try {
    const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
    body.replaceChildren(...page.querySelector("#info").childNodes);
  } catch {
    body.textContent = told.needsConnection;
  }
}

function editNote() {
  const dialog = find("#note-dialog");
  dialog.querySelector("textarea").value = shown.note ?? "";
  dialog.showModal();
}

// Keys and buttons

const ACTS = {
  bury: () => putAway("bury"),
  suspend: () => putAway("suspend"),
  note: editNote,
  keys: () => find("#keys").showModal(),
  undo,
};

function onKey(event) {
  if (setup.singleKeys === "off") return;
  const flags = find("#flags:popover-open");
  if (flags && /^[0-7]$/u.test(event.key)) {
    event.preventDefault();
    flags.querySelector(`[value="${event.key}"]`).click();
    return;
  }
  const act = actOf(event);
  if (!act) return;
  if (act === "leave" && find("[popover]:popover-open")) return;
  event.preventDefault();
  if (!event.repeat) press(act);
}

function press(act) {
  if (act === "go") return go();
  const choice = /^rate-(\d)$/u.exec(act)?.[1];
  if (choice && !isAnswerShown()) return choose(Number(choice));
  return find(`[data-act="${act}"]:not([hidden])`)?.click();
}

/** Before the answer is shown, a digit takes the option of that number. */
function choose(number) {
  const input = document.querySelectorAll(".choice input")[number - 1];
  input?.click();
}

function onSubmit(event) {
  const { id } = event.target;
  const value = event.submitter?.value;
  if (id === "rating") find("#rating [name=duration_ms]").value = Math.round(performance.now() - shownAt);
  const handlers = {
    "show-answer": showAnswer,
    rating: () => rate(Number(value)),
    bury: () => putAway("bury"),
    suspend: () => putAway("suspend"),
    flag: () => mark("flag", Number(value)),
    undo,
  };
  if (!handlers[id] || (!store && id !== "show-answer")) return;
  event.preventDefault();
  handlers[id]();
}

function onClick(event) {
  const act = event.target.closest("[data-act]")?.dataset.act;
  if (act === "info") {
    event.preventDefault();
    showInfo(event.target.closest("a").href);
  } else if (act === "note" || act === "keys") {
    ACTS[act]();
  }
}

/** One option alone is an answer as soon as it is taken. */
function onChange(event) {
  if (event.target.matches(".choice input[type=radio]")) find("#show-answer").requestSubmit();
}

function onNote(event) {
  if (event.target.returnValue !== "save") return;
  mark("note", find("#note-dialog textarea").value.trim());
}

/** What became of what was handed in. */
function onSent(what, detail) {
  if (what === "sent" && detail > 0) {
    say(isLost ? fill(told.reconnected, detail) : (told.then ?? ""));
    isLost = false;
    ask();
  } else if (what === "offline") {
    isLost = true;
    say(fill(told.offline, detail), true);
  } else if (what === "signed-out") {
    say(fill(told.signedOut, detail), true);
  } else if (what === "refused") {
    say(detail, true);
  }
  tellKept();
}

let isLost = false;

// Beginning

/** How the page is set up: told by the page, or as it was when there was a connection. */
async function readSetup() {
  if (!page.learner) {
    const kept = await store.all("settings");
    return kept.find((row) => row.name === "setup") ?? { keys: {} };
  }
  const keys = JSON.parse(told.shortcuts || "{}");
  const found = { name: "setup", keys, singleKeys: session.dataset.singleKeys };
  await store.put("settings", found).catch(() => {});
  return found;
}

/** Without a connection: the cards that are kept. */
async function takeKept() {
  const [rows, settings] = await Promise.all([store.all("cards"), store.all("settings")]);
  const day = settings.find((row) => row.name === "day");
  deck.load({ cards: rows.map((row) => row.card), counts: day?.counts ?? deck.counts });
  holdsUntil = day?.holdsUntil ?? Infinity;
}

/** The card that came with the page. */
function takeShown() {
  const known = find("#card-data");
  if (!known) return;
  shown = { ...JSON.parse(known.textContent), html: find("#card").outerHTML };
  reviewUid = find("#rating [name=uid]").value;
  for (const mark of document.querySelectorAll("[data-count]")) {
    deck.counts[mark.dataset.count] = Number(mark.textContent);
  }
  label(document, setup.keys);
  find("#typed")?.focus({ preventScroll: true });
}

async function begin() {
  takeShown();
  const learner = page.learner ?? (find("#card") ? undefined : lastLearner());
  if (!learner) return;
  store = await open(learner);
  setup = await readSetup();
  actOf = reader(setup.keys);
  rememberLearner(learner);
  outbox = new Outbox(store, learner, page, onSent);
  await outbox.load();
  if (!find("#card")) {
    await takeKept();
    paintNext();
  }
  await outbox.flush();
  await ask();
}

/** The study day ends where the learner is: the server asks this cookie when it meets a guest. */
function tellTimeZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  if (zone) {
    document.cookie = `time_zone=${zone}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax${secure}`;
  }
}

setup = { keys: JSON.parse(told.shortcuts || "{}"), singleKeys: session.dataset.singleKeys };
actOf = reader(setup.keys);
for (const element of document.querySelectorAll("[data-needs-script]")) element.hidden = false;
tellTimeZone();
document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit);
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
find("#note-dialog").addEventListener("close", onNote);
window.addEventListener("online", () => outbox?.flush().then(ask));
window.addEventListener("offline", () => onSent("offline", outbox?.size ?? 0));
begin();
