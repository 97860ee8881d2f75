// Rows to be put in order: buttons and positions move them at once, and say where they are now.

import { renumber } from "filled";

function say(row, rows) {
  const list = row.closest("[data-steps]");
  const status = list.parentElement.querySelector("[data-moved]");
  status.textContent = list.dataset.says
    .replace("%p", rows.indexOf(row) + 1)
    .replace("%c", rows.length)
    .replace("%n", () => row.querySelector(".step-text").textContent.trim());
}

/** Put a row at a place, keep the focus where it was, and tell whoever listens to the form. */
function move(row, place, control) {
  const list = row.parentElement;
  const others = [...list.children].filter((one) => one !== row);
  list.insertBefore(row, others[place] ?? null);
  renumber(list.closest("[data-question]"));
  control.focus();
  say(row, [...list.children]);
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

function onClick(event) {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  const row = button.closest("[data-place]");
  const rows = [...row.parentElement.children];
  const place = rows.indexOf(row) + Number(button.dataset.move);
  move(row, Math.min(Math.max(place, 0), rows.length - 1), button);
}

function onChange(event) {
  const row = event.target.closest("[data-place]");
  if (!row || event.target.value === "") return;
  move(row, Number(event.target.value) - 1, event.target);
}

export function enhance(form) {
  form.addEventListener("click", onClick);
  form.addEventListener("change", onChange);
}
