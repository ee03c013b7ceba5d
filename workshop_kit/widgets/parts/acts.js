// Acts of care while they are being placed: what each holds, and what of it is kept.

const isEmpty = ({ place, landed }) => place === null && landed === null;
const isBlank = ({ name, times }) => name === "" && times.every(isEmpty);

const valueOf = ({ place, landed }) =>
  (place || landed ? { ...place, ...(landed ? { landed } : {}) } : null);

const answersOf = (acts) => Object.fromEntries(acts.flatMap((act) => act.times
  .filter((time) => !isEmpty(time)).map((time) => [keyOf(act, time), valueOf(time)])));

const freshAct = (part) => ({ id: freshItem(part.id), name: "",
  times: [{ number: 1, place: null, landed: null }] });

// Without what was begun and left empty, but for the time in hand.
function withoutBlanks(acts, hand) {
  const left = acts.filter((act) => act.id === hand.id || !isBlank(act));
  for (const act of left) {
    const times = act.times.filter((time) =>
      !isEmpty(time) || (act.id === hand.id && time.number === hand.number));
    act.times = times.length ? times : act.times.slice(0, 1);
  }
  return left;
}

// The shares when one of them becomes `share` and the others keep their proportion.
function rescale(from, name, share) {
  const others = Object.keys(CORNERS).filter((other) => other !== name);
  const [first, second] = others.map((other) => from?.[other] ?? 0);
  const part = first + second > 0 ? first / (first + second) : 0.5;
  const rest = Math.round((1 - share) * SHARES), one = Math.round(rest * part);
  return { ...from, [name]: share, [others[0]]: one / SHARES, [others[1]]: (rest - one) / SHARES };
}
