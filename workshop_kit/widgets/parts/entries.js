// A trainee's moments: how a version begins, changes, is read and is shown. Twin of entries.py; both
// are held to the same vectors (tests/vectors).

const ID = /^[a-z][a-z0-9_]{0,63}$/;
const FIELD = /^(setting|(answers|words)\.[a-z][a-z0-9_]{0,63})$/;
const UUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;
const TIME = new RegExp(["^(\\d{4})-(\\d{2})-(\\d{2})T(\\d{2}):(\\d{2}):(\\d{2})",
  "(?:\\.(\\d{1,6}))?(?:Z|([+-])(\\d{2}):(\\d{2}))$"].join(""));

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

const byText = (a, b) => (a < b ? -1 : Number(a > b));
const byTime = (a, b) => Date.parse(a) - Date.parse(b);

// Each moment once: of every field the version that changed it last. Twin of entries.fold.
function fold(versions) {
  // Ties are settled by the version's id, so that every reader settles them alike.
  const ordered = [...versions].sort((a, b) =>
    byTime(a.changed, b.changed) || byText(a.version, b.version));
  const moments = new Map();
  for (const version of ordered) {
    const before = moments.get(version.id);
    const shown = { ...version, answers: { ...before?.answers }, words: { ...before?.words },
      setting: before?.setting ?? null, times: { ...before?.times } };
    for (const [group, question, value] of fields(version)) {
      const name = fieldName(group, question), at = version.times[name] ?? version.changed;
      if (shown.times[name] && byTime(at, shown.times[name]) < 0) continue;
      setField(shown, group, question, value, at);
    }
    moments.set(version.id, shown);
  }
  return [...moments.values()].sort((a, b) => byTime(a.begun, b.begun) || byText(a.id, b.id));
}

const withoutWords = (record) => ({ ...record, words: {}, times: Object.fromEntries(
  Object.entries(record.times).filter(([name]) => !name.startsWith("words."))) });

// Why something is refused, in one word of a fixed list that the page has sentences for.
const refusal = (reason, more = {}) => Object.assign(new Error(reason), { reason, ...more });

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const isText = (value, spelling) => typeof value === "string" && spelling.test(value);

// A time as the format has it, in UTC and to the millisecond; or null.
function readTime(text) {
  const found = typeof text === "string" && TIME.exec(text);
  if (!found) return null;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  const [fraction = "", sign = "+", hours = 0, minutes = 0] = found.slice(7);
  const thousandths = Number(fraction.padEnd(3, "0").slice(0, 3));
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, thousandths));
  // JavaScript makes a day of March out of the 30th of February.
  const same = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()].join()
    === [year, month, day].join();
  if (!same || hour > 23 || minute > 59 || second > 59 || hours > 23 || minutes > 59) return null;
  const ahead = (sign === "-" ? -1 : 1) * (60 * hours + Number(minutes));
  const at = new Date(local.getTime() - ahead * 60000);
  return at.getUTCFullYear() >= 1900 && at.getUTCFullYear() <= 9000 ? at.toISOString() : null;
}

// Readers of one value each: what it is as the format has it, or undefined where it is none.
const readId = (value) => (isText(value, UUID) ? value.toLowerCase() : undefined);
const readMoment = (value) => readTime(value) ?? undefined;
const readChoice = (value) => (isText(value, ID) ? value : undefined);
const readWords = (value) => (typeof value === "string" ? value : undefined);
const readWhole = (least, most) => (value) =>
  (Number.isInteger(value) && value >= least && value <= most ? value + 0 : undefined);
const orNull = (read) => (value) => (value === null ? null : read(value));
// Adding 0 makes -0 the 0 that it is.
const readScalar = orNull((value) => (typeof value === "number" && Math.abs(value) <= 1000
  ? value + 0 : readChoice(value)));
const readAnswer = (value) => (isObject(value) ? readAll(ID, readScalar)(value) : readScalar(value));

// An object whose names are all spelt like that and whose values can all be read.
const readAll = (spelling, read) => (value) => {
  if (!isObject(value)) return undefined;
  const pairs = Object.entries(value).map(([name, one]) => [name, read(one)]);
  const whole = pairs.every(([name, one]) => spelling.test(name) && one !== undefined);
  return whole ? Object.fromEntries(pairs) : undefined;
};

// The fields of an entry, each with its reader and with what stands for it where it is absent.
const ENTRY = {
  id: [readId], version: [readId], parent: [orNull(readId), null], exercise: [readChoice],
  content: [readWhole(1, 1000000)], begun: [readMoment], offset: [readWhole(-1439, 1439), 0],
  changed: [readMoment], setting: [orNull(readChoice), null], answers: [readAll(ID, readAnswer), {}],
  words: [readAll(ID, readWords), {}], times: [readAll(FIELD, readMoment), {}],
};

// A record of exactly these fields, as the format has it. Throws where it is none.
function readRecord(fields, record) {
  if (!isObject(record) || !Object.keys(record).every((name) => Object.hasOwn(fields, name)))
    throw refusal("damaged");
  return Object.fromEntries(Object.entries(fields).map(([name, [read, otherwise]]) => {
    const value = Object.hasOwn(record, name) ? read(record[name]) : structuredClone(otherwise);
    if (value === undefined) throw refusal("damaged", { field: name });
    return [name, value];
  }));
}

const readEntry = (record) => readRecord(ENTRY, record);

// Whether this page can read it. Anything else is left where it is, and said.
function readable(record) {
  try {
    return Boolean(readEntry(record));
  } catch {
    return false;
  }
}

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
