// Every page: registers the worker that lets the site open without a connection, hands in what
// waits on this device, and takes the cards of a learner who has signed out off this device.

import { Courier } from "courier";
import { openJournal } from "journal";
import { Outbox } from "outbox";
import { forgetLearner, lastLearner, open } from "store";

const page = document.querySelector("[data-site]").dataset;

async function handIn(learner) {
  const outbox = new Outbox(await open(learner), learner, page);
  await outbox.load();
  await outbox.flush();
}

/** Answers of quizzes that another page left; the page of an attempt hands in its own. */
async function handInAnswers(learner) {
  const journal = await openJournal(learner);
  const here = document.querySelector("[data-attempt]")?.dataset.attempt;
  const left = (await journal.entries()).filter((entry) => entry.attempt !== here);
  const courier = new Courier(journal, learner, (attempt) => `${page.attempts}${attempt}/responses/`);
  for (const entry of left) courier.take({ ...entry, isOnItsWay: false });
  await courier.flush();
}

/** All that tells of cards goes; what waits to be sent stays until this learner comes back. */
async function clear(learner) {
  const store = await open(learner);
  for (const name of ["cards", "history", "settings"]) await store.replace(name, []);
  if (lastLearner() === learner) forgetLearner();
}

async function begin() {
  const last = lastLearner();
  if (page.learner) handInAnswers(page.learner).catch(() => {});
  if ("offline" in page || !isSecureContext) return;
  if (last && page.learner === last) await handIn(last);
  if (last && page.learner !== last) await clear(last);
}

navigator.serviceWorker?.register(page.worker).catch(() => {});
begin().catch(() => {});
