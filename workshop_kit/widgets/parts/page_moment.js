// The moment that a page writes. Its version of now is `record`, which is rewritten in place until
// it rests; then the next change begins another.

function pageMoment(exercise, content) {
  let record = begin(exercise, content, null), rests = resting();
  const keptAt = new WeakMap(); // by version: when the change was made that was kept last

  function turnTo(moment) {
    [record, rests] = [begin(exercise, content, moment), resting()];
  }

  // The version rests, with the text that is taken away as full as it was. Returns what that changed.
  function rest(group, question, before, value) {
    const taken = group === "words" ? rests.taken(question, before ?? "", value ?? "") : null;
    if (!fields(record).length || !(taken || rests.isLongAgo())) return [];
    const old = record;
    const fuller = taken?.at && old.words[question] !== taken.text;
    if (fuller) setField(old, group, question, taken.text, taken.at);
    turnTo(old);
    if (taken) rests.follow(question, value ?? "", value ?? "", record.changed);
    return fuller ? [old] : [];
  }

  // Changes a field, which held `before`; returns the versions that are to be kept.
  function change(group, question, before, value) {
    const rested = rest(group, question, before, value);
    record.changed = later(record.changed);
    setField(record, group, question, value, record.changed);
    if (group === "words") rests.follow(question, before ?? "", value ?? "", record.changed);
    else rests.touch();
    return [...rested, record];
  }

  // What was changed in a version since it was last kept: [[group, question, value], …].
  const unkept = (one) => fields(one).filter(([group, question]) => !keptAt.has(one)
    || byTime(one.times[fieldName(group, question)], keptAt.get(one)) > 0);

  return { record: () => record, turnTo, change, unkept,
    wasKept: (one) => keptAt.has(one), markKept: (one, at) => keptAt.set(one, at) };
}
