// What this device keeps for one learner, in IndexedDB: the cards of the day, what is still to be
// handed in, what undo can bring back, and how the page is set up.

const VERSION = 1;
const STORES = {
  cards: { keyPath: "item" },
  outbox: { keyPath: "sequence", autoIncrement: true },
  history: { keyPath: "sequence", autoIncrement: true },
  settings: { keyPath: "name" },
};
const LAST_LEARNER = "reading-room-learner";

/** Who studied here last; a page without a connection does not know who asks. */
export function lastLearner() {
  return localStorage.getItem(LAST_LEARNER);
}

export function rememberLearner(learner) {
  localStorage.setItem(LAST_LEARNER, learner);
}

export function forgetLearner() {
  localStorage.removeItem(LAST_LEARNER);
}

/** The store of a learner; each learner has one of their own. */
export async function open(learner) {
  const request = indexedDB.open(`reading-room-${learner}`, VERSION);
  request.onupgradeneeded = () => {
    for (const [name, options] of Object.entries(STORES)) {
      request.result.createObjectStore(name, options);
    }
  };
  return new Store(await answerOf(request));
}

/** The answer to a request of the database, as a promise. */
export function answerOf(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The end of a transaction: kept on the disk, or an error. */
export function endOf(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error);
  });
}

class Store {
  constructor(database) {
    this.database = database;
  }

  /** All rows of a store, in the order of their keys. */
  all(name) {
    return answerOf(this.database.transaction(name).objectStore(name).getAll());
  }

  /** Keep rows of several stores, all or none; tells the key of each by its store. */
  async put(rows) {
    const transaction = this.database.transaction(Object.keys(rows), "readwrite");
    const requests = Object.entries(rows).map(([name, row]) => [
      name,
      transaction.objectStore(name).put(row),
    ]);
    await endOf(transaction);
    return Object.fromEntries(requests.map(([name, request]) => [name, request.result]));
  }

  async remove(name, keys) {
    const transaction = this.database.transaction(name, "readwrite");
    for (const key of keys) transaction.objectStore(name).delete(key);
    await endOf(transaction);
  }

  /** Let all rows of a store go but the newest. */
  async trim(name, most) {
    const keys = await answerOf(this.database.transaction(name).objectStore(name).getAllKeys());
    if (keys.length > most) await this.remove(name, keys.slice(0, -most));
  }

  /** Put these rows in place of all that a store holds. */
  async replace(name, rows) {
    const transaction = this.database.transaction(name, "readwrite");
    transaction.objectStore(name).clear();
    for (const row of rows) transaction.objectStore(name).put(row);
    await endOf(transaction);
  }
}
