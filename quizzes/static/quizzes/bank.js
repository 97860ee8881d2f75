// The list of a question bank: a preview opens in its row. Without this script its link or button
// does the same by way of the server.

function close(link, place) {
  place.replaceChildren();
  link.firstChild.data = link.dataset.open;
  link.setAttribute("aria-expanded", "false");
}

async function open(link, place) {
  const answer = await fetch(link.dataset.preview, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return otherwise(link);
  place.innerHTML = await answer.text();
  link.firstChild.data = link.dataset.close;
  link.setAttribute("aria-expanded", "true");
}

// By way of the server: a link goes there, a button sends its form.
function otherwise(link) {
  if (link.href) location.assign(link.href);
  else link.form.requestSubmit(link);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-preview]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const place = document.getElementById(link.dataset.into);
  if (place.childElementCount) close(link, place);
  else open(link, place).catch(() => otherwise(link));
});
