function render({ model, el }) {
  const words = model.get("words");

  // Kept in this page alone, and only for as long as it is open.
  function choose(name, value) {
    model.set(name, value);
    model.save_changes();
    show();
  }

  const day = (name) => {
    const id = freshId(name);
    const input = make("input", { type: "date", id, autocomplete: "off", min: "1900-01-01",
      max: "9000-12-31", onchange: () => { if (input.validity.valid) choose(name, input.value); } });
    return { name, input, row: make("div", { class: "ws-filter" },
      make("label", { for: id }, words[name]), input) };
  };
  const since = day("since"), until = day("until");
  const id = freshId("setting");
  const setting = make("select", { id, autocomplete: "off", onchange: () => choose("setting", setting.value) },
    make("option", { value: "" }, words.every),
    ...model.get("settings").map((one) => make("option", { value: one.id }, one.label)));
  const all = make("button", { type: "button", class: "ws-plain", onclick: () => {
    for (const name of ["since", "until", "setting"]) model.set(name, "");
    model.save_changes();
    show();
    since.input.focus();
  } }, words.all);

  const nothing = make("p", { class: "ws-sentence" }, words.nothing);
  function show() {
    nothing.hidden = !model.get("nothing");
    fields.hidden = model.get("nothing");
    fields.toggleAttribute("data-absent", model.get("nothing"));
    for (const { name, input } of [since, until]) {
      if (input.value !== model.get(name)) input.value = model.get(name);
    }
    setting.value = model.get("setting");
    all.hidden = ![since.input, until.input, setting].some(({ value }) => value);
  }

  const fields = make("fieldset", { class: "ws-field ws-filters" },
    make("legend", {}, words.legend),
    make("p", { class: "ws-quiet" }, words.how),
    make("div", { class: "ws-filter-row" }, since.row, until.row,
      make("div", { class: "ws-filter" }, make("label", { for: id }, words.setting), setting)),
    all);
  el.append(nothing, fields);
  const changed = "change:since change:until change:setting change:nothing";
  model.on(changed, show);
  show();
  return () => model.off(changed, show);
}

export default { render };
