// The gradebook as a grid: arrow keys move between its cells, Tab enters and leaves it as a whole.
// Each cell is a link, so that Enter opens it, and without this script Tab goes through all of them.

/**
 * The links of each line by their column, the titles first; lines without links are passed over.
 * A head with two links stands in two lines.
 */
function linesOf(grid) {
  return [...grid.rows]
    .flatMap((row) => [0, 1].map((nth) => [...row.cells].map((cell) => cell.querySelectorAll("a")[nth])))
    .filter((line) => line.some(Boolean));
}

/** The column with a link that is nearest to a place in a line: there, further on, or before it. */
function near(line, place) {
  const after = line.findIndex((link, column) => link && column >= place);
  return after < 0 ? line.findLastIndex(Boolean) : after;
}

/** The column of the link beside a place in a line, or the place itself at the end. */
function beside(line, place, forward) {
  for (let column = place + forward; column in line; column += forward) if (line[column]) return column;
  return place;
}

/** Where a key leads from a place; nothing for a key that is none of the grid's. */
function step(event, [line, place], lines) {
  const last = lines.length - 1;
  const isFar = event.ctrlKey || event.metaKey;
  const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? -1 : 1;
  const to = (number, column) => {
    const there = Math.min(Math.max(number, 0), last);
    return [there, near(lines[there], column)];
  };
  return {
    ArrowRight: [line, beside(lines[line], place, forward)],
    ArrowLeft: [line, beside(lines[line], place, -forward)],
    ArrowDown: to(line + 1, place),
    ArrowUp: to(line - 1, place),
    Home: to(isFar ? 0 : line, 0),
    End: to(isFar ? last : line, Infinity),
    PageDown: to(line + 10, place),
    PageUp: to(line - 10, place),
  }[event.key];
}

function begin(grid) {
  const lines = linesOf(grid);
  const links = lines.flat().filter(Boolean);
  let current = grid.tBodies[0].querySelector("a") ?? links[0];
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
    lines[goal[0]][goal[1]].focus();
  });
  document.querySelector("[data-grid-help]")?.removeAttribute("hidden");
}

const grid = document.querySelector("[data-grid]");
if (grid?.querySelector("a")) begin(grid);
