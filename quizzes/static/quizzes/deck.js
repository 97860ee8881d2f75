// The deck: the learner's next cards as this device holds them, in the order in which they come.
//
// First cards whose step of minutes is over, then the queue as the server put it, and when there
// is nothing else, steps that are over soon. What the buttons say after an answer in minutes came
// with the card, a few answers ahead; after that nothing is promised until the server is asked.

const LEARN_AHEAD_MS = 20 * 60 * 1000;
const MINUTE_MS = 60 * 1000;
const AGAIN = 1;
const HARD = 2;
const AGAIN_MINUTES = 10;
const HARD_MINUTES = 15;
const BUCKETS = { new: "new", learning: "learning", relearning: "learning", review: "review" };

const dueAt = (card) => Date.parse(card.due_at);

export class Deck {
  constructor() {
    this.queue = [];
    this.steps = [];
    this.counts = { new: 0, learning: 0, review: 0 };
    this.done = 0;
  }

  /** Take the server's cards in place of those held, but for items that `isNewer` here. */
  load({ cards, counts, done }, isNewer) {
    const own = this.steps.filter((card) => isNewer(card.item));
    const theirs = cards.filter((card) => !isNewer(card.item));
    this.steps = [...own, ...theirs.filter((card) => card.due_at)];
    this.queue = theirs.filter((card) => !card.due_at);
    this.counts = { ...counts };
    for (const card of cards.filter(({ item }) => isNewer(item))) this.leave(card);
    this.counts.learning += own.length;
    this.done = done + cards.length - theirs.length;
  }

  get all() {
    return [...this.steps, ...this.queue];
  }

  get size() {
    return this.queue.length + this.steps.length;
  }

  /** Take the card that comes next out of the deck; none if nothing may be shown at this moment. */
  draw(now) {
    this.steps.sort((one, other) => dueAt(one) - dueAt(other));
    const [step] = this.steps;
    if (step && dueAt(step) <= now) return this.steps.shift();
    if (this.queue.length > 0) return this.queue.shift();
    return step && dueAt(step) <= now + LEARN_AHEAD_MS ? this.steps.shift() : undefined;
  }

  /** Take the card of an item out of the deck, wherever it is. */
  take(item) {
    const card = this.all.find((one) => one.item === item);
    this.remove(item);
    return card;
  }

  /** When the next step is over, for a page that waits. */
  get nextStep() {
    return Math.min(...this.steps.map(dueAt));
  }

  putFirst(card) {
    this.remove(card.item);
    this.queue.unshift(card);
  }

  remove(item) {
    this.queue = this.queue.filter((card) => card.item !== item);
    this.steps = this.steps.filter((card) => card.item !== item);
  }

  /** An answer was given: the card leaves for days, or comes back after its step. */
  answered(card, rating, now) {
    this.done += 1;
    this.leave(card);
    this.#holdBack(card);
    const later = after(card, rating);
    if (!later) return;
    this.counts.learning += 1;
    const due = new Date(now + later.minutes * MINUTE_MS).toISOString();
    this.steps.push({ ...card, ...later.card, due_at: due });
  }

  /** Siblings of a card that was answered wait for tomorrow: it gives them away. */
  #holdBack(card) {
    const isKin = (other) => other.kin.some((key) => card.kin.includes(key));
    for (const sibling of this.queue.filter(isKin)) this.leave(sibling);
    this.queue = this.queue.filter((other) => !isKin(other));
  }

  /** A card leaves the day's counts. */
  leave(card) {
    const bucket = BUCKETS[card.phase];
    this.counts[bucket] = Math.max(0, this.counts[bucket] - 1);
  }
}

/** How a card comes back after minutes; undefined where a rating gives days. */
function after(card, rating) {
  const known = card.then[rating];
  if (known) {
    const { minutes, phase, buttons, then } = known;
    return { minutes, card: { phase, buttons, then } };
  }
  const isStep = rating === AGAIN || (rating === HARD && BUCKETS[card.phase] !== "review");
  if (!isStep || Object.keys(card.then).length > 0) return undefined;
  const phase = card.phase === "review" ? "relearning" : card.phase;
  const minutes = rating === AGAIN ? AGAIN_MINUTES : HARD_MINUTES;
  return { minutes, card: { phase, buttons: null, then: {} } };
}
