function area(exercise, { id, label }) {
  const input = make("textarea", { id: freshId("words"), rows: 3, autocomplete: "off" });
  const grow = () => {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  };
  const kept = field(exercise, "words", id, (text) => {
    input.value = text ?? "";
    grow();
  });
  input.addEventListener("input", () => {
    kept.answer(input.value);
    grow();
  });
  return { kept, nodes: [make("label", { class: "ws-label", for: input.id }, label), input] };
}

function render({ model, el }) {
  const areas = model.get("prompts").map((prompt) => area(model.get("exercise"), prompt));
  el.append(make("div", { class: "ws-field ws-words" }, ...areas.flatMap(({ nodes }) => nodes)));
  return () => areas.forEach(({ kept }) => kept.stop());
}

export default { render };
