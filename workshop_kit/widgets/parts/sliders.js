// A native range input. `change(value, keeping)` follows the finger; `keeping` is false until the
// finger has stayed, and the value is null where it was only passing on its way down the page.
function rangeInput(label, kind, [min, max, step], begin, change) {
  const id = freshId("range");
  const input = make("input", { id, type: "range", min, max, step, autocomplete: "off" });
  const shown = make("span", { class: "ws-size", "aria-hidden": "true" });
  let touching = false;
  const place = () => change(Number(input.value), !touching);
  const cancel = () => {
    if (touching) change(null, false);
    touching = false;
  };
  input.addEventListener("pointerdown", ({ pointerType }) => {
    touching = pointerType !== "mouse";
    begin();
  });
  input.addEventListener("pointerup", () => {
    touching = false;
    place();
  });
  input.addEventListener("pointercancel", cancel);
  // After a cancelled touch the browser still reports a change.
  input.addEventListener("change", cancel);
  input.addEventListener("input", place);
  input.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" || key === " ") place();
  });
  const show = (value, text, placed) => {
    input.value = value;
    input.classList.toggle("ws-unplaced", !placed);
    input.setAttribute("aria-valuetext", text);
    shown.textContent = text;
  };
  return { input, show, row: make("div", { class: `ws-slider ws-${kind}` },
    make("label", { for: id }, label), input, shown) };
}
