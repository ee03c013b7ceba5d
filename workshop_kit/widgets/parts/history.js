// What a moment was like before, and how to bring that back without losing anything. Twin of
// history.py, after entries.

function momentOf(versions, version) {
  const every = [...versions], { id } = every.find((one) => one.version === version);
  return every.filter((one) => one.id === id);
}

// A version as it stood then, of what is left of that; nothing if it had not begun.
function until(record, then) {
  const had = (name) => byTime(record.times[name] ?? record.changed, then) <= 0;
  const those = (group) => Object.fromEntries(
    Object.entries(record[group]).filter(([question]) => had(fieldName(group, question))));
  const times = Object.fromEntries(
    Object.entries(record.times).filter(([, at]) => byTime(at, then) <= 0));
  const after = byTime(record.changed, then) > 0;
  if (after && !Object.keys(times).length) return [];
  return [{ ...record, answers: those("answers"), words: those("words"), times,
    setting: had("setting") ? record.setting : null, changed: after ? then : record.changed }];
}

// A moment as it stood when one of its versions was last changed: of each field the last value until
// then, of all that are kept still.
function asOf(versions, version) {
  const moment = momentOf(versions, version);
  const then = moment.find((one) => one.version === version).changed;
  return fold(moment.flatMap((one) => until(one, then)))[0];
}

// The same answer, whatever the order of its parts.
const sorted = (value) => JSON.stringify(isObject(value)
  ? Object.entries(value).sort(([a], [b]) => byText(a, b)) : value);
const own = (object, name, otherwise) => (Object.hasOwn(object, name) ? object[name] : otherwise);

// A new version that brings a moment back to how it stood then. What is shown now stays in the
// history; a field that was not answered then becomes null or an empty text.
function takenBack(versions, version, now = Date.now(), fresh = uuid()) {
  const moment = momentOf(versions, version);
  const before = asOf(moment, version), [shown] = fold(moment);
  const { id, exercise, content, begun, offset } = before;
  const last = Math.max(...moment.flatMap((one) =>
    [one.changed, ...Object.values(one.times)].map((at) => Date.parse(at))));
  const changed = new Date(Math.max(now, last + 1)).toISOString();
  const record = { id, version: fresh, parent: shown.version, exercise, content, begun, offset,
    changed, setting: null, answers: {}, words: {}, times: {} };
  for (const [group, none] of [["answers", null], ["words", ""]]) {
    for (const [question, value] of Object.entries(shown[group])) {
      const earlier = own(before[group], question, none);
      if (sorted(value) !== sorted(earlier)) setField(record, group, question, earlier, changed);
    }
  }
  if (before.setting !== shown.setting) setField(record, "setting", null, before.setting, changed);
  return record;
}
