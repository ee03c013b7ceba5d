// The passphrase of a journal, on the privacy panel: asked for on arrival, set, changed, taken away.
// After dialogs and speaker.

// A field for a passphrase. Nothing that is typed there is kept by the browser or put right by it.
function passField(label) {
  const input = make("input", { id: freshId("pass"), type: "password", class: "ws-pass", autocomplete: "off",
    autocapitalize: "none", spellcheck: "false" });
  return { input, row: make("div", {}, make("label", { class: "ws-label", for: input.id }, label), input) };
}

// Fields and a button; `work` is given what stands in the fields, by name, and a fault of it is said
// beside them. A passphrase takes a second or two to try, and nothing is asked twice meanwhile.
function passForm(words, { fields, submit, work, others = [] }) {
  const asked = Object.entries(fields).map(([name, label]) => ({ name, ...passField(label) }));
  const inputs = asked.map(({ input }) => input), { node, tell } = speaker();
  const show = make("input", { type: "checkbox", autocomplete: "off", onchange: () =>
    inputs.forEach((input) => { input.type = show.checked ? "text" : "password"; }) });
  let working = false;
  const onsubmit = async (event) => {
    event.preventDefault();
    if (working) return;
    working = true;
    tell(words.working);
    try {
      await work(Object.fromEntries(asked.map(({ name, input }) => [name, input.value])));
      inputs.forEach((input) => { input.value = ""; });
      tell("");
    } catch (error) {
      tell(error.sentence ?? words.otherwise, true);
      inputs[0].focus();
      node.scrollIntoView({ block: "nearest" });
    } finally {
      working = false;
    }
  };
  return make("form", { class: "ws-passphrase", onsubmit }, ...asked.map(({ row }) => row),
    make("label", { class: "ws-radio" }, show, make("span", {}, words.passphrase_show)), node,
    make("div", { class: "ws-choices" }, make("button", { class: "ws-button" }, submit), ...others));
}

// A form in a dialog, which stays until its work is done or somebody leaves it. Resolves to whether
// it was done.
function askPassphrase(root, words, { title, text, work, ...asked }) {
  let done = false;
  const leave = make("button", { type: "button", class: "ws-button", onclick: () => dialog.close() },
    words.leave_as_is);
  const form = passForm(words, { ...asked, others: [leave], work: async (said) => {
    await work(said);
    done = true;
    dialog.close();
  } });
  const dialog = openDialog(root, title, ...paragraphs(text), form);
  // Whoever decides something for good reads it from its beginning.
  dialog.querySelector(text.length > 2 ? "h2" : ".ws-pass").focus();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(done)));
}

const said = (sentence) => Object.assign(new Error(), { sentence });

// What the panel offers: the form that opens a locked journal, and the acts that belong to one with
// a passphrase and to one without.
function passphrases(root, words, { button, explained, tell }) {
  const twice = { passphrase: words.passphrase_new, again: words.passphrase_again };
  const same = ({ passphrase, again }) => { if (passphrase !== again) throw said(words.passphrase_differ); };

  async function lock() {
    const text = [words.lock_what, words.lock_forgotten, words.lock_limits];
    const work = async (given) => {
      same(given);
      await request("lock", given);
    };
    if (await askPassphrase(root, words, { title: words.lock_title, text, fields: twice, submit: words.lock, work })) {
      tell(words.lock_done);
    }
  }

  async function relock() {
    const fields = { current: words.passphrase_current, ...twice };
    const work = async (given) => {
      same(given);
      await request("relock", given);
    };
    const text = [words.relock_what, words.lock_forgotten];
    if (await askPassphrase(root, words, { title: words.relock_title, text, fields, submit: words.relock, work })) {
      tell(words.relock_done);
    }
  }

  async function bare() {
    const fields = { current: words.passphrase_current }, text = [words.bare_what];
    const work = (given) => request("bare", given);
    if (await askPassphrase(root, words, { title: words.bare_title, text, fields, submit: words.bare, work })) {
      tell(words.bare_done);
    }
  }

  const unlock = make("div", { class: "ws-field ws-unlock", hidden: true }, make("p", {}, words.unlock_what),
    passForm(words, { fields: { passphrase: words.unlock_field }, submit: words.unlock,
      work: async (given) => {
        await request("unlock", given);
        root.querySelector("summary").focus({ preventScroll: true });
      } }),
    make("p", { class: "ws-quiet" }, words.unlock_forgotten));
  async function shut() {
    await request("shut");
    unlock.querySelector(".ws-pass").focus();
  }

  const without = explained(button(words.lock_ask, lock), words.lock_how);
  const open = make("div", {},
    explained(button(words.shut, shut), words.shut_how),
    explained(button(words.relock_ask, relock), words.relock_how),
    explained(button(words.bare_ask, bare), words.bare_how));

  return {
    unlock, acts: [without, open],
    show: ({ home, isLocked, hasPassphrase, isElsewhere }) => {
      unlock.hidden = !isLocked || isElsewhere;
      without.hidden = hasPassphrase || home === "visit";
      open.hidden = !hasPassphrase || isLocked;
    },
  };
}
