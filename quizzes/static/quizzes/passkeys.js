// Pages on which a passkey is made or used: the device is asked, and its answer is posted.

const { webauthnJSON } = globalThis;

/** What the server asks of the device: it stands in the page, or is fetched when it is needed. */
async function asked(form) {
  const inPage = document.getElementById("passkey-options");
  if (inPage) return JSON.parse(inPage.textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`The site answered ${answer.status}.`);
  return answer.json();
}

/** A passkey that the device finds by itself, and gives away to its owner alone. */
function kept(options) {
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: "required",
    requireResidentKey: true,
    userVerification: "required",
  });
  return options;
}

const WAYS = {
  make: ({ creation_options: options }) => webauthnJSON.create(kept(options)),
  use: ({ request_options: options }) => webauthnJSON.get(options),
};

async function start(form, button, state) {
  state.textContent = state.dataset.waiting;
  button.disabled = true;
  try {
    const credential = await WAYS[form.dataset.passkey](await asked(form));
    form.elements.credential.value = JSON.stringify(credential);
    form.submit();
  } catch {
    state.textContent = state.dataset.failed;
    button.disabled = false;
    button.focus();
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const button = form.querySelector("[data-passkey-start]");
  const state = form.querySelector("[data-passkey-state]");
  if (webauthnJSON.supported()) {
    state.textContent = "";
    button.disabled = false;
    button.addEventListener("click", () => start(form, button, state));
  } else {
    state.textContent = state.dataset.none;
  }
}
