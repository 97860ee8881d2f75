// Handing in: first what waits on this device is sent, and where something is left open, a
// question. The page works without this file.

import { Courier } from "courier";
import { openJournal } from "journal";
import { beat } from "pulse";

const form = document.getElementById("hand-in");
const state = document.getElementById("save-state");
const dialog = document.getElementById("sure");
const { learner } = document.querySelector("[data-site]").dataset;
const { attempt, save, seen } = form.dataset;
let courier;
let isMeant = !("unanswered" in form.dataset);

function say(text, isBad = false) {
  state.textContent = text;
  state.classList.toggle("is-lost", isBad);
}

/** What has arrived since the page was made is to be seen in it before it is handed in. */
async function sendAll() {
  const journal = await openJournal(learner);
  courier = new Courier(journal, learner, () => save, {
    lost: () => say(state.dataset.offline, true),
    arrived: () => location.reload(),
    over: () => location.reload(),
  });
  for (const entry of await journal.entries(attempt)) {
    courier.take({ ...entry, key: `${entry.page}/${entry.question}`, isOnItsWay: false });
  }
  if (courier.entries.length === 0) return;
  say(state.dataset.waiting);
  await courier.flush();
}

form.addEventListener("submit", (event) => {
  if (courier?.ready.length > 0) {
    event.preventDefault();
    courier.flush();
  } else if (!isMeant) {
    event.preventDefault();
    dialog.showModal();
  }
});
dialog?.addEventListener("close", () => {
  if (dialog.returnValue !== "hand-in") return;
  isMeant = true;
  form.requestSubmit();
});
window.addEventListener("online", () => courier?.flush());
sendAll().catch(() => {});
beat(seen, learner);
