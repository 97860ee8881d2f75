// Identifiers that this device makes: UUIDs of version 7, each later than the one before, so that
// what was done first sorts first, even where a clock that ran fast has made two moments one.

const RANDOM_BYTES = 10;
let last = 0;

export function uuid7() {
  last = Math.max(Date.now(), last + 1);
  const random = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
  random[0] = (random[0] & 0x0f) | 0x70;
  random[2] = (random[2] & 0x3f) | 0x80;
  const digits = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const text = last.toString(16).padStart(12, "0") + digits;
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
