// The outline of a quiz: places move by dragging, and with Alt and the arrow keys. Both press the
// buttons that are there without this script.

const form = document.querySelector("#outline-form");
const rows = () => [...form.querySelectorAll("[data-place]")];

function focusMoved() {
  const moved = document.getElementById(location.hash.slice(1));
  if (moved?.matches("[data-place]")) moved.focus();
}

function moveByKey(event) {
  const name = { ArrowUp: "[data-up]", ArrowDown: "[data-down]" }[event.key];
  const row = event.target.closest("[data-place]");
  if (!event.altKey || !name || !row) return;
  event.preventDefault();
  const button = row.querySelector(name);
  if (!button.disabled) form.requestSubmit(button);
}

function drag() {
  let dragged = null;
  let before = "";
  const order = () => rows().map((row) => row.dataset.place).join();
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-place]");
    if (!dragged) return;
    before = order();
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("is-dragged");
  });
  form.addEventListener("dragover", (event) => {
    const over = event.target.closest("[data-place]");
    if (!dragged || !over) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    const isAfter = event.clientY > box.top + box.height / 2;
    if (over !== dragged) over[isAfter ? "after" : "before"](dragged);
  });
  form.addEventListener("drop", (event) => event.preventDefault());
  form.addEventListener("dragend", () => {
    dragged.classList.remove("is-dragged");
    const keep = form.querySelector("[data-arrange]");
    keep.value = `arrange-${dragged.dataset.place}`;
    if (order() !== before) form.requestSubmit(keep);
    dragged = null;
  });
}

if (form) {
  for (const row of rows()) row.draggable = true;
  document.addEventListener("keydown", moveByKey);
  drag();
  focusMoved();
}
