// Single keys: which act a key stands for. A learner may put other keys in place of the usual
// ones, or switch all of them off; with a modifier, or in a field, a key is never ours.

const NEVER_WITH = ["ctrlKey", "altKey", "metaKey"];
const TYPING = "input:not([type=radio], [type=checkbox]), select, textarea";
const PRESSABLE = "a[href], button, summary, label";
const GO = "go";
const USUAL = {
  "rate-1": ["1", "Digit1"],
  "rate-2": ["2", "Digit2"],
  "rate-3": ["3", "Digit3"],
  "rate-4": ["4", "Digit4"],
  undo: ["u", "KeyU"],
  edit: ["e", "KeyE"],
  bury: ["b", "KeyB", "-"],
  suspend: ["s", "KeyS", "@"],
  flag: ["f", "KeyF"],
  info: ["i", "KeyI"],
  note: ["n", "KeyN"],
  more: ["m", "KeyM"],
  next: ["j", "KeyJ"],
  previous: ["k", "KeyK"],
  "go-to": ["g", "KeyG"],
  clock: ["t", "KeyT"],
};
const FIXED = { " ": GO, enter: GO, escape: "leave", "?": "keys" };

/** The acts by key, and by the key's place where the layout has other letters on it. */
function mapOf(own) {
  const map = { ...FIXED };
  for (const [act, key] of Object.entries(own)) map[key.toLowerCase()] ??= act;
  for (const [act, keys] of Object.entries(USUAL).filter(([act]) => !own[act])) {
    for (const key of keys) map[key] ??= act;
  }
  return map;
}

/** Whether a key press is no shortcut of the browser's and nothing that is being typed. */
function isOurs(event) {
  if (NEVER_WITH.some((key) => event[key]) || event.isComposing) return false;
  return !event.target.closest(TYPING) && !document.querySelector("dialog[open]");
}

/** Tells the act of a key press; `own` names the keys that the learner has chosen, by act. */
export function reader(own = {}) {
  const map = mapOf(own);
  const actOf = (event) => {
    const isUndo = event.key.toLowerCase() === "z" && event.ctrlKey && !event.shiftKey;
    if (isUndo && !event.target.closest(TYPING)) return "undo";
    if (!isOurs(event)) return undefined;
    const act = map[event.key.toLowerCase()] ?? (event.shiftKey ? undefined : map[event.code]);
    return act === GO && event.target.closest(PRESSABLE) ? undefined : act;
  };
  return Object.assign(actOf, { isOurs });
}

/** Write the keys that are in force where the page names them. */
export function label(root, own = {}) {
  for (const mark of root.querySelectorAll("[data-key]")) {
    const key = own[mark.dataset.key];
    if (key) mark.textContent = key.toUpperCase();
  }
}
