// needs: entries, asking
//
// The booklet is drawn by Python from numbers and choices; the words are put in here and go nowhere.

// What is no character of a document: controls, halves of an emoji.
const UNSAID = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]/gu;

const isSaid = (value) => value !== null && value !== undefined && value !== "";
// Twin of `Moment.is_answered`.
const isAnswered = ({ answers, words, setting }) => isSaid(setting)
  || Object.values(answers).some(isSaid) || Object.values(words).some((text) => text.trim());

// A moment without its words, and the names of the questions that have some.
const toAsk = (moment) => ({
  entry: withoutWords(moment),
  written: Object.keys(moment.words).filter((name) => moment.words[name].trim()),
});

// Puts the words into the places of a booklet. Twin of booklet/said.py.
function fillIn(html, entries) {
  const words = new Map(entries.map((moment) => [moment.id, moment.words]));
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const place of page.querySelectorAll("[data-words]")) {
    const [moment, question] = place.dataset.words.split(" ");
    const text = (words.get(moment)?.[question] ?? "").trim();
    place.textContent = ("joined" in place.dataset ? text.replace(/[,.;:]+$/, "") : text)
      .replace(/\r\n?/g, "\n").replace(UNSAID, "\ufffd");
    delete place.dataset.words;
    delete place.dataset.joined;
  }
  return `<!DOCTYPE html>\n${page.documentElement.outerHTML}`;
}

function render({ model, el }) {
  const words = model.get("words");
  const titles = new Map(model.get("exercises").map(({ id, title }) => [id, title]));
  const python = asking(model), boxes = new Map();
  let left = [], state = "", making = false;
  const list = make("div");
  const told = make("p", { role: "status" });
  const file = make("a", { class: "ws-button", download: `${words.file_name}.html`, hidden: true },
    words.keep);
  const button = make("button", { type: "button", onclick: makeBooklet }, words.make);
  const choices = make("fieldset", {}, make("legend", {}, model.get("legend")), list);
  const empty = make("p", { class: "ws-quiet" }, words.empty);

  function box(id) {
    const input = make("input", { type: "checkbox", autocomplete: "off", checked: true, onchange: outdate });
    boxes.set(id, input);
    return make("label", { class: "ws-radio" }, input, make("span", {}, titles.get(id) ?? id));
  }

  // What was made before something changed is not offered as if it held the change.
  function outdate() {
    URL.revokeObjectURL(file.href);
    file.removeAttribute("href");
    file.hidden = true;
    told.textContent = "";
  }

  function heard({ entries }) {
    left = entries.filter(isAnswered);
    const now = left.map(({ version, changed }) => version + changed).join();
    if (now !== state) outdate();
    state = now;
    const found = new Set(left.map(({ exercise }) => exercise));
    const ids = [...[...titles.keys()].filter((id) => found.has(id)),
      ...[...found].filter((id) => !titles.has(id)).sort()];
    choices.hidden = button.hidden = told.hidden = !ids.length;
    empty.hidden = Boolean(ids.length);
    if (ids.join() !== [...boxes.keys()].join()) {
      const before = new Map([...boxes].map(([id, { checked }]) => [id, checked]));
      boxes.clear();
      list.replaceChildren(...ids.map(box));
      for (const [id, input] of boxes) input.checked = before.get(id) ?? true;
    }
  }

  async function makeBooklet() {
    if (making) return;
    const chosen = left.filter(({ exercise }) => boxes.get(exercise)?.checked);
    outdate();
    told.textContent = chosen.length ? words.making : words.none;
    if (!chosen.length) return;
    making = true;
    try {
      const { html, left_out } = await python.ask("booklet", { moments: chosen.map(toAsk) });
      file.href = URL.createObjectURL(new Blob([fillIn(html, chosen)], { type: "text/html" }));
      file.hidden = false;
      told.textContent = left_out ? words.left_out : words.ready;
      file.focus();
    } catch {
      told.textContent = words.failed;
    } finally {
      making = false;
    }
  }

  el.append(make("div", { class: "ws-field ws-takeaway" }, empty, choices, button, told, file));
  heard({ entries: [] });
  const stops = [
    python.stop,
    hear("entries", heard),
    hear("journal", ({ isLocked }) => { empty.textContent = isLocked ? words.locked : words.empty; }),
  ];
  say("ask");
  return () => {
    stops.forEach((stop) => stop());
    outdate();
  };
}

export default { render };
