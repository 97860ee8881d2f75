// The list of a question bank: a preview opens in its row. Without this script its link does the
// same by way of the server.

function close(link, place) {
  place.replaceChildren();
  link.firstChild.data = link.dataset.open;
  link.setAttribute("aria-expanded", "false");
}

async function open(link, place) {
  const answer = await fetch(link.dataset.preview, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return location.assign(link.href);
  place.innerHTML = await answer.text();
  link.firstChild.data = link.dataset.close;
  link.setAttribute("aria-expanded", "true");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-preview]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const place = document.getElementById(link.dataset.into);
  if (place.childElementCount) close(link, place);
  else open(link, place).catch(() => location.assign(link.href));
});
