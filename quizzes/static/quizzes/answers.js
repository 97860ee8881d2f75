// Typed answers: compared as a reader would, and shown with their differences.
//
// Only a match is certain here. What does not match may still be right in another spelling of a
// date or a number, and that the server knows.

const APOSTROPHES = /['’‘‛ʼʹʻ′`´＇]/gu;
const HYPHENS = /[‐‑‒–—―−]/gu;
const MARKS = /\p{M}/gu;
const PUNCTUATION = /[^\p{L}\p{N}\s]/gu;
const ARTICLE = /^(?:the|a|an) (?=.)/u;
const LONGEST_COMPARED = 300;

const folded = (text) => text.replace(APOSTROPHES, "").replace(HYPHENS, "-");

/** What makes two answers the same answer: letters and digits, whatever marks stand with them. */
export function answerKey(text) {
  const small = folded(text).normalize("NFKD").toLowerCase().replaceAll("ß", "ss");
  const bare = folded(small.normalize("NFKD").replace(MARKS, ""));
  const words = bare.replace(PUNCTUATION, " ").split(/\s+/u).filter(Boolean).join(" ");
  return words.replace(ARTICLE, "");
}

export function isSurelyRight(typed, accepted) {
  const key = answerKey(typed);
  return key !== "" && accepted.includes(key);
}

/** What was typed turned into the answer: pieces that are the same, extra or missing. */
export function pieces(typed, answer) {
  const [from, to] = [[...typed].slice(0, LONGEST_COMPARED), [...answer].slice(0, LONGEST_COMPARED)];
  const shared = sharedLengths(from, to);
  const found = [];
  const add = (kind, letter) => {
    const last = found.at(-1);
    if (last?.kind === kind) last.text += letter;
    else found.push({ kind, text: letter });
  };
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && j < to.length && from[i] === to[j]) {
      add("same", from[i]);
      i += 1;
      j += 1;
    } else if (j >= to.length || (i < from.length && shared[i + 1][j] >= shared[i][j + 1])) {
      add("extra", from[i]);
      i += 1;
    } else {
      add("missing", to[j]);
      j += 1;
    }
  }
  return found;
}

/** By two places, how many letters the rests of both texts have in common, in order. */
function sharedLengths(from, to) {
  const shared = Array.from({ length: from.length + 1 }, () => new Uint16Array(to.length + 1));
  for (let i = from.length - 1; i >= 0; i -= 1) {
    for (let j = to.length - 1; j >= 0; j -= 1) {
      shared[i][j] =
        from[i] === to[j] ? shared[i + 1][j + 1] + 1 : Math.max(shared[i + 1][j], shared[i][j + 1]);
    }
  }
  return shared;
}
