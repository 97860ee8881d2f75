// An assignment while it is sat: the page looks again every ten seconds while it is seen, and puts
// in what has changed. Without this script its link does so.

const EVERY_MS = 10_000;
const PATIENCE_MS = 8_000;

const live = document.querySelector("[data-live]");
const says = live.querySelector("[data-says]");
const lost = live.querySelector("[data-lost]");
const button = live.querySelector("[data-pause]");
let isPaused = false;
let isLooking = false;
let updatedAt = new Date();

/** Put in each part that has changed; a reader of the screen hears of the counts alone. */
function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const part of fresh.querySelectorAll("[data-part]")) {
    const here = live.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!here || here.innerHTML === part.innerHTML) continue;
    here.innerHTML = part.innerHTML;
    if (part.dataset.part === "counts") says.textContent = part.textContent;
  }
}

function tell(isLost) {
  if (lost.hidden === !isLost) return;
  lost.textContent = isLost ? lost.dataset.lost.replace("%s", updatedAt.toLocaleTimeString()) : "";
  lost.hidden = !isLost;
}

async function look() {
  if (isPaused || isLooking || document.visibilityState !== "visible") return;
  isLooking = true;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(live.dataset.live, { headers: { Accept: "text/html" }, signal });
    if (answer.redirected || answer.status === 404) return location.reload(); // signed out, or gone
    if (!answer.ok) throw new Error(answer.statusText);
    show(await answer.text());
    updatedAt = new Date();
    tell(false);
  } catch {
    tell(true);
  } finally {
    isLooking = false;
  }
}

function label() {
  button.textContent = isPaused ? button.dataset.goOn : button.dataset.pause;
}

button.addEventListener("click", () => {
  isPaused = !isPaused;
  label();
  look();
});
document.addEventListener("visibilitychange", look);
window.addEventListener("online", look);
label();
button.hidden = false;
setInterval(look, EVERY_MS);
