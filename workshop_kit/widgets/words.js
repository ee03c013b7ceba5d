function area(exercise, { id, label }) {
  const input = make("textarea", { id: freshId("words"), rows: 3, autocomplete: "off" });
  const kept = field(exercise, "words", id, (text) => {
    input.value = text ?? "";
    grow(input);
  });
  input.addEventListener("input", () => {
    kept.answer(input.value);
    grow(input);
  });
  return { kept, box: make("div", {}, make("label", { class: "ws-label", for: input.id }, label), input) };
}

function render({ model, el }) {
  const areas = model.get("prompts").map((prompt) => area(model.get("exercise"), prompt));
  const between = model.get("between");
  const boxes = areas.map(({ box }) => box);
  const shown = between ? [boxes[0], make("p", { class: "ws-between" }, between), ...boxes.slice(1)] : boxes;
  el.append(make("div", { class: `ws-field ws-answers ws-words${between ? " ws-beside" : ""}` }, ...shown));
  return () => areas.forEach(({ kept }) => kept.stop());
}

export default { render };
