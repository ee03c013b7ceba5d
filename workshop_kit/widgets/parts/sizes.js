// The size of a system: how it is placed, drawn and called.

const LEAST = 0, MOST = 10, STEP = 0.5;

// Area, not radius, follows the size, as the eye compares areas; nothing at all is a dot.
const radius = (size, largest) =>
  (size === undefined ? 0 : Math.max(largest * Math.sqrt(size / MOST), 1.5));

const wordFor = (size, words) =>
  size === undefined ? words.unplaced : words.steps.find(({ up_to }) => size <= up_to).word;

// A slider for one size; `now()` is the size that stands, and `place(size, keeping)` changes it.
function sizeInput(name, system, words, now, place) {
  let before;
  const input = rangeInput(system.name, name, [LEAST, MOST, STEP], () => { before = now(); },
    (value, keeping) => place(value ?? before, keeping));
  return { ...input, show: (size) =>
    input.show(size ?? MOST / 2, wordFor(size, words), size !== undefined) };
}

const sizeEnds = (words) => make("p", { class: "ws-ends ws-quiet", "aria-hidden": "true" },
  make("span", {}, words.least), make("span", {}, words.most));
