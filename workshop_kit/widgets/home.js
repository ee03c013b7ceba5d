function radios(legend, options, onchange) {
  const name = freshId("home");
  const rows = options.map(({ id, label, note }) => {
    const hint = note ? make("span", { class: "ws-quiet", id: freshId("hint") }, note) : null;
    const input = make("input", { type: "radio", name, value: id, autocomplete: "off",
      "aria-describedby": hint?.id ?? null, onchange: () => onchange(id) });
    return { input, row: make("div", { class: "ws-home" },
      make("label", { class: "ws-radio" }, input, make("span", {}, label)), hint) };
  });
  const box = make("fieldset", { class: "ws-field ws-choice" }, make("legend", {}, legend),
    ...rows.map(({ row }) => row));
  return { box, rows, mark: (id) => rows.forEach(({ input }) => { input.checked = input.value === id; }) };
}

function render({ model, el }) {
  const homes = model.get("homes");
  const options = homes.map(({ id, label, short, who }) => ({ id, label, note: `${short} ${who}` }));
  const where = radios(model.get("homes_legend"), options, (home) => say("home", { home }));
  const whose = radios(model.get("legend"), model.get("choices"), (answer) => {
    // On a device that others use, what ends with the visit comes first.
    const visit = where.rows.find(({ input }) => input.value === "visit");
    const others = where.rows.filter((row) => row !== visit);
    const order = !visit ? others : answer === "shared" ? [visit, ...others] : [...others, visit];
    where.box.append(...order.map(({ row }) => row));
    say("home", { home: order[0].input.value, shared: answer === "shared" });
  });
  const stop = hear("kept", ({ home }) => where.mark(home));
  el.append(...(homes.length > 1 ? [whose.box] : []), where.box,
    make("div", { "data-ws-offer": "open", hidden: true }));
  where.mark(chosenHome(homes.map(({ id }) => id)));
  say("ask");
  return stop;
}

export default { render };
