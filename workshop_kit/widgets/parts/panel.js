// What can be done with a journal, on the privacy panel. It says in a sentence what each act does, and
// what came of it.

// A native file input that looks like a button.
function fileButton(label, onfile) {
  const input = make("input", { type: "file", class: "ws-file", autocomplete: "off",
    accept: ".json,application/json", onchange: () => {
      const [file] = input.files;
      input.value = "";
      if (file) onfile(file);
    } });
  return make("label", { class: "ws-button ws-file-button" }, input, label);
}

function panel(root, box) {
  const words = JSON.parse(box.dataset.wsCustody), homes = Object.keys(words.homes);
  const { node, tell } = speaker();
  const some = (count) => fill(count === 0 ? words.none : count === 1 ? words.one : words.some, { count });
  const act = (work, say = tell) => async (given) => {
    say("");
    try {
      await work(given, say);
    } catch (error) {
      say(error.sentence ?? words.otherwise, true);
    }
    // What was done may have taken its own button away.
    const at = document.activeElement;
    if (at === document.body || !at.checkVisibility()) root.querySelector("summary").focus({ preventScroll: true });
  };
  const button = (label, work, say) =>
    make("button", { type: "button", class: "ws-button", onclick: act(work, say) }, label);
  const explained = (control, sentence) =>
    make("div", { class: "ws-act" }, control, make("p", { class: "ws-quiet" }, sentence));
  const folded = (label, ...inside) => make("details", { class: "ws-more" }, make("summary", {}, label), ...inside);

  const keepAFile = (say) => button(words.keep_a_file, () => request("file", { as: "json" }), say);
  const openMine = (say) => fileButton(words.open, act(open, say));

  async function open(file, say) {
    say(words.opening);
    const progress = (done, all) => say(fill(words.opening_so_far, { done, all }));
    let brought = null;
    const bring = async (more) => { brought = await request("bring", { file, progress, ...more }); };
    try {
      await bring();
    } catch (error) {
      if (error.reason !== "locked") throw error;
      const text = [words.file_locked, ...(now.hasPassphrase ? [] : [words.file_unlocks])];
      say("");
      await askPassphrase(root, words, { title: words.open, text, work: bring,
        fields: { passphrase: words.unlock_field }, submit: words.file_open });
      if (!brought) return;
    }
    const { came, here, gone, away } = brought;
    say([fill(words.opened, { came: some(came), here: some(here) }),
      ...(gone ? [fill(words.opened_gone, { gone: some(gone) })] : []),
      ...(away ? [fill(words.opened_away, { away: some(away) })] : [])].join(" "));
  }

  async function erase() {
    const text = [words.erase_what, ...(homes.includes("file") ? [words.erase_file] : []), words.erase_limits];
    const choices = [["erase", words.erase_all], ["", words.leave_as_is]];
    if (await choose(root, { title: words.erase_title, text, choices }) !== "erase") return;
    await request("erase");
    tell(words.erased);
  }

  // Asks once what is to become of what is kept. On a device that others use it does not ask: only
  // what was written in this visit is surely theirs, and that comes along.
  async function move({ home, shared }) {
    const weighed = await request("weigh", { home });
    if (!weighed) return;
    const { here, there, isLockedHere, isLockedThere, hasPassphrase } = weighed;
    const canTake = !isLockedHere && !isLockedThere;
    let take = shared && canTake ? "mine" : "none";
    if (!shared && here) {
      const text = [fill(words.move_here, { here: some(here) }),
        ...(there ? [fill(words.move_there, { there: some(there) })] : []),
        ...(canTake ? [words.move_how] : [words.move_locked]),
        ...(canTake && home === "visit" ? [words.move_visit] : []),
        ...(canTake && home === "visit" && hasPassphrase ? [words.move_bare] : [])];
      const choices = [...(canTake ? [["all", words.take_along]] : []), ["none", words.leave_there], ["", words.stay]];
      take = await choose(root, { title: fill(words.move_title, { home: words.homes[home] }), text, choices });
    }
    if (take) await request("move", { home, take });
    if (take === "mine" && here) tell(words.moved_mine);
  }

  const name = freshId("home");
  const radios = homes.map((home) => make("input", { type: "radio", name, value: home, autocomplete: "off",
    onchange: () => say("home", { home }) }));
  const where = folded(words.where, make("fieldset", { class: "ws-choice" }, make("legend", {}, words.where_legend),
    ...radios.map((input) => make("label", { class: "ws-radio" }, input, make("span", {}, words.homes[input.value])))));
  const erasing = explained(button(words.erase, erase), words.erase_how);
  const table = explained(button(words.table, () => request("file", { as: "csv" })), words.table_how);
  const safe = passphrases(root, words, { button, explained, tell });
  const howKept = make("p", { class: "ws-quiet" });
  const keeping = make("div", { class: "ws-act" }, keepAFile(), howKept);
  box.append(keeping, explained(openMine(), words.open_how), ...(homes.length > 1 ? [where] : []),
    folded(words.more, table, ...safe.acts, erasing));
  // Seen, whether the panel is open or not.
  box.closest("details").after(safe.unlock, node);

  let now = { home: chosenHome(homes) };
  const showHome = (home) => { for (const input of radios) input.checked = input.value === home; };

  // Where there is nothing yet, the place that offers to open a file; where there is, one to keep.
  function showOffers() {
    for (const place of document.querySelectorAll("[data-ws-offer]")) {
      const opens = place.dataset.wsOffer === "open";
      if (!place.firstChild) {
        const { node, tell } = speaker();
        place.append(make("p", {}, opens ? words.open_offer : words.keep_offer), opens ? openMine(tell) : keepAFile(tell));
        place.after(node);
      }
      place.hidden = now.isElsewhere || now.isLocked || opens !== (now.moments === 0);
    }
  }

  const stops = [
    hear("journal", (standing) => {
      now = standing;
      box.hidden = now.isElsewhere;
      keeping.hidden = table.hidden = now.isLocked;
      howKept.textContent = now.hasPassphrase ? words.keep_locked_how : words.keep_a_file_how;
      safe.show(now);
      showHome(now.home);
      showOffers();
    }),
    hear("kept", ({ home }) => showHome(home)),
    hear("home", (wish) => act(move)(wish).finally(() => say("kept", { home: now.home }))),
  ];
  return () => stops.forEach((stop) => stop());
}
