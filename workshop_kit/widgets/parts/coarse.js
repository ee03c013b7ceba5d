// What a page would share of its answers: for each question one of a few bins. Sizes and counts are
// made coarse here, so that nothing finer is ever sent to a group.

const isMapping = (value) => value !== null && typeof value === "object";

const ofItems = (part, answers) => Object.entries(answers)
  .filter(([name, value]) => name.startsWith(`${part.id}_`) && value !== null)
  .map(([, value]) => value);

function sizeBin(size, bounds) {
  if (typeof size !== "number") return "none";
  return Object.keys(bounds).find((name) => bounds[name] === null || size <= bounds[name]);
}

const shareBin = (some, all) => (some === 0 ? "none" : some * 2 >= all ? "most" : "some");

// Where an act came from for the most part; nothing where it was not placed.
function mainPlace(act) {
  if (act.instead) return "cant_tell";
  const shares = Object.entries(act).filter(([, share]) => typeof share === "number");
  if (!shares.length) return null;
  return shares.find(([, share]) => share > 0.5)?.[0] ?? "mixture";
}

function shareOf(values, wanted) {
  const said = values.filter((value) => value !== null && value !== undefined);
  return shareBin(said.filter((value) => value === wanted).length, said.length);
}

const COARSE = {
  systems: (part, answers, about, bounds) => {
    const sizes = answers[part.id];
    return sizeBin(isMapping(sizes) ? sizes[about] : null, bounds);
  },
  acts: (part, answers, about) => {
    const acts = ofItems(part, answers).filter(isMapping);
    return about.startsWith("landed_")
      ? shareOf(acts.map((act) => act.landed), about.slice("landed_".length))
      : shareOf(acts.map(mainPlace), about);
  },
  sort: (part, answers, about) => shareOf(ofItems(part, answers), about),
  choice: (part, answers) => answers[part.id] ?? "none",
};

// All that an exercise would share: a bin for each question.
const coarse = (parts, answers, bounds) => Object.fromEntries(parts.flatMap((part) =>
  part.questions.map(({ id, about }) => [id, COARSE[part.kind](part, answers, about, bounds)])));
