// A page that waits for a job: while it is seen it looks again, and puts in what has changed, until
// the job is done. Without this script its link does so.

const EVERY_MS = 1_500;
const PATIENCE_MS = 8_000;

let main = document.querySelector("[data-refresh]");
let isLooking = false;

const isDone = () => main.dataset.refresh === "done";

function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html");
  const next = fresh.querySelector("[data-refresh]");
  if (!next || next.innerHTML === main.innerHTML) return;
  const hadFocus = main.contains(document.activeElement);
  main.replaceWith(next);
  main = next;
  document.title = fresh.title;
  if (hadFocus) main.querySelector("a.button, button")?.focus();
}

async function look() {
  if (isLooking || document.visibilityState !== "visible") return;
  isLooking = true;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, signal });
    if (answer.redirected || answer.status === 404) return location.reload(); // signed out, or gone
    if (answer.ok) show(await answer.text());
  } catch {
    // Without a connection there is nothing new; the next look may find some.
  } finally {
    isLooking = false;
  }
  if (isDone()) clearInterval(looking);
}

const looking = isDone() ? 0 : setInterval(look, EVERY_MS);
