// What stands in a question's widget, as the API takes it, and the other way round.

const controls = (section, tags) => [...section.querySelectorAll(`.widget :is(${tags}).answer`)];
const numberOf = (control) => (control.value === "" ? null : Number(control.value));

const READ = {
  choices: (section) => ({
    chosen: controls(section, "input")
      .filter((one) => one.checked)
      .map((one) => Number(one.value)),
  }),
  line: (section) => ({ text: controls(section, "input")[0].value }),
  essay: (section) => ({ text: controls(section, "textarea")[0].value }),
  pairs: (section) => ({ pairs: controls(section, "select").map(numberOf) }),
  gaps: (section) => ({
    gaps: controls(section, "input, select").map((one) =>
      one.matches("select") && one.value !== "" ? Number(one.value) : one.value,
    ),
  }),
  steps: (section) => {
    const rows = [...section.querySelectorAll("[data-place]")];
    const isPut = controls(section, "select").some((one) => one.value !== "");
    return { order: isPut ? rows.map((row) => Number(row.dataset.place)) : [] };
  },
};

const set = (control, value) => Object.assign(control, { value: String(value ?? "") });
const fill = (all, values) => all.forEach((one, place) => set(one, values[place]));

const PUT = {
  choices: (section, { chosen }) => {
    for (const one of controls(section, "input")) one.checked = chosen.includes(Number(one.value));
  },
  line: (section, { text }) => set(controls(section, "input")[0], text),
  essay: (section, { text }) => set(controls(section, "textarea")[0], text),
  pairs: (section, { pairs }) => fill(controls(section, "select"), pairs),
  gaps: (section, { gaps }) => fill(controls(section, "input, select"), gaps),
  steps: (section, { order }) => {
    for (const place of order) {
      const row = section.querySelector(`[data-place="${place}"]`);
      row.parentElement.append(row);
    }
    if (order.length > 0) renumber(section);
  },
};

/** Let every row say the position in which it stands. */
export function renumber(section) {
  controls(section, "select").forEach((select, place) => {
    select.querySelector("option[value='']")?.remove();
    select.value = String(place + 1);
  });
}

export const answerOf = (section) => READ[section.dataset.widget](section);
export const put = (section, answer) => PUT[section.dataset.widget](section, answer);
/** Half a date or a number in such a field is no fault yet. */
export const isTyped = (control) => control.matches("textarea, input[type=text]");

/** Whether its learner is sure, as far as that was asked and said. */
export function surenessOf(section) {
  const said = section.querySelector(".sureness input:checked")?.value;
  return said === undefined ? null : said === "yes";
}

export function putSureness(section, isSure) {
  for (const one of section.querySelectorAll(".sureness input")) {
    one.checked = one.value === { true: "yes", false: "no" }[isSure];
  }
}

const isNothing = (part) => part === null || (typeof part === "string" && part.trim() === "");

/** Whether an answer takes back the one before it. */
export function isBlank(answer) {
  const [said] = Object.values(answer);
  return Array.isArray(said) ? said.every(isNothing) : isNothing(said);
}
