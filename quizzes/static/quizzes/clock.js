// The clock of a quiz. Only the server knows the time: it says how many seconds are left, and
// between two answers of the server this page counts on. The wall clock is never asked.

const SECOND_MS = 1000;
const MINUTE = 60;
const HOUR = 3600;
const WARNINGS = { five: 5 * MINUTE, one: MINUTE };
/** What differs by so few seconds was rounded, or on its way. */
const ALIKE = 2;
const SHOWN_MS = 30_000;
const HIDDEN = "reading-room-clock";
const two = (number) => String(number).padStart(2, "0");

function inDigits(seconds) {
  const [hours, rest] = [Math.floor(seconds / HOUR), seconds % HOUR];
  const minutes = Math.floor(rest / MINUTE);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest % MINUTE)}` : `${minutes}:${two(rest % MINUTE)}`;
}

export class Clock {
  /** `onEnd` is called once, when no time is left. */
  constructor(root, onEnd) {
    this.root = root;
    this.onEnd = onEnd;
    this.face = root.querySelector("#clock-face");
    this.button = root.querySelector('[data-act="clock"]');
    const [page] = performance.getEntriesByType("navigation");
    this.endsAt = (page?.responseStart ?? 0) + Number(root.dataset.msLeft);
    this.told = this.left;
    this.#show(localStorage.getItem(HIDDEN) !== "yes");
    this.ticking = setInterval(() => this.tick(), SECOND_MS / 4);
    this.tick();
  }

  /** The server said just now how many whole seconds are left: nobody is cut off before them. */
  sync(seconds) {
    if (Math.abs(this.left - seconds) <= ALIKE) return;
    this.endsAt = performance.now() + (seconds + 1) * SECOND_MS;
  }

  get left() {
    return Math.max(0, Math.ceil((this.endsAt - performance.now()) / SECOND_MS));
  }

  tick() {
    const { left } = this;
    const digits = inDigits(left);
    if (this.face.textContent !== digits) this.face.textContent = digits;
    for (const [name, seconds] of Object.entries(WARNINGS)) {
      if (left <= seconds && left > 0 && this.told > seconds) this.#warn(name);
    }
    this.told = left;
    if (left === 0) this.end();
  }

  #warn(name) {
    const { dataset } = this.root;
    this.say(dataset.left.replace("%s", dataset[name]));
    this.root.classList.add("is-running-out");
  }

  /** Said to whoever listens, and shown for a while to whoever has hidden the clock. */
  say(text) {
    const status = this.root.querySelector("#clock-says");
    status.textContent = text;
    clearTimeout(this.saying);
    if (!this.isOver) this.saying = setTimeout(() => (status.textContent = ""), SHOWN_MS);
  }

  end() {
    clearInterval(this.ticking);
    if (this.isOver) return;
    this.isOver = true;
    this.onEnd();
  }

  toggle() {
    this.#show(this.face.hidden);
    localStorage.setItem(HIDDEN, this.face.hidden ? "yes" : "no");
  }

  #show(isShown) {
    const { dataset } = this.button;
    this.face.hidden = !isShown;
    this.button.hidden = false;
    this.button.textContent = isShown ? dataset.hide : dataset.show;
  }
}
