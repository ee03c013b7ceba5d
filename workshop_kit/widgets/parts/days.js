// A day in three systems: how its sizes and its loop stand in a journal, and how they are told.

const MOST_STEPS = 12;

// The circles of a day by the id that a step of the loop has for each.
const circlesOfDay = (part, systems) => new Map(part.stops.flatMap((stop) =>
  Object.keys(systems).map((system) => [`${stop.id}_${system}`, { stop, system }])));

// The loop as a list of ids, in order; what is no circle of this day is left out.
function readLoop(part, answers, systems) {
  const circles = circlesOfDay(part, systems), loop = answers[`${part.id}_loop`] ?? {};
  return Object.entries(loop).map(([name, id]) => [Number(name.replace("step_", "")), id])
    .sort(([a], [b]) => a - b).map(([, id]) => id).filter((id) => circles.has(id));
}

const loopToKeep = (steps) => (steps.length === 0 ? null
  : Object.fromEntries(steps.map((id, place) => [`step_${place + 1}`, id])));

// "Morning: threat"
const tellStep = (id, circles, systems, words) => {
  const { stop, system } = circles.get(id);
  return fill(words.step, { stop: stop.label, system: inside(systems[system]) });
};

function tellLoop(part, answers, systems, words) {
  const circles = circlesOfDay(part, systems);
  return readLoop(part, answers, systems)
    .map((id) => tellStep(id, circles, systems, words)).join(words.then);
}

// "Threat large, Drive small", of those that were placed.
function tellSizesAt(sizes, systems, words) {
  return Object.entries(systems).filter(([name]) => Number.isFinite(sizes?.[name]))
    .map(([name, system]) => `${system.name} ${wordFor(sizes[name], words.sizes)}`).join(", ");
}

// Every stop that has sizes or a moment, then the loop: [[what it is, what was answered], …].
function tellDay(part, answers, texts, systems, words) {
  const stops = part.stops.flatMap(({ id, label }) => {
    const name = `${part.id}_${id}`;
    return [
      [label, tellSizesAt(answers[name], systems, words)],
      [fill(words.moment_at, { stop: label }), texts[name]],
    ];
  });
  return [...stops, [words.loop, tellLoop(part, answers, systems, words)]]
    .filter(([, told]) => told);
}
