// A session of study: which card is on the page, what is done to it, and how it is taken back.
//
// Nothing here waits for the network: what is done goes into the outbox, the next card comes from
// the deck, and the server is asked for more when everything was handed in.

import { isSurelyRight } from "answers";
import { Deck } from "deck";
import { uuid7 } from "identifiers";
import { Outbox, post } from "outbox";
import * as paper from "paper";

const { say, words, worded } = paper;
const FEW = 10;
const FRESH_MS = 5 * 60 * 1000;
const MOST_UNDONE = 100;
const PATIENCE_MS = 4000;
const AGAIN = 1;
const CONFLICT = 409;
/** Acts after which the card stays on the page. */
const MARKS = ["flag", "note"];
const VERDICTS = { true: "right", false: "wrong" };

export class Study {
  /** `addresses` names where each thing is asked for or sent. */
  constructor(store, learner, addresses) {
    Object.assign(this, { store, learner, addresses });
    this.deck = new Deck();
    this.outbox = new Outbox(store, learner, addresses, (what, detail) => this.#hear(what, detail));
    /** Items touched since the server was last asked: what it said of them is older than this. */
    this.touched = new Set();
    this.holdsUntil = Infinity;
    this.pause = "";
    this.otherWindows = new BroadcastChannel(`study-${learner}`);
    this.otherWindows.onmessage = ({ data }) => this.#answeredElsewhere(data);
  }

  /** Begin with the card that came with the page, or without a page with the cards kept here. */
  async begin(card, isOffline) {
    if (card) {
      this.#take(card);
      this.deck.counts = paper.countsShown();
      this.deck.done = paper.find("#progress").value;
      this.reviewUid = card.review;
    }
    await this.outbox.load();
    if (isOffline) {
      await this.#takeKept();
      this.next();
    }
    if (card && this.shown === card && !this.isBusy) this.#mend(card);
    await this.outbox.flush();
    await this.ask();
  }

  /** A page that came before all was handed in does not know of what waited. */
  #mend(card) {
    const waiting = this.outbox.waiting.filter(({ content }) => content.item === card.item);
    const isMark = ({ content }) => MARKS.includes(content.kind);
    for (const { content } of waiting.filter(isMark)) card[content.kind] = content.value;
    if (waiting.every(isMark)) this.#dress(card);
    else this.#paint(); // it was answered, or put away: another one comes
  }

  // What comes next

  next() {
    this.#paint(this.#draw());
    this.#askInTime();
  }

  /** Ask before the cards run out, and when those that are here have lain for a while. */
  #askInTime() {
    const isOld = performance.now() - this.stockedAt > FRESH_MS;
    if (this.deck.queue.length < FEW || isOld || !this.isStocked) this.ask();
  }

  /** The card that comes next; before the server has told the day's cards, none is made up. */
  #draw() {
    return this.isStocked || !navigator.onLine ? this.deck.draw(Date.now()) : undefined;
  }

  /** Ask for the next cards, once everything was handed in. */
  async ask() {
    this.mustAsk = true;
    if (this.isAsking || this.outbox.size > 0 || !navigator.onLine) return;
    this.isAsking = true;
    while (this.mustAsk && this.outbox.size === 0) {
      this.mustAsk = false;
      this.touched.clear();
      await this.#askOnce();
    }
    this.isAsking = false;
    this.isStocked = true;
    if (!this.shown && (this.deck.size > 0 || !paper.isPauseTold())) this.#paint(this.#draw());
    this.#tellKept();
  }

  async #askOnce() {
    try {
      const response = await this.#get(this.addresses.ahead);
      if (!response.ok) return;
      const isFirst = !this.isStocked;
      const payload = await response.json();
      this.#stock(payload);
      if (isFirst && this.#isGone(payload)) this.#paint(this.#draw());
    } catch {
      // Without a connection what is kept here must do.
    }
  }

  /** Whether the card that came with the page was answered while the page was on its way. */
  #isGone(payload) {
    const isListed = payload.cards.some((card) => card.item === this.shown?.item);
    return this.shown && !isListed && !this.isBusy && !paper.isAnswerShown();
  }

  /** Put the server's cards in place of all that is here, and one of them on the page. */
  #show(payload, item) {
    this.touched.clear();
    this.shown = undefined;
    this.#stock(payload);
    this.#paint(this.deck.take(item) ?? this.#draw());
  }

  /** The card on the page was rewritten: it is shown anew, on the same side. */
  async reshow() {
    const { item } = this.shown;
    const isTurned = paper.isAnswerShown();
    const address = `${this.addresses.ahead}?item=${item}`;
    const response = await this.#get(address);
    if (!response.ok) return;
    this.#show(await response.json(), item);
    if (isTurned && this.shown?.item === item && this.shown.face === "recall") paper.turn();
  }

  /** Take the server's cards, and keep them on the disk; a card on the page is not in the deck. */
  #stock(payload) {
    this.isStocked = true;
    this.stockedAt = performance.now();
    this.deck.load(payload, (item) => this.touched.has(item) || this.outbox.holds(item));
    this.holdsUntil = Date.parse(payload.holds_until);
    this.pause = payload.pause || this.pause;
    if (this.shown) this.deck.remove(this.shown.item);
    const cards = [this.shown, ...this.deck.all].filter(Boolean);
    this.store.replace("cards", cards).catch(() => {});
    this.store.put({ settings: this.#day(this.shown) }).catch(() => {});
    this.store.trim("history", MOST_UNDONE).catch(() => {});
  }

  #take(card) {
    this.shown = card;
    this.verdict = undefined;
    this.reviewUid = uuid7();
    this.shownAt = performance.now();
  }

  #paint(card) {
    this.#take(card);
    if (card) this.deck.remove(card.item);
    clearTimeout(this.waiting);
    paper.lay(card ? card.html : this.pause, this.deck);
    if (card) this.#dress(card);
    else this.#waitForStep();
    this.#tellKept();
  }

  /** What is newer than the card's own words: buttons after a step, a flag, a note. */
  #dress(card) {
    const isHolding = Date.now() < this.holdsUntil;
    if (card.buttons !== undefined || !isHolding) paper.promise(isHolding ? card.buttons : null);
    paper.showFlag(card.flag);
    paper.showNote(card.note);
  }

  /** Nothing to show just now: wait for the next step to be over. */
  #waitForStep() {
    const pause = this.deck.nextStep - Date.now();
    if (Number.isFinite(pause)) this.waiting = setTimeout(() => this.next(), Math.max(pause, 0));
  }

  #tellKept() {
    paper.tellKept(this.deck.size + (this.shown ? 1 : 0), this.outbox.size);
  }

  /** How the day stands, with the card on the page first, for a page without a connection. */
  #day(shown) {
    const { queue, steps, counts } = this.deck;
    return {
      name: "day",
      order: [shown, ...queue].filter(Boolean).map((card) => card.item),
      steps: steps.map(({ html, ...step }) => step),
      counts: { ...counts },
      done: this.deck.done,
      holdsUntil: this.holdsUntil,
    };
  }

  async #takeKept() {
    const [cards, settings] = await Promise.all([this.store.all("cards"), this.store.all("settings")]);
    const day = settings.find((row) => row.name === "day");
    if (!day) return;
    const kept = new Map(cards.map((card) => [card.item, card]));
    this.deck.queue = day.order.map((item) => kept.get(item)).filter(Boolean);
    this.deck.steps = day.steps.map((step) => ({ ...kept.get(step.item), ...step }));
    Object.assign(this.deck, { counts: day.counts, done: day.done });
    this.holdsUntil = day.holdsUntil;
  }

  // What is done

  /** Show the answer, with what came of what was typed or chosen. */
  async turn() {
    const { shown } = this;
    const answer = paper.answerGiven(shown.face);
    const verdict = answer && (await this.#check(answer));
    if (this.shown !== shown) return;
    this.verdict = verdict;
    if (verdict) paper.tellVerdict(shown, verdict, answer);
    paper.turn();
  }

  /** Whether an answer is right: told here where it is certain, else by the server, else open. */
  async #check(answer) {
    if (answer.chosen) return VERDICTS[String(answer.chosen) === String(this.shown.rights)];
    if (isSurelyRight(answer.text, this.shown.accepted)) return "right";
    if (answer.text.trim() === "") return "wrong";
    return this.#checkThere(answer).catch(() => "open");
  }

  async #checkThere(answer) {
    const response = await this.#post(this.addresses.check, { item: this.shown.item, answer });
    return response.ok ? (VERDICTS[(await response.json()).is_right] ?? "open") : "open";
  }

  #get(address) {
    return fetch(address, { headers: { Accept: "application/json", "X-Learner": this.learner } });
  }

  #post(address, content) {
    return post(address, content, this.learner, PATIENCE_MS);
  }

  /** Write a rating down, and go on at once. */
  rate(rating) {
    const { shown, verdict, reviewUid: uid } = this;
    const answer = paper.answerGiven(shown.face);
    const days = paper.promised(rating);
    const now = Date.now();
    const review = {
      uid,
      item: shown.item,
      rating,
      answered_at: new Date(now).toISOString(),
      duration_ms: Math.round(performance.now() - this.shownAt),
      ...(days !== "" && { interval: Number(days) }),
      ...(answer && { answer, is_overruled: verdict !== "right" && rating > AGAIN }),
    };
    this.saying = worded(words.comesBack, paper.says(rating));
    const name = paper.named(rating);
    this.#goOn("review", review, name, () => this.deck.answered(shown, rating, now));
  }

  /** Bury, set aside: the card leaves, and the next one comes. */
  putAway(kind) {
    const { shown } = this;
    this.saying = words[kind];
    const act = this.#act(kind, kind === "bury" ? null : true);
    this.#goOn("act", act, words[`${kind}Name`], () => this.deck.leave(shown));
  }

  /** Flag, note: the card stays, and shows it. */
  async mark(kind, value) {
    this.saying = "";
    const act = this.#act(kind, value);
    paper.closeMenus();
    const history = this.#before(act.uid, words[`${kind}Name`]);
    this.shown[kind] = value;
    this.#dress(this.shown);
    this.touched.add(act.item);
    await this.outbox.keep("act", act, { history, cards: this.shown });
    this.#tellKept();
    await this.outbox.flush();
  }

  #act(kind, value) {
    const done_at = new Date().toISOString();
    return { uid: uuid7(), item: this.shown.item, kind, value, done_at };
  }

  /** Do something with the card on the page: the next one comes when it is on the disk. */
  async #goOn(kind, content, name, change) {
    if (this.isBusy) return;
    this.isBusy = true;
    const history = this.#before(content.uid, name);
    change();
    const next = this.#draw();
    this.touched.add(content.item);
    await this.outbox.keep(kind, content, { history, settings: this.#day(next) });
    this.#paint(next);
    this.isBusy = false;
    this.otherWindows.postMessage(content.item);
    await this.outbox.flush();
    this.#askInTime();
  }

  /** How things stand before an act, for undo. */
  #before(uid, name) {
    const { counts, done } = this.deck;
    return { uid, name, card: { ...this.shown }, counts: { ...counts }, done };
  }

  #answeredElsewhere(item) {
    this.touched.add(item);
    this.deck.remove(item);
    if (this.shown?.item !== item) return;
    this.next();
    say(words.elsewhere);
  }

  /** What became of what was handed in. */
  #hear(what, detail) {
    const said = this.saying ?? "";
    if (what === "sent" && detail > 0) {
      say(this.isLost ? worded(words.reconnected, detail) : `${words.saved} ${said}`);
      this.isLost = false;
      this.#askInTime();
    } else if (what === "offline" || what === "signed-out") {
      this.isLost = true;
      const waits = what === "offline" ? this.#offline : words.signedOut;
      say(`${said} ${worded(waits, detail)}`, true);
    } else if (what === "refused") {
      say(detail, true);
    }
    this.#tellKept();
  }

  get #offline() {
    return this.outbox.isKept ? words.offline : words.unkept;
  }

  tellOffline() {
    this.#hear("offline", this.outbox.size);
  }

  // Undo

  /** Take back the newest act, one after another however fast they are asked for. */
  undo() {
    this.undone = (this.undone ?? Promise.resolve()).then(() => this.#undoNewest());
    return this.undone;
  }

  /** On this device while the act waits here, else on the server. */
  async #undoNewest() {
    const history = await this.store.all("history");
    if (this.outbox.size === 0 && navigator.onLine && (await this.#undoThere(history))) return;
    if (history.length > 0) await this.#undoHere(history.at(-1));
    else say(words.nothing);
  }

  async #undoHere(last) {
    const { item } = last.card;
    await this.store.remove("history", [last.sequence]);
    this.saying = worded(words.undid, last.name);
    this.touched.add(item);
    if (this.shown && this.shown.item !== item) this.deck.putFirst(this.shown);
    this.deck.remove(item);
    Object.assign(this.deck, { counts: last.counts, done: last.done });
    const day = { settings: this.#day(last.card), cards: last.card };
    const isCancelled = await this.outbox.cancel(last.uid);
    if (isCancelled) await this.store.put(day).catch(() => {});
    else await this.outbox.keep("undo", { uid: last.uid }, day);
    this.#paint(last.card);
    say(this.saying);
    this.outbox.flush();
  }

  /** Undo on the server, which knows what other devices did as well; tells whether it answered. */
  async #undoThere(history) {
    const response = await this.#post(this.addresses.undo, {}).catch((error) => error);
    if (response.name === "TimeoutError") {
      say(words.slow, true); // it may have been done: doing it here as well would be twice
      return true;
    }
    const told = await response.json?.().catch(() => undefined);
    if (!told) return false;
    if (!response.ok) {
      say(told.detail ?? words.nothing);
      return response.status === CONFLICT;
    }
    const here = history.filter((row) => row.uid === told.uid).map((row) => row.sequence);
    await this.store.remove("history", here);
    this.#show(told, told.undone);
    say(told.said);
    return true;
  }
}
