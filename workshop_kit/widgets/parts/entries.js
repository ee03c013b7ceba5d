// A trainee's moments: how a version begins, changes, is shown and is written to a file.
// Twin of entries.py; both are held to the same examples.

const FORMAT = "workshop-kit/journal", FORMAT_VERSION = 1;

// crypto.randomUUID needs a secure context, which plain http in a room is not.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function fields(record) {
  return [
    ...(record.setting !== null || "setting" in record.times ? [["setting", "setting", record.setting]] : []),
    ...Object.entries(record.answers).map(([question, value]) => ["answers", question, value]),
    ...Object.entries(record.words).map(([question, value]) => ["words", question, value]),
  ];
}

const fieldName = (group, question) => (group === "setting" ? "setting" : `${group}.${question}`);

// Whatever a part of several answers holds, without what was taken back.
const ofPart = (part, fields = {}) => Object.fromEntries(Object.entries(fields).filter(
  ([name, value]) => name.startsWith(`${part}_`) && value !== null && value !== ""));

function setField(record, group, question, value, at) {
  if (group === "setting") record.setting = value;
  else record[group][question] = value;
  record.times[fieldName(group, question)] = at;
}

// Each moment once: of every field the version that changed it last. Twin of entries.fold.
function fold(versions) {
  const ordered = [...versions].sort((a, b) =>
    Date.parse(a.changed) - Date.parse(b.changed) || (a.version < b.version ? -1 : 1));
  const moments = new Map();
  for (const version of ordered) {
    const shown = moments.get(version.id) ?? { answers: {}, words: {}, setting: null, times: {} };
    for (const [group, question, value] of fields(version)) {
      const name = fieldName(group, question), at = version.times[name] ?? version.changed;
      if (shown.times[name] && Date.parse(at) < Date.parse(shown.times[name])) continue;
      setField(shown, group, question, value, at);
    }
    moments.set(version.id, { ...version, ...shown });
  }
  return [...moments.values()].sort((a, b) => Date.parse(a.begun) - Date.parse(b.begun)
    || (a.id < b.id ? -1 : 1));
}

const withoutWords = (record) => ({ ...record, words: {}, times: Object.fromEntries(
  Object.entries(record.times).filter(([name]) => !name.startsWith("words."))) });

// What this page can read. Anything else is left where it is, and said.
const readable = (record) => ["id", "version", "exercise", "begun", "changed"].every((name) =>
  typeof record?.[name] === "string") && ["answers", "words", "times"].every((name) =>
  record[name] !== null && typeof record[name] === "object") && !isNaN(Date.parse(record.changed));

// A time after another, even on a clock that was put back: the later change is the one shown.
const later = (time) =>
  new Date(Math.max(Date.now(), time ? Date.parse(time) + 1 : 0)).toISOString();

// A new version: of the moment `from`, or of a moment that begins now.
function begin(exercise, content, from) {
  const now = new Date();
  return {
    id: from?.id ?? uuid(), version: uuid(), parent: from?.version ?? null, exercise, content,
    begun: from?.begun ?? now.toISOString(), offset: from?.offset ?? -now.getTimezoneOffset(),
    changed: later(from?.changed), setting: null, answers: {}, words: {}, times: {},
  };
}

const toJournal = (entries) =>
  JSON.stringify({ format: FORMAT, version: FORMAT_VERSION, entries }, null, 2);
