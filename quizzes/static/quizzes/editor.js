// The editor: the buttons of its form change parts of the page, what is typed is shown and kept.
// Each is a post that the page without this does too; whatever is answered is put in its place.

const PAUSE_MS = 700;
const SETTLED_MS = 400;
const WRONG = "0";
const MOST_ROWS = 40; // more of one name are not read
const FIRST = ".row-first, input[type=text]";
const SAVES = ["save", "save-next"];
const GAP = "___";
const GROWS = CSS.supports("field-sizing", "content");

let waiting = 0;
let settling = 0;
let isUnkept = false;
let isLeaving = false;
let turn = Promise.resolve();

const form = () => document.getElementById("editor");
const rail = () => document.getElementById("rail");
const snapshot = (data) => new URLSearchParams([...data].filter(([name]) => name !== "action")).toString();

function address(part) {
  const url = new URL(location.href);
  url.searchParams.delete("manuscript");
  url.searchParams.set("part", part);
  return url;
}

/** What the server makes of the form; nothing where it cannot be reached or lets nobody in. */
async function ask(part, action) {
  const data = new FormData(form());
  if (action) data.set("action", action);
  const sent = snapshot(data);
  try {
    const answer = await fetch(address(part), { method: "POST", body: data });
    if (!answer.ok || answer.redirected) return undefined;
    return { sent, html: await answer.text() };
  } catch {
    return undefined;
  }
}

/** The keys move and remove rows, so that nobody has to go through all of their buttons. */
function enhance() {
  for (const one of document.querySelectorAll("[data-only-without-script]")) one.hidden = true;
  for (const one of document.querySelectorAll("[data-needs-script]")) one.hidden = false;
  for (const one of form().querySelectorAll("[data-row] .step-button")) one.tabIndex = -1;
  for (const one of form().querySelectorAll("[data-row] textarea")) grow(one);
  answered();
}

/** A text of a row is as high as what stands in it. */
function grow(text) {
  if (GROWS) return;
  text.rows = 1;
  while (text.scrollHeight > text.clientHeight && text.rows < 20) text.rows += 1;
}

/** What is said of answers in the preview stands there for those that are given. */
function answered() {
  for (const one of rail().querySelectorAll("[data-field]")) {
    const fields = [...rail().querySelectorAll(`[name="${one.dataset.field}"]`)];
    one.hidden = !fields.some((at) => at.value === one.dataset.value && (at.checked ?? true));
  }
}

/** Where the focus stands: the field of that name, counted among those of the same name. */
function place() {
  const at = document.activeElement;
  const name = at?.name;
  if (!name || !form().contains(at)) return undefined;
  const same = [...form().querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  const range = at.selectionStart === undefined ? undefined : [at.selectionStart, at.selectionEnd];
  return { name, number: same.indexOf(at), value: at.value, range };
}

function refocus(was, step) {
  if (!was) return;
  const same = [...form().querySelectorAll(`[name="${CSS.escape(was.name)}"]`)];
  const wanted = was.name === "action"
    ? same.find((one) => one.value === was.value) ?? same[Math.min(was.number, same.length - 1)]
    : same[Math.min(Math.max(was.number + step, 0), same.length - 1)];
  if (!wanted) return;
  wanted.focus();
  if (was.range?.[0] != null && wanted.setSelectionRange) wanted.setSelectionRange(...was.range);
}

function step(action) {
  if (action.startsWith("up:")) return -1;
  return action.startsWith("down:") ? 1 : 0;
}

/** Let a button of the form do what it says; again if somebody typed on meanwhile. */
async function act(action) {
  let answer = await ask("form", action);
  while (answer && answer.sent !== snapshot(new FormData(form()))) answer = await ask("form", action);
  if (!answer) return told(false);
  const was = place();
  const isAdded = action.startsWith("add:");
  form().outerHTML = answer.html;
  enhance();
  refocus(was, step(action));
  if (isAdded) newest(action)?.focus();
  if (action === "find") form().querySelector('[value^="pick:"]')?.focus();
  await show();
  return undefined;
}

/** The first field of the row that was just added. */
function newest(action) {
  const button = form().querySelector(`[value="${CSS.escape(action)}"]`);
  const rows = button?.closest("fieldset")?.querySelectorAll("[data-row]");
  return rows?.length ? rows[rows.length - 1].querySelector(FIRST) : undefined;
}

/** Show the question as it stands now, and keep it. */
async function show() {
  clearTimeout(waiting);
  const answer = await ask("rail");
  if (!answer) return told(false);
  const at = document.activeElement;
  const look = rail().contains(at) && at.name === "look" ? at.value : undefined;
  rail().outerHTML = answer.html;
  enhance();
  say();
  if (look) rail().querySelector(`[name="look"][value="${look}"]`)?.focus();
  isUnkept = answer.sent !== snapshot(new FormData(form()));
  return undefined;
}

/** Tell what keeps the question from being ready, once each time that it changes. */
function say() {
  const found = [...rail().querySelectorAll(".check-blocks")].map((one) => one.textContent.trim());
  const status = document.getElementById("checks-said");
  if (status.textContent !== found.join(" ")) status.textContent = found.join(" ");
}

function told(isKept) {
  const said = rail().querySelector("[data-kept]");
  if (said && !isKept) said.textContent = form().dataset.unkept;
}

const queue = (work) => { turn = turn.then(work, work); };

function later() {
  isUnkept = true;
  clearTimeout(waiting);
  waiting = setTimeout(() => queue(hasOtherGaps() ? () => act("gaps") : show), PAUSE_MS);
}

/** By its first letters a list goes past other choices: the form follows once it stands still. */
function settled(work) {
  clearTimeout(settling);
  settling = setTimeout(() => queue(work), SETTLED_MS);
}

/** A text that has gained or lost a gap has other rows below it. */
function hasOtherGaps() {
  const count = form().elements.stem.value.split(GAP).length - 1;
  return form().elements.kind.value === "cloze" && count !== form().querySelectorAll('select[name="gap-kind"]').length;
}

document.addEventListener("input", (event) => {
  if (event.target.form !== form()) return;
  if (event.target.matches("[data-row] textarea")) grow(event.target);
  later();
});

/** Where one option can be right, the one that is chosen now is, and the one before is not. */
function unchoose(chosen) {
  const right = chosen.options[0].value;
  if (chosen.value !== right) return;
  for (const one of chosen.closest("fieldset").querySelectorAll("[data-one-right]")) {
    if (one !== chosen && one.value === right) one.value = WRONG;
  }
}

document.addEventListener("change", (event) => {
  if (event.target.closest(".proof")) answered();
  if (event.target.form !== form()) return;
  if (event.target.matches("[data-one-right]")) unchoose(event.target);
  if (event.target.name === "look") queue(show);
  else if (event.target.name === "kind") settled(() => act("kind"));
  else if (event.target.name === "gap-kind") settled(() => act("gaps"));
  else if (event.target.name === "stem" && hasOtherGaps()) queue(() => act("gaps"));
});

/** Save when everything that was on its way has arrived. */
function save(action) {
  if (isLeaving) return;
  isLeaving = true;
  isUnkept = false;
  clearTimeout(waiting);
  press(`[value="${action}"]`);
}

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  const action = event.submitter?.value ?? "preview";
  if (isLeaving && SAVES.includes(action)) return;
  event.preventDefault();
  if (SAVES.includes(action)) {
    clearTimeout(waiting);
    // After this event: a form that is still telling of one submission begins no other.
    setTimeout(() => queue(() => save(action)));
    return;
  }
  queue(action === "preview" ? show : () => act(action));
});

/** Enter in the search looks for facts, and in a row it goes to the next: no single key saves. */
function onEnter(event) {
  const row = event.target.closest("[data-row]");
  if (event.shiftKey || !event.target.matches("#editor input[type=text], [data-row] textarea")) return;
  event.preventDefault();
  if (event.target.id === "fact-query") queue(() => act("find"));
  else if (row) goOn(row);
}

/** To the next row of the list; behind the last one a new one is begun, unless that is empty. */
function goOn(row) {
  const rows = [...row.closest("fieldset").querySelectorAll("[data-row]")];
  const next = rows[rows.indexOf(row) + 1] ?? begun(row, rows.length + 1);
  next?.querySelector(FIRST).focus();
}

/** A row behind the last one: here at once, for who types on, and then as the site begins one. */
function begun(row, number) {
  const { name, value } = row.querySelector(FIRST);
  if (!value.trim() || form().querySelectorAll(`[name="${name}"]`).length >= MOST_ROWS) return undefined;
  const next = row.cloneNode(true);
  for (const one of next.querySelectorAll("textarea, input:not([name$='-gap'])")) one.value = "";
  for (const one of next.querySelectorAll("select")) {
    if (one.name === "option-share") one.value = WRONG;
    else one.selectedIndex = 0;
  }
  for (const one of next.querySelectorAll("[aria-label]")) one.ariaLabel = one.ariaLabel.replace(/\d+/, number);
  for (const one of next.querySelectorAll("[placeholder]")) one.placeholder = one.placeholder.replace(/\d+/, number);
  for (const one of next.querySelectorAll("button")) one.disabled = true; // they name the old row
  row.after(next);
  queue(() => act("kind"));
  return next;
}

function press(selector) {
  const button = form().querySelector(selector);
  if (button) form().requestSubmit(button);
}

/** A button of the row that one is in, as it stands once all that was asked before is done. */
function inRow(event, selector) {
  if (!event.target.closest("[data-row]")) return;
  event.preventDefault();
  queue(() => {
    const button = document.activeElement.closest("[data-row]")?.querySelector(selector);
    return button && act(button.value);
  });
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  const isHeld = event.ctrlKey || event.metaKey;
  if (isHeld && event.key === "Enter") {
    event.preventDefault();
    press('[value="save-next"]');
  } else if (isHeld && event.key.toLowerCase() === "s") {
    event.preventDefault();
    press('[value="save"]');
  } else if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
    inRow(event, event.key === "ArrowUp" ? "[data-up]" : "[data-down]");
  } else if (event.altKey && event.key === "Delete") {
    inRow(event, "[data-remove]");
  } else if (event.key === "Enter") {
    onEnter(event);
  } else if (event.key === "?" && !event.target.closest("input, textarea, select")) {
    document.getElementById("keys").showModal();
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-keys]")) document.getElementById("keys").showModal();
});

/** What is not kept yet goes out with the page. */
function leave() {
  if (!isUnkept) return;
  navigator.sendBeacon(address("rail"), new FormData(form()));
  isUnkept = false;
}

addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
});

addEventListener("pageshow", () => { isLeaving = false; });

enhance();
