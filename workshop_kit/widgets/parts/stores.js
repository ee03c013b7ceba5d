// The homes of a journal. Each has `all()` and `put(record)`; both reject when they fail. A home that
// has to wait for somebody else has `draft(record)` too, which is done at once.

const DATABASE = "workshop-kit", VISIT = "workshop-kit:visit", DRAFT = "workshop-kit:draft:";

const promised = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Home "browser": IndexedDB, one record a version, on the disk before it is called kept. A browser
// may close the database behind a page's back, so it is opened again when it is needed again.
function browserStore() {
  let opening = null;
  const forget = () => { opening = null; };
  const open = async () => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore("versions", { keyPath: "version" });
    const database = await promised(request);
    database.onclose = database.onversionchange = () => { database.close(); forget(); };
    return database;
  };
  const database = () => (opening ??= open().catch((error) => { forget(); throw error; }));
  return {
    all: async () =>
      promised((await database()).transaction("versions").objectStore("versions").getAll()),
    put: async (record) => {
      const options = { durability: "strict" };
      const transaction = (await database()).transaction("versions", "readwrite", options);
      transaction.objectStore("versions").put(record);
      // At once, so that a page that is being left cannot take the change with it.
      transaction.commit?.();
      await new Promise((resolve, reject) => {
        transaction.oncomplete = resolve;
        transaction.onabort = transaction.onerror = () => reject(transaction.error);
      });
    },
  };
}

// Home "visit": the tab's own storage, which ends with the tab. A sample journal fills it once.
function visitStore(sample) {
  const read = async () => {
    const held = sessionStorage.getItem(VISIT);
    if (held !== null || !sample) return JSON.parse(held ?? "[]");
    return (await (await fetch(sample)).json()).entries;
  };
  const write = (records) => sessionStorage.setItem(VISIT, JSON.stringify(records));
  return {
    all: read,
    put: async (record) =>
      write([...(await read()).filter(({ version }) => version !== record.version), record]),
    clear: () => sessionStorage.removeItem(VISIT),
  };
}

// Home "file": Python writes it. Until it has said so, the words are also a draft in the browser.
function fileStore(ask) {
  const draft = (record) => localStorage.setItem(DRAFT + record.version, JSON.stringify(record));
  const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith(DRAFT));
  const keep = async (records) => {
    await ask("keep", { records });
    for (const { version, changed } of records) {
      const draft = JSON.parse(localStorage.getItem(DRAFT + version) ?? "null");
      if (draft?.changed === changed) localStorage.removeItem(DRAFT + version);
    }
  };
  return {
    all: async () => {
      for (const key of drafts()) {
        // A draft that is refused stays where it is, and the journal opens all the same.
        await keep([JSON.parse(localStorage.getItem(key))]).catch(() => {});
      }
      return (await ask("open")).versions;
    },
    draft,
    put: async (record) => {
      draft(record);
      await keep([record]);
    },
  };
}

function remember(home) {
  const [here, there] = home === "visit" ? [sessionStorage, localStorage] : [localStorage, sessionStorage];
  there.removeItem(CHOSEN);
  here.setItem(CHOSEN, home);
}
