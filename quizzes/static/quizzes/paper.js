// The paper: what stands on the study screen, and how it is written there. No state but the page.

import { pieces } from "answers";

export const find = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

/** The page's own words, in the reader's language. */
export const words = find("#review-tools").dataset;
export const worded = (text, part) => text.replace("%s", part);

const LEAST_ALIKE = 0.5;

export function say(text, isBad = false) {
  const state = find("#save-state");
  state.textContent = text;
  state.classList.toggle("is-lost", isBad);
}

/** What this device holds, for whoever wonders whether it may be closed. */
export function tellKept(cards, waiting) {
  const kept = cards > 0 ? worded(words.kept, cards) : "";
  const waits = waiting > 0 ? worded(words.waits, waiting) : "";
  find("#kept-state").textContent = [kept, waits].filter(Boolean).join(" ");
}

export function showScripted() {
  for (const element of all("[data-needs-script]")) element.hidden = false;
}

/** Whether the page says until when the day's work is done. */
export const isPauseTold = () => Boolean(find(".pause") && !find("[data-for-now]"));
export const isAnswerShown = () => find("#answer")?.hidden === false;
export const button = (rating) => find(`#rating [name=rating][value="${rating}"]`);
export const promised = (rating) => find(`#rating [name=interval_${rating}]`).value;
export const says = (rating) => button(rating).querySelector(".rating-interval").textContent;
export const named = (rating) => button(rating).querySelector(".rating-name").textContent;

export function closeMenus() {
  for (const menu of all("[popover]:popover-open")) menu.hidePopover();
}

/** Put a card, or the end of the work, on the page; it is read from its beginning. */
export function lay(html, { counts, done }) {
  closeMenus();
  const template = document.createElement("template");
  template.innerHTML = html || find(navigator.onLine ? "#one-moment" : "#nothing-kept").innerHTML;
  find("#session").replaceChildren(template.content);
  tellProgress(counts, done);
  showScripted();
  window.scrollTo({ top: 0 });
  const start = isAnswerShown() ? find("#answer") : (find("#typed") ?? find("[data-start]"));
  start?.focus({ preventScroll: true });
}

function tellProgress(counts, done) {
  for (const mark of all("[data-count]")) mark.textContent = counts[mark.dataset.count];
  const bar = find("#progress");
  const left = counts.new + counts.learning + counts.review;
  if (bar) Object.assign(bar, { max: Math.max(done + left, 1), value: done });
}

/** The counts that came with the page. */
export function countsShown() {
  const marks = all("[data-count]").map((mark) => [mark.dataset.count, Number(mark.textContent)]);
  return Object.fromEntries(marks);
}

/** Write what each button promises; where nothing is known, nothing is promised. */
export function promise(buttons) {
  for (const one of all("#rating .rating")) {
    const known = buttons?.[one.value];
    one.querySelector(".rating-interval").textContent = known?.says ?? words.later;
    find(`#rating [name=interval_${one.value}]`).value = known?.days ?? "";
  }
}

export function showFlag(color) {
  const mark = find("#flag-mark");
  mark.className = color ? `flag flag-${color}` : "";
  mark.textContent = color ? find(`#flags [value="${color}"]`).dataset.word : "";
}

export function showNote(text) {
  const note = find("#own-note");
  note.hidden = text === "";
  note.querySelector("[data-note]").textContent = text;
}

/** What was typed or chosen; nothing where the card asks for neither. */
export function answerGiven(face) {
  if (face === "typed") return { text: find("#typed").value };
  if (face !== "choice") return undefined;
  const chosen = all(".pick input:checked").map((input) => Number(input.value));
  return { chosen: chosen.sort((one, other) => one - other) };
}

/** Show the answer in place, and read on from there. */
export function turn() {
  find("#show-answer").hidden = true;
  find("#rating").hidden = false;
  const region = find("#answer");
  region.hidden = false;
  region.focus({ preventScroll: true });
  region.scrollIntoView({ block: "nearest" });
}

/** Say what came of an answer, and name the buttons by it. */
export function tellVerdict(card, verdict, answer) {
  for (const line of all("[data-verdict]")) line.hidden = line.dataset.verdict !== verdict;
  for (const input of all("#typed, .pick input")) {
    input.readOnly = true;
    input.disabled = input.type !== "text";
  }
  for (const choice of all(".pick")) {
    const place = Number(choice.dataset.place);
    const isRight = card.rights.includes(place);
    choice.classList.toggle("pick-right", isRight);
    choice.classList.toggle("pick-wrong", !isRight && Boolean(answer.chosen?.includes(place)));
  }
  if (answer.text?.trim() && verdict !== "right") showDifference(answer.text, card.answer);
  for (const one of all("#rating .rating")) {
    const name = card.names[verdict][one.value];
    one.hidden = !name;
    if (name) one.querySelector(".rating-name").textContent = name;
  }
}

/** Letter by letter where the two are alike; else what was typed, as it was. */
function showDifference(typed, answer) {
  const tags = { same: "span", extra: "del", missing: "ins" };
  const found = pieces(typed, answer);
  const same = found.filter(({ kind }) => kind === "same").map(({ text }) => text);
  const isAlike = (2 * same.join("").length) / (typed.length + answer.length) >= LEAST_ALIKE;
  const shown = isAlike ? found : [{ kind: "same", text: typed }];
  const parts = shown.map(({ kind, text }) => {
    const part = document.createElement(tags[kind]);
    part.textContent = text;
    return part;
  });
  find("#pieces").replaceChildren(...parts);
  find("#difference").hidden = false;
}

/** Everything about a card, from its own page. */
export async function showInfo(address) {
  const dialog = find("#info-dialog");
  const body = dialog.querySelector("[data-body]");
  body.textContent = words.loading;
  dialog.showModal();
  try {
    const text = await (await fetch(address)).text();
    const info = new DOMParser().parseFromString(text, "text/html").querySelector("#info");
    body.replaceChildren(...info.childNodes);
  } catch {
    body.textContent = words.needsConnection;
  }
}

/** A form of another page in a dialog: sent from here, shown again if refused, then left. */
export async function openForm(address, onDone) {
  const dialog = find("#edit-dialog");
  const body = dialog.querySelector("[data-body]");
  const put = (text) => {
    const form = new DOMParser().parseFromString(text, "text/html").querySelector("#edit");
    if (form) body.replaceChildren(form);
    else say(words.needsConnection, true); // what was typed stays where it is
  };
  body.textContent = words.loading;
  dialog.showModal();
  put(await textOf(address));
  body.onsubmit = async (event) => {
    event.preventDefault();
    const sent = new FormData(event.target, event.submitter);
    const action = event.target.getAttribute("action");
    const response = await fetch(action, { method: "POST", body: sent }).catch(() => undefined);
    if (response && new URL(response.url).pathname !== location.pathname) {
      return put(await response.text());
    }
    if (!response) return say(words.needsConnection, true);
    dialog.close();
    return onDone();
  };
}

async function textOf(address) {
  const response = await fetch(address).catch(() => undefined);
  return response ? response.text() : "";
}

export function openNote(text) {
  const dialog = find("#note-dialog");
  dialog.querySelector("textarea").value = text;
  dialog.showModal();
}
