// Phrases on the plane of tones, in words.

// How far along an axis of -10 to 10 a phrase lies: "rather critical", "in the middle".
function wordForTone(value, axis, words) {
  const far = Math.abs(value), end = value < 0 ? axis.least : axis.most;
  if (far < 1) return words.middle;
  return fill(far <= 3.5 ? words.little : far <= 7 ? words.rather : words.very, { end });
}

// Where a phrase lies: "rather critical, a little tender".
function tellTone(tone, part, words) {
  const axes = ["curious", "tender"].map((name) => ({ value: tone[name], axis: part[name] }));
  if (axes.every(({ value }) => Math.abs(value) < 1)) return words.middle_of_both;
  return axes.map(({ value, axis }) => (Math.abs(value) < 1 ? fill(words.between, axis)
    : wordForTone(value, axis, words))).join(", ");
}

const isTone = (value) => Number.isFinite(value?.curious) && Number.isFinite(value?.tender);

// Every phrase that was placed, for a list to read: [[what it is, where it lies]].
const tellTones = (part, answers, texts, systems, words) => part.phrases
  .map(({ id, label }) => [label, answers[`${part.id}_${id}`]])
  .filter(([, value]) => isTone(value))
  .map(([label, value]) => [label, tellTone(value, part, words)]);
