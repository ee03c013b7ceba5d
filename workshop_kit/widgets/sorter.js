// needs: sorting, chips

// The places as chips, one of which can be chosen, and the choice taken back.
function places(part, words, choose) {
  const { chips, back, show } = chipRadios(part.bins, words.take_back, choose);
  const node = make("div", { class: "ws-chips", role: "radiogroup" }, ...chips, back);
  return { node, show: (place, thing) => {
    show(place);
    back.setAttribute("aria-label", fill(words.take_back_this, { thing }));
    node.setAttribute("aria-label", thing);
  } };
}

function givenRow({ label }, part, words, on) {
  const chips = places(part, words, on.place);
  const node = make("li", {}, make("p", { class: "ws-thing" }, label), chips.node);
  return { node, show: ({ place }) => chips.show(place, label) };
}

function ownRow(part, words, on) {
  const input = make("textarea", { id: freshId("thing"), rows: 1, enterkeyhint: "next",
    autocomplete: "off",
    oninput: () => {
      grow(input);
      on.write(input.value);
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      on.add();
    } });
  const chips = places(part, words, on.place);
  const remove = make("button", { type: "button", class: "ws-plain", onclick: on.remove },
    words.remove);
  const back = make("button", { type: "button", class: "ws-plain", onclick: on.putBack },
    words.put_back);
  const card = make("div", {},
    make("div", { class: "ws-top" },
      make("label", { class: "ws-quiet", for: input.id }, part.own), remove),
    input, chips.node);
  const gone = make("p", { class: "ws-quiet" }, words.gone, " ", back);
  const show = ({ number, written, place, removed }) => {
    card.hidden = Boolean(removed);
    gone.hidden = !removed;
    const thing = inBrief((removed?.written ?? written).trim()) || words.unnamed;
    if (input.value !== written) {
      input.value = written;
      grow(input);
    }
    input.setAttribute("aria-label", fill(words.item, { what: part.own, number }));
    chips.show(place, thing);
    remove.setAttribute("aria-label", fill(words.remove_this, { thing }));
    back.setAttribute("aria-label", fill(words.put_back_this, { thing }));
  };
  return { node: make("li", {}, card, gone), show, focus: () => input.focus(),
    focusBack: () => back.focus() };
}

// Puts nodes in order and moves none that stands right: a field that is moved loses its focus.
function arrange(list, nodes) {
  for (const node of [...list.children]) if (!nodes.includes(node)) node.remove();
  let next = list.firstElementChild;
  for (const node of nodes) {
    if (node === next) next = next.nextElementSibling;
    else list.insertBefore(node, next);
  }
}

const block = (thing) => make("span", { class: "ws-block" }, make("span", {}, inBrief(thing)));

const placeOf = ({ id, label, things }) =>
  make("div", { class: id ? "ws-place" : "ws-place ws-apart" },
    make("div", { class: "ws-blocks" }, ...things.map(block)),
    make("div", { class: "ws-under" }, label));

function render({ model, el }) {
  const part = model.get("part"), words = model.get("words");
  const rows = new Map(), removed = new Map();
  const open = new Set(); // rows that stand here, even with nothing in them
  let texts = {};
  const list = make("ul", { class: "ws-things" });
  const add = make("button", { type: "button", hidden: !part.own, onclick: addOne }, words.add);
  const picture = make("div", { class: `ws-sorted${part.own ? "" : " ws-given"}`, role: "img" });

  const placed = () => model.get("answers");
  const isEmpty = (id) => !texts[id]?.trim() && !placed()[id];
  const ids = () => (part.own
    ? [...new Set([...Object.keys({ ...placed(), ...texts }), ...open, ...removed.keys()])].sort()
    : part.items.map(({ id }) => `${part.id}_${id}`));

  function rowOf(id, index) {
    if (!rows.has(id)) {
      const on = { write: (text) => write(id, text), place: (place) => put(id, place),
        add: addOne, remove: () => remove(id), putBack: () => putBack(id) };
      rows.set(id, part.own ? ownRow(part, words, on)
        : givenRow(part.items[index], part, words, on));
    }
    return rows.get(id);
  }

  function write(id, text) {
    open.add(id);
    texts = { ...texts, [id]: text };
    kept.answer("words", id, text);
    draw();
  }

  function put(id, place) {
    open.add(id);
    const { [id]: _, ...others } = placed();
    show(place === null ? others : { ...others, [id]: place });
    kept.answer("answers", id, place);
  }

  function addOne() {
    const empty = [...open].find(isEmpty), id = empty ?? freshItem(part.id);
    open.add(id);
    draw();
    rows.get(id).focus();
  }

  function remove(id) {
    const written = texts[id] ?? "", place = placed()[id] ?? null;
    if (!isEmpty(id)) removed.set(id, { written, place });
    if (written) write(id, "");
    if (place) put(id, null);
    open.delete(id);
    delete texts[id];
    draw();
    if (removed.has(id)) rows.get(id).focusBack();
    else add.focus();
  }

  function putBack(id) {
    const { written, place } = removed.get(id);
    removed.delete(id);
    if (place) put(id, place);
    if (written) write(id, written);
    rows.get(id).focus();
  }

  function show(answers) {
    model.set("answers", answers);
    model.save_changes();
    draw();
  }

  function restore({ answers, words: written }) {
    // Rows are as the journal has them, but for one that somebody is about to write in.
    for (const id of open) if (!rows.get(id).node.contains(document.activeElement)) open.delete(id);
    removed.clear();
    texts = { ...written };
    show(answers);
  }

  function draw() {
    if (part.own && !ids().length) open.add(freshItem(part.id));
    const all = ids();
    for (const id of rows.keys()) if (!all.includes(id)) rows.delete(id);
    arrange(list, all.map((id, index) => rowOf(id, index).node));
    let number = 0;
    for (const id of all) {
      rows.get(id).show({ written: texts[id] ?? "", place: placed()[id], removed: removed.get(id),
        number: removed.has(id) ? number : ++number });
    }
    drawPicture();
  }

  function drawPicture() {
    const told = tellSorting(part, placed(), texts, model.get("systems"), words);
    picture.hidden = !told.length;
    picture.setAttribute("aria-label", told.map(([place, things]) =>
      fill(words.picture, { place, things })).join(" "));
    picture.replaceChildren(...placesOf(part, placed(), texts, words)
      .filter(({ id, things }) => id || (part.own && things.length)).map(placeOf));
  }

  el.append(make("fieldset", { class: "ws-field ws-answers ws-sorter" },
    make("legend", {}, part.legend), list, add, picture));
  model.on("change:answers", draw);
  draw();
  const kept = gathering(model.get("exercise"), part.id, restore);
  return () => { kept.stop(); model.off("change:answers", draw); };
}

export default { render };
