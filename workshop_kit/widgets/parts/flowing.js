// The three flows of compassion as they were tapped: to others, from others, and to oneself.

const FLOWS = ["out", "offered", "let_in", "turned_away"];

// Those of a part for whom anything was tapped, oneself last.
const tappedIn = (part, answers) =>
  [...part.people, { id: "myself", label: part.myself }].flatMap((person) => {
    const taps = answers[`${part.id}_${person.id}`];
    return taps && FLOWS.some((flow) => taps[flow]) ? [{ ...person, taps }] : [];
  });

function tellFlows(part, answers, texts, systems, words) {
  const tapped = tappedIn(part, answers);
  const others = tapped.filter(({ id }) => id !== "myself");
  const told = FLOWS.map((flow) => [words[`others_${flow}`],
    others.filter(({ taps }) => taps[flow]).map(({ label }) => label).join(words.between)]);
  const own = tapped.filter(({ id }) => id === "myself").map(({ label, taps }) => [label,
    FLOWS.filter((flow) => taps[flow]).map((flow) => words[`myself_${flow}`]).join(words.between)]);
  return [...told, ...own].filter(([, one]) => one);
}
