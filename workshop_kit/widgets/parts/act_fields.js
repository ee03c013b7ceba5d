// What stands around the triangle: how an act landed, and the acts so far.

// How the act in hand landed.
function landedField(part, words, land) {
  const name = freshId("landed");
  const radios = part.landed.map(({ id, label }) => {
    const input = make("input", { type: "radio", name, value: id, autocomplete: "off",
      onchange: () => land(id) });
    return { input, row: make("label", { class: "ws-radio" }, input, make("span", {}, label)) };
  });
  const clear = make("button", { type: "button", class: "ws-plain", onclick: () => {
    land(null);
    radios[0].input.focus();
  } }, words.landed_back);
  const show = (landed) => {
    for (const { input } of radios) input.checked = input.value === landed;
    clear.hidden = landed === null;
  };
  return { show, node: make("fieldset", { class: "ws-landed" }, make("legend", {}, words.landed),
    make("div", { class: "ws-row" }, ...radios.map(({ row }) => row)), clear) };
}

// The acts so far, with a button for each time. Rows are made anew only when they come and go, so
// that a button keeps its focus.
function actList(systems, words, { numberOf, called, takeKey }) {
  const list = make("ul", { class: "ws-list" });
  const node = make("div", { class: "ws-listed" },
    make("p", { class: "ws-label" }, words.acts), list);
  let rows = [], drawn = "";

  function row({ times }) {
    const number = make("span", { class: "ws-badge", "aria-hidden": "true" });
    const title = make("span", { class: "ws-name" });
    const buttons = times.map(() => make("button", { type: "button",
      onclick: ({ currentTarget }) => takeKey(currentTarget.dataset.key) }));
    const show = (act, heldKey) => {
      number.textContent = numberOf(act);
      number.hidden = !number.textContent;
      title.textContent = act.name || words.unnamed;
      act.times.forEach((time, turn) => {
        const place = tellMotive(time.place, systems, words), key = keyOf(act, time);
        const told = turn ? fill(words.told_again, { told: place }) : place;
        buttons[turn].textContent = told;
        buttons[turn].dataset.key = key;
        buttons[turn].setAttribute("aria-pressed", String(key === heldKey));
        buttons[turn].setAttribute("aria-label", fill(words.told_act, { act: called(act), told }));
      });
    };
    return { show, item: make("li", {}, number, title,
      make("span", { class: "ws-times" }, ...buttons)) };
  }

  function show(acts, heldKey) {
    const keys = acts.flatMap((act) => act.times.map((time) => keyOf(act, time)));
    node.hidden = keys.length < 2;
    const { key: focused } = list.contains(document.activeElement)
      ? document.activeElement.dataset : {};
    const anew = drawn !== keys.join();
    if (anew) {
      rows = acts.map(row);
      list.replaceChildren(...rows.map(({ item }) => item));
      drawn = keys.join();
    }
    acts.forEach((act, place) => rows[place].show(act, heldKey));
    if (anew && focused) list.querySelector(`[data-key="${focused}"]`)?.focus();
  }

  return { node, show };
}
