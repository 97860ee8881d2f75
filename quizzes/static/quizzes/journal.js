// The journal: what was answered in a quiz on this device, from before it is sent until the server
// has it. It outlives the page and the browser; each learner has one of their own.

import { answerOf, endOf } from "store";

const VERSION = 1;
const ENTRIES = "entries";
const KEY = ["attempt", "question", "page"];

/** Each page writes entries of its own: two windows do not overwrite each other here either. */
export const thisPage = `${Date.now()}-${crypto.getRandomValues(new Uint32Array(1))[0]}`;

/** The journal of a learner; where the browser keeps nothing, one that keeps nothing. */
export async function openJournal(learner) {
  try {
    const request = indexedDB.open(`reading-room-quiz-${learner}`, VERSION);
    request.onupgradeneeded = () => request.result.createObjectStore(ENTRIES, { keyPath: KEY });
    return new Journal(await answerOf(request));
  } catch {
    return new Journal(undefined);
  }
}

class Journal {
  constructor(database) {
    this.database = database;
    this.isKeeping = database !== undefined;
  }

  #write(act) {
    const transaction = this.database.transaction(ENTRIES, "readwrite");
    act(transaction.objectStore(ENTRIES));
    return endOf(transaction);
  }

  /** All entries, or those of one attempt, in the order in which they were written. */
  async entries(attempt) {
    if (!this.isKeeping) return [];
    const store = this.database.transaction(ENTRIES).objectStore(ENTRIES);
    const all = await answerOf(store.getAll());
    const wanted = all.filter((entry) => attempt === undefined || entry.attempt === attempt);
    return wanted.sort((one, other) => one.at - other.at);
  }

  async put(entry) {
    if (!this.isKeeping) return;
    await this.#write((store) => store.put(entry)).catch(() => {
      this.isKeeping = false;
    });
  }

  /** Take an entry that another page left as one of this page's. */
  async adopt(entry) {
    const own = { ...entry, page: thisPage };
    await this.#write((store) => {
      store.delete(KEY.map((name) => entry[name]));
      store.put(own);
    });
    return own;
  }

  /** Let an entry go, unless it was written anew meanwhile. */
  async remove(entry) {
    if (!this.isKeeping) return;
    const transaction = this.database.transaction(ENTRIES, "readwrite");
    const store = transaction.objectStore(ENTRIES);
    const key = KEY.map((name) => entry[name]);
    const request = store.get(key);
    request.onsuccess = () => {
      if (request.result?.at === entry.at) store.delete(key);
    };
    await endOf(transaction);
  }
}
