// The courier: carries answers from the journal to the server, in the order in which they were
// given, again and again until the server has answered for each. An answer names the number of
// the one that it follows, so carrying it twice saves it once, and none is overwritten unseen.

import { post } from "outbox";

const RETRY_MS = 3000;
const PATIENCE_MS = 10_000;
const SAVED = 200;
const UNREADABLE = 400;
const GONE = 404;
const CONFLICT = 409;
const LOST = 0;
const SIGNED_OUT = [401, 403];
const ANSWERED_ELSEWHERE = "answered_elsewhere";
/** The attempt is over, or the question: what arrives now can never be saved. */
const OVER = ["already_handed_in", "time_is_up"];
const CLOSED = ["settled", "gone_by"];

export class Courier {
  /**
   * `addressOf` tells where an attempt's answers are sent; `hears` may be told: `saved(entry,
   * number)`, `refused(entry, why)`, `conflict(entry, other)`, `over(entries)`, `lost(isSignedOut)`,
   * `told(answer)`, and `arrived(late)` once all is saved, of which `late` had waited for a connection.
   */
  constructor(journal, learner, addressOf, hears = {}) {
    Object.assign(this, { journal, learner, addressOf, hears });
    this.entries = [];
    /** Entries that wait for their learner: unreadable, or in conflict. */
    this.aside = new Set();
    this.isBusy = false;
    this.isLost = false;
    this.sent = 0;
    this.late = 0;
  }

  get ready() {
    return this.entries.filter((entry) => !this.aside.has(entry));
  }

  /** Take an entry along; an earlier one of the same page to the same question gives way. */
  take(entry) {
    const isSame = (one) => one.key === entry.key;
    for (const one of this.entries.filter(isSame)) this.aside.delete(one);
    this.entries = [...this.entries.filter((one) => !isSame(one) || one.isOnItsWay), entry];
  }

  /** Carry all that waits, and what is added meanwhile; true when nothing more is to be carried. */
  async flush() {
    if (this.isBusy) return false;
    this.isBusy = true;
    clearTimeout(this.retry);
    let most = Infinity;
    while (this.ready.length > 0) {
      const batch = this.#nextBatch(most);
      const answer = await this.#send(batch);
      const isTaken = await this.#hear(batch, answer);
      if (isTaken === undefined) {
        this.#wait(answer.status);
        break;
      }
      most = isTaken ? Infinity : 1; // not as a whole: one by one
    }
    this.isBusy = false;
    if (this.ready.length === 0) this.#arrive();
    return this.ready.length === 0;
  }

  /** The first entry to each question of the attempt that comes first. */
  #nextBatch(most) {
    const [{ attempt }] = this.ready;
    const firsts = new Map();
    for (const entry of this.ready.filter((one) => one.attempt === attempt)) {
      if (!firsts.has(entry.question) && firsts.size < most) firsts.set(entry.question, entry);
    }
    return [...firsts.values()];
  }

  async #send(batch) {
    if (!navigator.onLine) return { status: LOST };
    for (const entry of batch) entry.isOnItsWay = true;
    const responses = batch.map(({ question, sequence, answer, isSure }) =>
      isSure === null ? { question, sequence, answer } : { question, sequence, answer, is_sure: isSure },
    );
    try {
      const address = this.addressOf(batch[0].attempt);
      const size = JSON.stringify(responses).length;
      const extra = { keepalive: size < 32_000 }; // more than that no browser carries on its way out
      const response = await post(address, { responses }, this.learner, PATIENCE_MS, extra);
      return { status: response.status, told: await response.json() };
    } catch {
      return { status: LOST };
    } finally {
      for (const entry of batch) entry.isOnItsWay = false;
    }
  }

  /** What became of a batch: true or false whether it went as a whole, nothing if it must wait. */
  async #hear(batch, { status, told }) {
    if (status === SAVED) {
      await this.#saved(batch, told);
    } else if (status === UNREADABLE) {
      return this.#refused(batch, told);
    } else if (status === CONFLICT) {
      return this.#inConflict(batch, told);
    } else if (status === GONE) {
      for (const entry of batch) await this.#drop(entry);
    } else {
      return undefined;
    }
    return true;
  }

  async #saved(batch, told) {
    const numbers = new Map(told.responses.map((one) => [one.question, one.sequence]));
    for (const entry of batch) {
      await this.#drop(entry);
      this.#follow(entry, numbers.get(entry.question));
      this.hears.saved?.(entry, numbers.get(entry.question));
    }
    this.sent += batch.length;
    if (this.isLost) this.late += batch.length;
    this.hears.told?.(told);
  }

  /** What the same page wrote since then follows the answer that was just saved. */
  #follow(entry, number) {
    for (const one of this.entries.filter((other) => other.key === entry.key)) {
      one.sequence = number;
      this.journal.put(one);
    }
  }

  #refused(batch, told) {
    const faults = (told.errors ?? []).filter((one) => one.index !== null);
    for (const { index, message } of faults) this.#setAside(batch[index], "refused", message);
    if (faults.length > 0) return true;
    if (batch.length === 1) this.#setAside(batch[0], "refused", told.detail);
    return false;
  }

  async #inConflict(batch, told) {
    if (OVER.includes(told.code)) {
      const { attempt } = batch[0];
      const gone = this.entries.filter((entry) => entry.attempt === attempt);
      for (const entry of gone) await this.#drop(entry);
      this.hears.over?.(gone);
      return true;
    }
    const others = new Map((told.conflicts ?? []).map((one) => [one.question, one]));
    for (const entry of batch.filter((one) => others.has(one.question))) {
      this.#setAside(entry, "conflict", others.get(entry.question));
    }
    if (others.size > 0) return true;
    if (told.code === ANSWERED_ELSEWHERE) return undefined; // just now: who asks again is told both
    if (batch.length === 1 && CLOSED.includes(told.code)) await this.#drop(batch[0]);
    if (batch.length === 1) this.#setAside(batch[0], "refused", told.detail);
    return false;
  }

  /** Keep an entry for its learner to look at, unless something newer was given meanwhile. */
  #setAside(entry, what, why) {
    if (this.entries.some((one) => one.key === entry.key && one.at > entry.at)) {
      this.entries = this.entries.filter((one) => one !== entry);
      return;
    }
    this.aside.add(entry);
    this.hears[what]?.(entry, why);
  }

  async #drop(entry) {
    this.entries = this.entries.filter((one) => one !== entry);
    await this.journal.remove(entry).catch(() => {});
  }

  #wait(status) {
    this.isLost = true;
    this.hears.lost?.(SIGNED_OUT.includes(status));
    this.retry = setTimeout(() => this.flush(), RETRY_MS);
  }

  #arrive() {
    const { late } = this;
    const { sent } = this;
    Object.assign(this, { isLost: false, late: 0, sent: 0 });
    if (sent > 0) this.hears.arrived?.(late);
  }
}
