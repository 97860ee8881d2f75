// The gradebook as a grid: arrow keys move between its cells, Tab enters and leaves it as a whole.
// Each cell is a link, so that Enter opens it, and without this script Tab goes through all of them.

/** The links of each line, the titles first; lines without links are passed over. */
function linesOf(grid) {
  return [...grid.rows].map((row) => [...row.querySelectorAll("a")]).filter((links) => links.length);
}

/** Where a key leads from a place; nothing for a key that is none of the grid's. */
function step(event, [line, place], lines) {
  const last = lines.length - 1;
  const end = lines[line].length - 1;
  const isFar = event.ctrlKey || event.metaKey;
  const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
  return {
    ArrowRight: [line, place + forward],
    ArrowLeft: [line, place - forward],
    ArrowDown: [line + 1, place],
    ArrowUp: [line - 1, place],
    Home: [isFar ? 0 : line, 0],
    End: [isFar ? last : line, end],
    PageDown: [Math.min(line + 10, last), place],
    PageUp: [Math.max(line - 10, 0), place],
  }[event.key];
}

function begin(grid) {
  const lines = linesOf(grid);
  const links = lines.flat();
  let current = lines[1]?.[0] ?? links[0];
  const rove = (link) => {
    current.tabIndex = -1;
    current = link;
    current.tabIndex = 0;
  };
  for (const link of links) link.tabIndex = -1;
  rove(current);
  grid.setAttribute("role", "grid");
  grid.addEventListener("focusin", (event) => {
    if (links.includes(event.target)) rove(event.target);
  });
  grid.addEventListener("keydown", (event) => {
    const line = lines.findIndex((some) => some.includes(event.target));
    if (line < 0 || event.altKey || event.shiftKey) return;
    const goal = step(event, [line, lines[line].indexOf(event.target)], lines);
    if (!goal) return;
    event.preventDefault();
    lines[goal[0]]?.[goal[1]]?.focus();
  });
  document.querySelector("[data-grid-help]")?.removeAttribute("hidden");
}

const grid = document.querySelector("[data-grid]");
if (grid?.querySelector("a")) begin(grid);
