// The editor: the buttons of its form change parts of the page, what is typed is shown and kept.
// Each is a post that the page without this does too; whatever is answered is put in its place.

const PAUSE_MS = 700;
const SAVES = ["save", "save-next"];
const GAP = "___";

let waiting = 0;
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

function enhance() {
  for (const one of document.querySelectorAll("[data-only-without-script]")) one.hidden = true;
  for (const one of document.querySelectorAll("[data-needs-script]")) one.hidden = false;
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
  return rows?.length ? rows[rows.length - 1].querySelector(".row-first, input[type=text]") : undefined;
}

/** Show the question as it stands now, and keep it. */
async function show() {
  clearTimeout(waiting);
  const answer = await ask("rail");
  if (!answer) return told(false);
  const at = document.activeElement;
  const look = rail().contains(at) && at.name === "look" ? at.value : undefined;
  rail().outerHTML = answer.html;
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
  waiting = setTimeout(() => queue(show), PAUSE_MS);
}

/** A text that has gained or lost a gap has other rows below it. */
function hasOtherGaps() {
  const count = form().elements.stem.value.split(GAP).length - 1;
  return form().elements.kind.value === "cloze" && count !== form().querySelectorAll('[name="gap-kind"]').length;
}

document.addEventListener("input", (event) => {
  if (event.target.form !== form()) return;
  later();
});

document.addEventListener("change", (event) => {
  if (event.target.form !== form()) return;
  if (event.target.name === "look") queue(show);
  else if (event.target.name === "kind") queue(() => act("kind"));
  else if (event.target.name === "gap-kind") queue(() => act("gaps"));
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

/** Enter in the search looks for facts, and in a row it goes nowhere: no single key sends anything. */
function onEnter(event) {
  if (event.target.id === "fact-query") {
    event.preventDefault();
    queue(() => act("find"));
  } else if (event.target.matches("#editor input[type=text]")) {
    event.preventDefault();
  }
}

function press(selector, within = form()) {
  const button = within?.querySelector(selector);
  if (button) form().requestSubmit(button);
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
    const row = event.target.closest?.("[data-row]");
    if (!row) return;
    event.preventDefault();
    press(event.key === "ArrowUp" ? "[data-up]" : "[data-down]", row);
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
