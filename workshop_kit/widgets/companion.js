// Brings the companion's HTML to life, in a notebook's cell and in the frame of a served page.
function wire(root) {
  const all = (selector) => root.querySelectorAll(selector);
  for (const button of all("[data-ws-open]")) {
    button.addEventListener("click", () =>
      root.querySelector(`[data-ws-dialog="${button.dataset.wsOpen}"]`).showModal());
  }
  for (const button of all("[data-ws-export]")) button.addEventListener("click", () => say("export"));
  return hear("kept", ({ home }) => {
    for (const node of all("[data-ws-home]")) node.hidden = node.dataset.wsHome !== home;
  });
}

function render({ model, el }) {
  const box = make("div", { class: "ws-field", "data-lm-suppress-shortcuts": "true" });
  box.innerHTML = model.get("html");
  el.append(box);
  return wire(box);
}

export default { render, wire };
