// The portable journal: one JSON document of versions and deletions, and how two are joined.
// Twin of journal_file.py. What is refused is thrown as an Error whose `reason` is one of
//   large  text  json  format  version  newer  locked  damaged
// and which says nothing of what a trainee wrote.

const HEAD = { format: "workshop-kit/journal", version: 1 }, MOST_BYTES = 100000000;
const DEEPEST = 64;
const DELETED = { id: [readId], at: [readMoment] };

// The text of a file's bytes. The size is asked first, so that nobody waits for a huge one.
function textOf(bytes) {
  if (bytes.length > MOST_BYTES) throw refusal("large");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refusal("text");
  }
}

// Asked first: a reader of JSON may fail in ways of its own, far down.
function isDeep(text) {
  let depth = 0, quoted = false;
  for (const [token] of text.matchAll(/\\.|["[\]{}]/gs)) {
    if (token === '"') quoted = !quoted;
    else if (!quoted && "[{".includes(token)) depth += 1;
    else if (!quoted && "]}".includes(token)) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

function parsed(text) {
  if (isDeep(text)) throw refusal("json");
  try {
    return JSON.parse(text);
  } catch {
    throw refusal("json");
  }
}

// A document as far as its format and version.
function readJson(text) {
  if (text.length > MOST_BYTES) throw refusal("large");
  const whole = parsed(text);
  if (!isObject(whole) || whole.format !== HEAD.format) throw refusal("format");
  if (typeof whole.version === "number" && whole.version > HEAD.version) throw refusal("newer");
  if (whole.version !== HEAD.version) throw refusal("version");
  return whole;
}

// A list of records, none of them twice. `place` says which one is refused, counted from 1.
function readList(fields, name, list) {
  if (!Array.isArray(list)) throw refusal("damaged");
  const read = list.map((record, at) => {
    try {
      return readRecord(fields, record);
    } catch (error) {
      throw Object.assign(error, { place: at + 1 });
    }
  });
  if (new Set(read.map((one) => one[name])).size < read.length) throw refusal("damaged");
  return read;
}

// {entries, deleted}: every version, without those whose moment the document says was deleted.
function readJournal(text) {
  const { format, version, ...rest } = readJson(text);
  if (Object.hasOwn(rest, "locked")) throw refusal("locked");
  const { entries, deleted = [], ...more } = rest;
  if (Object.keys(more).length) throw refusal("damaged");
  return join({ entries: [], deleted: [] },
    { entries: readList(ENTRY, "version", entries), deleted: readList(DELETED, "id", deleted) });
}

const asText = (document) => `${JSON.stringify(document, null, 2)}\n`;
const writeJournal = ({ entries, deleted }) => asText({ ...HEAD, entries, deleted });

// Theirs brought into mine: of one version on both sides the one that was changed later, and nothing
// of what was deleted on either side. Joining the same again changes nothing.
function join(mine, theirs) {
  const deleted = new Map(mine.deleted.map((one) => [one.id, one]));
  for (const one of theirs.deleted) {
    if (!deleted.has(one.id) || byTime(one.at, deleted.get(one.id).at) < 0) deleted.set(one.id, one);
  }
  const versions = new Map(mine.entries.map((one) => [one.version, one]));
  for (const one of theirs.entries) {
    const here = versions.get(one.version);
    if (!here || byTime(one.changed, here.changed) > 0) versions.set(one.version, one);
  }
  return { entries: [...versions.values()].filter(({ id }) => !deleted.has(id)),
    deleted: [...deleted.values()] };
}
