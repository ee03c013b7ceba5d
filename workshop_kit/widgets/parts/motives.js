// Acts of care and where they came from: how they stand in a journal, and how they are told.

// Shares are kept in 64ths: fractions that sum to exactly 1, in the browser and in Python alike.
const SHARES = 64;
// A share smaller than this is finer than a finger, and is left out of a sentence.
const LEAST_TOLD = 0.1;

// Any three weights as shares. What rounding leaves over goes where it cut off most.
function toShares(weights) {
  const names = Object.keys(weights);
  const sum = names.reduce((total, name) => total + weights[name], 0);
  const exact = names.map((name) => (SHARES * weights[name]) / sum);
  const parts = exact.map(Math.floor);
  const left = SHARES - parts.reduce((total, part) => total + part, 0);
  const most = names.map((_, place) => place)
    .sort((a, b) => exact[b] - parts[b] - (exact[a] - parts[a]) || a - b);
  for (const place of most.slice(0, left)) parts[place] += 1;
  return Object.fromEntries(names.map((name, place) => [name, parts[place] / SHARES]));
}

// Where an act came from as it was kept: shares, an answer in place of them, or nothing.
function readMotive(value, systems) {
  if (value?.instead) return { instead: value.instead };
  const weights = Object.fromEntries(Object.keys(systems).map((name) => [name, value?.[name]]));
  const given = Object.values(weights);
  const whole = given.every((weight) => Number.isFinite(weight) && weight >= 0);
  return whole && given.some((weight) => weight > 0) ? toShares(weights) : null;
}

// The acts of a part as {id, name, times: [{number, place, landed}]}, in order of coming.
function readActs(part, answers, texts, systems) {
  const acts = new Map(), start = `${part.id}_`;
  const isAct = (id) => id.startsWith(start) && !id.slice(start.length).includes("_");
  const actOf = (id) => {
    if (!acts.has(id)) acts.set(id, { id, name: "", times: [] });
    return acts.get(id);
  };
  for (const [id, name] of Object.entries(texts)) {
    if (isAct(id) && name) actOf(id).name = name;
  }
  for (const [question, value] of Object.entries(answers)) {
    const [, id, number] = /^(.+)_(\d+)$/.exec(question) ?? [];
    if (!id || !isAct(id) || !value) continue;
    actOf(id).times.push(
      { number: Number(number), place: readMotive(value, systems), landed: value.landed ?? null });
  }
  for (const { times } of acts.values()) times.sort((a, b) => a.number - b.number);
  return [...acts.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

// The word for a share, so that it is no mark out of a hundred.
function wordForShare(share, words) {
  if (share === undefined) return words.unplaced;
  const steps = [[0, words.share_none], [0.2, words.share_little], [0.4, words.share_some],
    [0.6, words.share_half], [0.99, words.share_mostly], [1, words.share_all]];
  return steps.find(([up]) => share <= up)[1];
}

// Where an act came from in words: "mostly drive, some threat".
function tellMotive(place, systems, words) {
  if (!place) return words.unplaced;
  if (place.instead) return words.told_cant_tell;
  const told = Object.entries(systems)
    .map(([name, system]) => ({ share: place[name], system: inside(system),
      word: wordForShare(place[name], words) }))
    .filter(({ share }) => share >= LEAST_TOLD)
    .sort((a, b) => b.share - a.share);
  if (told[0].share === 1) return fill(words.told_all, told[0]);
  if (told.length === 3 && told.every(({ word }) => word === words.share_some)) {
    return words.told_even;
  }
  return told.map((one) => fill(words.told, one)).join(", ");
}

// The times of an act in a row: "mostly drive, some threat; another time mostly soothing".
const tellInTurn = (told, words) =>
  told.map((one, turn) => (turn ? fill(words.told_again, { told: one }) : one)).join("; ");

// Every act of a part for a list to read: what it was, where it came from and how it landed.
function tellActs(part, answers, texts, systems, words) {
  const tellTime = ({ place, landed }) => [
    place && tellMotive(place, systems, words),
    landed && fill(words.told_landed,
      { landed: part.landed.find(({ id }) => id === landed)?.label ?? landed }),
  ].filter(Boolean).join(" ");
  return readActs(part, answers, texts, systems).map(({ name, times }) => {
    const act = name || words.unnamed;
    const told = tellInTurn(times.map(tellTime), words);
    return [words.told_as, told ? fill(words.told_act, { act, told }) : act];
  });
}
