// The outbox: what was done on this device and is still to be handed in, in the order in which it
// was done. Each entry carries an identifier of its own, so that sending it twice does nothing
// twice; an entry leaves only when the server has answered for it.

const LARGEST_BATCH = 100;
const RETRY_MS = 4000;
const PATIENCE_MS = 10_000;
const SENT = 200;
const LOST = 0;
const SIGNED_OUT = [401, 403];
const TOO_OFTEN = 429;
/** These pass: the same is sent again after a while. */
const NOT_NOW = [LOST, TOO_OFTEN, ...SIGNED_OUT];
/** What the server will never take. */
const REFUSED = [400, 404, 409];

/** How one kind of entry is sent: many in one request, or one alone. */
const KINDS = {
  review: { address: "reviews", most: LARGEST_BATCH, body: (all) => ({ reviews: all }) },
  act: { address: "acts", most: LARGEST_BATCH, body: (all) => ({ acts: all }) },
  undo: { address: "undoOne", most: 1, body: ([one]) => one },
};

/** What every request that writes must carry; the cookie's name depends on the connection. */
function csrfToken() {
  return /(?:^|; )(?:__Host-)?csrftoken=([^;]*)/u.exec(document.cookie)?.[1] ?? "";
}

/** Send something as JSON; every request says whose it is, for somebody else may have signed in. */
export function post(address, content, learner, patience, extra = {}) {
  return fetch(address, {
    method: "POST",
    credentials: "same-origin",
    redirect: "error",
    ...extra,
    signal: AbortSignal.timeout(patience),
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": csrfToken(),
      "X-Learner": learner,
    },
    body: JSON.stringify(content),
  });
}

export class Outbox {
  /**
   * `addresses` names where each kind is sent; `tell` hears what became of it: "sent", "offline",
   * "signed-out" or "refused".
   */
  constructor(store, learner, addresses, tell = () => {}) {
    Object.assign(this, { store, learner, addresses, tell });
    this.waiting = [];
    this.attempted = new Set();
    /** Entries on which the server itself failed: they wait for another day, and block nobody. */
    this.aside = new Set();
    this.isFlushing = false;
  }

  /** Take up what an earlier page left. */
  async load() {
    const left = await this.store.all("outbox");
    const own = new Set(this.waiting.map((entry) => entry.content.uid));
    const earlier = left.filter((entry) => !own.has(entry.content.uid));
    for (const entry of earlier) this.attempted.add(entry.content.uid);
    this.waiting = [...earlier, ...this.waiting];
  }

  get size() {
    return this.waiting.length;
  }

  /** Whether all that waits is on the disk, and outlives this page. */
  get isKept() {
    return this.waiting.every((entry) => entry.sequence !== undefined);
  }

  holds(item) {
    return this.waiting.some((entry) => entry.content.item === item);
  }

  /** Keep an entry on the disk, with rows of other stores that belong to it. */
  async keep(kind, content, beside) {
    const entry = { kind, content };
    this.waiting.push(entry);
    try {
      const keys = await this.store.put({ outbox: { kind, content }, ...beside });
      entry.sequence = keys.outbox;
    } catch {
      // The disk is full or forbidden: the entry is sent from memory, while the page is open.
    }
  }

  /** Take back an entry that was never on its way; tells whether it could be. */
  async cancel(uid) {
    const entry = this.waiting.find((one) => one.content.uid === uid);
    if (!entry || this.attempted.has(uid)) return false;
    await this.#drop([entry]);
    return true;
  }

  /** Hand in what waits, from one window at a time; what finds no connection waits on. */
  async flush() {
    if (this.isFlushing || this.#ready.length === 0) return;
    this.isFlushing = true;
    clearTimeout(this.retry);
    await navigator.locks.request(`outbox-${this.learner}`, () => this.#sendAll());
    this.isFlushing = false;
  }

  async #sendAll() {
    let sent = 0;
    let most = LARGEST_BATCH;
    while (this.#ready.length > 0) {
      const batch = this.#nextBatch(most);
      const answer = await this.#send(batch);
      if (answer.status === SENT) {
        await this.#drop(batch);
        sent += batch.length;
      } else if (NOT_NOW.includes(answer.status)) {
        return this.#wait(answer.status);
      } else if (batch.length > 1) {
        most = 1; // it cannot be taken as a whole: one by one, nothing goes with what is at fault
      } else if (REFUSED.includes(answer.status)) {
        await this.#drop(batch);
        this.tell("refused", answer.told.errors?.[0]?.message ?? answer.told.detail);
      } else {
        this.aside.add(batch[0]);
      }
    }
    return this.tell("sent", sent);
  }

  get #ready() {
    return this.waiting.filter((entry) => !this.aside.has(entry));
  }

  /** As many entries of the kind that is first as fit into one request. */
  #nextBatch(most) {
    const ready = this.#ready;
    const [{ kind }] = ready;
    const end = ready.findIndex((entry) => entry.kind !== kind);
    const run = end < 0 ? ready : ready.slice(0, end);
    return run.slice(0, Math.min(KINDS[kind].most, most));
  }

  async #send(batch) {
    if (!navigator.onLine) return { status: LOST };
    const kind = KINDS[batch[0].kind];
    for (const entry of batch) this.attempted.add(entry.content.uid);
    try {
      const content = kind.body(batch.map((entry) => entry.content));
      const address = this.addresses[kind.address];
      const response = await post(address, content, this.learner, PATIENCE_MS);
      return { status: response.status, told: await response.json() };
    } catch {
      return { status: LOST };
    }
  }

  #wait(status) {
    this.tell(SIGNED_OUT.includes(status) ? "signed-out" : "offline", this.size);
    this.retry = setTimeout(() => this.flush(), RETRY_MS);
  }

  async #drop(batch) {
    const gone = new Set(batch);
    this.waiting = this.waiting.filter((entry) => !gone.has(entry));
    const keys = batch.map((entry) => entry.sequence).filter((key) => key !== undefined);
    if (keys.length > 0) await this.store.remove("outbox", keys).catch(() => {});
  }
}
