// When a version rests. A change that comes some minutes later, or that takes a written text away,
// begins a new one, so that it can be taken back.

const RESTS_AFTER = 2 * 60 * 1000; // ms without a change
const OF_SOME_LENGTH = 40; // characters

// Whether less than half of a text of some length is left in another.
function takesAway(before, after) {
  if (before.length < OF_SOME_LENGTH) return false;
  const most = Math.min(before.length, after.length);
  let start = 0, end = 0;
  while (start < most && before[start] === after[start]) start += 1;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return start + end < before.length / 2;
}

// Follows the texts of one version. `stood` is the fullest that a text was, and when it came to be
// so in this version; null for one that came from an earlier version.
function resting() {
  const standing = new Map();
  let last = null; // on both clocks, since one can be put back and the other sleep
  const now = () => [Date.now(), performance.now()];
  const stood = (name, before) => standing.get(name) ?? { text: before, at: null };
  return {
    touch: () => { last = now(); },
    isLongAgo: () => last !== null && now().some((time, which) => time - last[which] >= RESTS_AFTER),
    taken: (name, before, after) => {
      const text = stood(name, before);
      return takesAway(text.text, after) ? text : null;
    },
    follow: (name, before, after, at) => {
      last = now();
      const text = stood(name, before);
      standing.set(name, after.length >= text.text.length ? { text: after, at } : text);
    },
  };
}
