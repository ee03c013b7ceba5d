// The passphrase: a random key seals the journal, and the passphrase seals that key, so that another
// passphrase is another lock and the journal stays as it is. Twin of lock.py. After vendor/noble,
// entries and journal_file; works on plain http, where there is no crypto.subtle.
// A lock is {kdf, cipher, key}. To the reasons of journal_file.js come
//   passphrase   it does not open this lock     empty   there is none

const KDF = { name: "scrypt", n: 32768, r: 8, p: 3 }, CIPHER = "chacha20-poly1305";
const KEY_BYTES = 32, NONCE_BYTES = 12, TAG_BYTES = 16, SALT_BYTES = 16;

const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));
const utf8 = (text) => new TextEncoder().encode(text);

function toBase64(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 30000)
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 30000)));
  return btoa(pieces.join(""));
}

// Bytes, or undefined where it is not the one way to write them.
function fromBase64(text) {
  try {
    const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
    return toBase64(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

const readBase64 = (holds) => (value) =>
  (typeof value === "string" && holds(fromBase64(value)?.length) ? value : undefined);
const readSame = (known) => (value) => (value === known ? value : undefined);
const readSeal = readBase64((length) => length >= NONCE_BYTES + TAG_BYTES);

// Bounded, so that a file that was made to hurt costs no more than another.
const KDF_FIELDS = {
  name: [readSame(KDF.name)], n: [(value) => [14, 15, 16, 17].map((power) => 2 ** power)
    .find((known) => known === value)],
  r: [readSame(KDF.r)], p: [readWhole(1, 4)], salt: [readBase64((length) => length === SALT_BYTES)],
};
const LOCK = {
  kdf: [(value) => readRecord(KDF_FIELDS, value)], cipher: [readSame(CIPHER)],
  key: [readBase64((length) => length === NONCE_BYTES + KEY_BYTES + TAG_BYTES)],
};
const LOCKED = { ...LOCK, data: [readSeal] };
const SEALED = { version: [readId], id: [readId], sealed: [readSeal] };

const readLock = (lock) => readRecord(LOCK, lock);

function seal(key, bytes, about) {
  const nonce = randomBytes(NONCE_BYTES);
  const data = noble.chacha20poly1305(key, nonce, utf8(about)).encrypt(bytes);
  const whole = new Uint8Array(NONCE_BYTES + data.length);
  whole.set(nonce);
  whole.set(data, NONCE_BYTES);
  return toBase64(whole);
}

function unseal(key, text, about, reason) {
  const bytes = fromBase64(text), nonce = bytes.subarray(0, NONCE_BYTES);
  try {
    return noble.chacha20poly1305(key, nonce, utf8(about)).decrypt(bytes.subarray(NONCE_BYTES));
  } catch {
    throw refusal(reason);
  }
}

// The key that a passphrase makes. It takes a while, in which the page goes on.
const derive = (passphrase, { n, r, p, salt }) => noble.scryptAsync(
  utf8(passphrase.normalize("NFKC")), fromBase64(salt), { N: n, r, p, dkLen: KEY_BYTES });

// A lock of a journal that has its key already: another passphrase for the same words.
async function relock(key, passphrase) {
  if (!passphrase) throw refusal("empty");
  const kdf = { ...KDF, salt: toBase64(randomBytes(SALT_BYTES)) };
  return { kdf, cipher: CIPHER, key: seal(await derive(passphrase, kdf), key, "workshop-kit/key") };
}

async function makeLock(passphrase) {
  const key = randomBytes(KEY_BYTES);
  return { lock: await relock(key, passphrase), key };
}

async function openLock(lock, passphrase) {
  const { kdf, key } = readLock(lock);
  return unseal(await derive(passphrase, kdf), key, "workshop-kit/key", "passphrase");
}

// What was sealed is whole or damaged; nothing that is found within has another name outside.
function within(read) {
  try {
    return read();
  } catch {
    throw refusal("damaged");
  }
}

// One version as a locked journal stores it. Its ids are in the seal too, so that none can stand for
// another.
const aboutVersion = ({ id, version }) => `workshop-kit/version:${id}:${version}`;

const sealRecord = (key, record) => ({ version: record.version, id: record.id,
  sealed: seal(key, utf8(JSON.stringify(record)), aboutVersion(record)) });

function openRecord(key, one) {
  const stored = readRecord(SEALED, one);
  const bytes = unseal(key, stored.sealed, aboutVersion(stored), "damaged");
  const record = within(() => readEntry(parsed(textOf(bytes))));
  if (record.version !== stored.version || record.id !== stored.id) throw refusal("damaged");
  return record;
}

// The whole journal as a file: its lock, and the plain document sealed.
const sealDocument = (lock, key, contents) => asText({ ...HEAD, locked: { ...readLock(lock),
  data: seal(key, utf8(writeJournal(contents)), "workshop-kit/journal") } });

// {kdf, cipher, key, data} of such a file, of which the lock may be one that is open already.
function readLocked(text) {
  const { format, version, locked, ...more } = readJson(text);
  if (Object.keys(more).length) throw refusal("damaged");
  return readRecord(LOCKED, locked);
}

function openLocked(key, { data }) {
  const bytes = unseal(key, data, "workshop-kit/journal", "damaged");
  return within(() => readJournal(textOf(bytes)));
}

async function openDocument(text, passphrase) {
  const { data, ...lock } = readLocked(text);
  return openLocked(await openLock(lock, passphrase), { data });
}
