// Where each thing of a list was put: for the sorter, and for whoever reads its answers.

// [id, what it is called] of everything there is to sort, in the order in which it stands.
function thingsOf(part, answers, texts, words) {
  if (!part.own) return part.items.map(({ id, label }) => [`${part.id}_${id}`, label]);
  return Object.keys({ ...answers, ...texts })
    .filter((id) => id.startsWith(`${part.id}_`) && (answers[id] || texts[id]?.trim()))
    .sort().map((id) => [id, texts[id]?.trim() || words.unnamed]);
}

// Each place with what was put there; the last, which is no place, has what was put nowhere.
function placesOf(part, answers, texts, words) {
  const places = new Map([...part.bins, { id: null, label: words.unsorted }].map((place) =>
    [place.id, { ...place, things: [] }]));
  for (const [id, name] of thingsOf(part, answers, texts, words)) {
    (places.get(answers[id]) ?? places.get(null)).things.push(name);
  }
  return [...places.values()];
}

// What is on a given list and put nowhere was not answered; what a trainee wrote was.
const tellSorting = (part, answers, texts, systems, words) =>
  placesOf(part, answers, texts, words)
    .filter(({ id, things }) => things.length && (id || part.own))
    .map(({ label, things }) => [label, things.join(words.between)]);
