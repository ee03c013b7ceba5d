// needs: dialogs, speaker, passphrase, panel
//
// Brings the companion's HTML to life, in a notebook's cell and in the frame of a served page.
function wire(root) {
  const all = (selector) => root.querySelectorAll(selector);
  for (const button of all("[data-ws-open]")) {
    button.addEventListener("click", () =>
      root.querySelector(`[data-ws-dialog="${button.dataset.wsOpen}"]`).showModal());
  }
  let hasPassphrase = false;
  const showHome = (home) => {
    for (const node of all("[data-ws-home]")) {
      const { wsHome, wsLocked } = node.dataset;
      node.hidden = wsHome !== home || (wsLocked !== undefined && wsLocked !== String(hasPassphrase));
    }
  };
  showHome(chosenHome(root.querySelector("[data-homes]").dataset.homes.split(" ")));
  // What can be done with a journal, once there is somebody who holds it.
  const stops = [
    panel(root, root.querySelector("[data-ws-custody]")),
    hear("kept", ({ home }) => showHome(home)),
    hear("journal", (standing) => {
      ({ hasPassphrase } = standing);
      showHome(standing.home);
    }),
  ];
  return () => stops.forEach((stop) => stop());
}

function render({ model, el }) {
  const box = make("div", { class: "ws-field", "data-lm-suppress-shortcuts": "true" });
  box.innerHTML = model.get("html");
  el.append(box);
  return wire(box);
}

export default { render, wire };
