function render({ model, el }) {
  const name = freshId("choice");
  const radios = model.get("choices").map(({ id, label }) => {
    const input = make("input", { type: "radio", name, value: id, autocomplete: "off",
      onchange: () => answer(id) });
    return { input, row: make("label", { class: "ws-radio" }, input, make("span", {}, label)) };
  });
  const clear = make("button", { type: "button", class: "ws-plain", onclick: () => {
    answer(null);
    radios[0].input.focus();
  } }, model.get("clear"));

  function set(value) {
    model.set("value", value ?? null);
    model.save_changes();
    draw();
  }

  function answer(value) {
    set(value);
    kept.answer(value);
  }

  function draw() {
    const value = model.get("value");
    for (const { input } of radios) input.checked = input.value === value;
    clear.hidden = value === null;
  }

  el.append(make("fieldset", { class: "ws-field ws-answers ws-choice" },
    make("legend", {}, model.get("legend")), ...radios.map(({ row }) => row), clear));
  model.on("change:value", draw);
  draw();
  const kept = field(model.get("exercise"), model.get("group"), model.get("question"), set);
  return () => { kept.stop(); model.off("change:value", draw); };
}

export default { render };
