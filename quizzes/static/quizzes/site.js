// Every page: registers the worker that lets the site open without a connection, hands in what
// waits on this device, and takes the cards of a learner who has signed out off this device.

import { Outbox } from "outbox";
import { forgetLearner, lastLearner, open } from "store";

const page = document.querySelector("[data-site]").dataset;

async function handIn(learner) {
  const outbox = new Outbox(await open(learner), learner, page);
  await outbox.load();
  await outbox.flush();
}

/** All that tells of cards goes; what waits to be sent stays until this learner comes back. */
async function clear(learner) {
  const store = await open(learner);
  for (const name of ["cards", "history", "settings"]) await store.replace(name, []);
  if (lastLearner() === learner) forgetLearner();
}

async function begin() {
  const last = lastLearner();
  if ("offline" in page || !isSecureContext) return;
  if (last && page.learner === last) await handIn(last);
  if (last && page.learner !== last) await clear(last);
}

navigator.serviceWorker?.register(page.worker).catch(() => {});
begin().catch(() => {});
