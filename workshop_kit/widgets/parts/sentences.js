// Sentences that were begun for a trainee and finished by them. Each "…" of a stem is a gap.

// What the gaps of a stem are kept under.
const gapsOf = (stem, partId) => stem.label.split("…").slice(1)
  .map((_, place) => `${partId}_${stem.id}${place ? `_${place + 1}` : ""}`);

// The whole sentence with its gaps filled, an empty one still a gap; "" if nothing was written.
function sentence(stem, partId, texts) {
  const written = gapsOf(stem, partId).map((name) => texts[name]?.trim() ?? "");
  if (!written.some(Boolean)) return "";
  // Where the stem goes on with a comma, one that was typed before it is not said twice.
  const said = (place, piece) => (written[place - 1] || "…")
    .replace(piece.startsWith(",") ? /[,.;:]+$/ : /$^/, "");
  return stem.label.split("…").reduce((whole, piece, place) => whole + said(place, piece) + piece);
}

function tellSentences(part, answers, texts, systems, { about, other }) {
  return part.stems.flatMap((stem) => {
    const name = `${part.id}_${stem.id}`;
    const mark = part.marks.find(({ id }) => id === answers[name])?.label;
    const told = [
      [stem.label, sentence(stem, part.id, texts)],
      [fill(about, { stem: stem.label, what: part.marks_legend }), mark],
      [fill(about, { stem: stem.label, what: other }), texts[`${name}_second`]?.trim()],
    ];
    return told.filter(([, one]) => one);
  });
}
