// From one home of a journal to another: everything or nothing. It is copied, read back, and only
// then taken from where it was, so that a failure anywhere leaves it there.

const AGAIN = 5; // where other pages write meanwhile

// Moves the versions that `wanted` names; with null all of them, and what was deleted too. A lock
// goes along, unless there is one in the new place or the new place has none (`bare`).
async function moveJournal(from, to, { wanted = null, bare = false } = {}) {
  for (let left = AGAIN; ; left -= 1) {
    await from.open();
    const here = from.contents();
    const moved = wanted ? { entries: here.entries.filter(({ version }) => wanted.has(version)), deleted: [] } : here;
    await to.open();
    const safe = bare ? null : to.safe() ?? (wanted ? null : from.safe());
    await to.rewrite((there) => join(there, moved), { safe });
    if (!moved.entries.every((one) => to.deleted.has(one.id) || isThere(one, to))) throw refusal("lost");
    try {
      const bareLeft = wanted || from.damaged().length ? undefined : null;
      await from.rewrite((now) => without(now, moved, wanted), { safe: bareLeft });
      return;
    } catch (error) {
      if (error.reason !== "more" || !left) throw error;
    }
  }
}

const isThere = (one, { versions }) =>
  versions.has(one.version) && byTime(versions.get(one.version).changed, one.changed) >= 0;

// What is left of a journal after `moved` has gone. What was written since has to go along first.
function without(now, moved, wanted) {
  const known = new Map(moved.entries.map((one) => [one.version, one]));
  const isMeant = ({ version }) => !wanted || wanted.has(version);
  if (now.entries.some((one) => isMeant(one) && !(known.has(one.version) && isSame(one, known.get(one.version))))) throw refusal("more");
  return wanted ? { ...now, entries: now.entries.filter((one) => !isMeant(one)) } : { entries: [], deleted: [] };
}
