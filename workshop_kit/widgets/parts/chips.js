// One answer of a few as native radios dressed as chips, and the answer taken back.
function chipRadios(options, takeBack, choose) {
  const name = freshId("chip");
  const radios = options.map(({ id }) => make("input", { type: "radio", name, value: id,
    autocomplete: "off", onchange: () => choose(id) }));
  const back = make("button", { type: "button", class: "ws-plain", onclick: () => {
    choose(null);
    radios[0].focus();
  } }, takeBack);
  const chips = options.map(({ label }, place) =>
    make("label", { class: "ws-chip" }, radios[place], make("span", {}, label)));
  const show = (value) => {
    for (const radio of radios) radio.checked = radio.value === value;
    // Its room is kept, so that nothing moves under the finger.
    back.style.visibility = radios.some(({ checked }) => checked) ? "" : "hidden";
  };
  return { chips, back, show };
}
