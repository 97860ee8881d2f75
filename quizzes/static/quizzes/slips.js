// Slips to sign in with: while some are left the page asks for the next by itself, and before one
// leaves it unprinted it asks back. Without this script its button goes on.

const PATIENCE_MS = 60_000;
const ROUND = 10;

const says = document.querySelector("[data-says]");
let part = document.querySelector("[data-slips]");
let isPrinted = false;

const rest = () => part.querySelector("[data-rest]");

function show(text) {
  const next = new DOMParser().parseFromString(text, "text/html").querySelector("[data-slips]");
  if (!next) throw new Error("no slips");
  part.replaceWith(next);
  part = next;
  says.textContent = part.querySelector("[data-count]")?.textContent ?? "";
}

/** While the script waits its word stands in place of the button; when it fails, both are there. */
function wait(isWaiting) {
  rest().querySelector("[data-wait]").hidden = !isWaiting;
  rest().querySelector("[data-lost]").hidden = isWaiting;
  rest().querySelector("button").hidden = isWaiting;
}

async function goOn() {
  while (part && rest()) {
    wait(true);
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const answer = await fetch(location.href, {
        method: "POST",
        body: new FormData(rest()),
        headers: { Accept: "text/html" },
        signal,
      });
      if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
      show(await answer.text());
    } catch {
      return wait(false);
    }
  }
  const print = part?.querySelector("[data-print]");
  if (!print) return;
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

// Smaller rounds than a button makes: the page tells sooner how far it is.
document.addEventListener("formdata", ({ formData }) => formData.set("round", ROUND));
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-printed]")) isPrinted = true;
});
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-rest]")) isPrinted = true; // the next page has these too
});
window.addEventListener("beforeunload", (event) => {
  if (!isPrinted && part?.querySelector(".slip")) event.preventDefault();
});

goOn();
