// needs: sliders, pacer

function render({ model, el }) {
  const { legend, anchors } = model.get("part"), words = model.get("words");
  const name = freshId("anchor");
  const radios = anchors.map((anchor) => {
    const input = make("input", { type: "radio", name, value: anchor.id, autocomplete: "off",
      onchange: () => choose(anchor) });
    const row = make("label", { class: "ws-radio" }, input, make("span", {}, anchor.label));
    return { input, row };
  });
  const text = make("p", { class: "ws-anchor", "aria-live": "polite" });
  const paced = pacer(words);
  const put = make("button", { type: "button", class: "ws-plain", onclick: () => {
    choose(null);
    radios[0].input.focus();
  } }, words.put_down);

  function choose(anchor) {
    for (const { input } of radios) input.checked = input.value === anchor?.id;
    text.textContent = anchor?.text ?? "";
    text.hidden = put.hidden = anchor === null;
    // Right below the choice, where the eye is.
    radios.find(({ input }) => input.checked)?.row.after(text, paced.node);
    paced.node.hidden = !anchor?.pacer;
    if (!anchor?.pacer) paced.leave();
  }

  el.append(make("fieldset", { class: "ws-field ws-pause" },
    make("legend", {}, legend), ...radios.map(({ row }) => row),
    make("p", { class: "ws-quiet" }, words.eyes), text, paced.node, put));
  choose(null);
  return paced.end;
}

export default { render, breathAt, phaseAt };
