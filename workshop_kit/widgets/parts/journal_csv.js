// A journal as a table for a spreadsheet: one row an answer. Twin of journal_csv.py, after entries.

const COLUMNS = ["moment", "exercise", "content", "begun", "setting", "question", "part", "kind",
  "value", "changed"];

// On the clock of whoever lived it, with how far that is east of UTC.
function localTime(begun, offset) {
  const two = (number) => String(Math.floor(number)).padStart(2, "0");
  const there = new Date(Date.parse(begun) + offset * 60000).toISOString().replace("Z", "");
  const ahead = Math.abs(offset);
  return `${there}${offset < 0 ? "-" : "+"}${two(ahead / 60)}:${two(ahead % 60)}`;
}

// Half of an emoji is no text, and what a spreadsheet would take for a formula is none.
const plain = (text) => text.replace(/\p{Surrogate}/gu, "\ufffd").replace(/^(?=[=+\-@\t\r])/, "'");

// Every answer of a moment: its field; question, part, kind and value.
const answersOf = (moment) => fields(moment).flatMap(([group, question, value]) => {
  const row = (part, kind, text) => [fieldName(group, question), [question, part, kind, text]];
  if (group === "words") return value ? [row("", "words", plain(value))] : [];
  return Object.entries(isObject(value) ? value : { "": value })
    .filter(([, one]) => one !== null)
    .map(([part, one]) => row(part, typeof one === "number" ? "number" : "choice", String(one)));
});

function toCsv(versions) {
  const rows = fold(versions).flatMap((moment) => {
    const { id, exercise, content, begun, offset, setting, times } = moment;
    const first = [id, exercise, content, localTime(begun, offset), setting ?? ""];
    return answersOf(moment).map(([field, row]) => [...first, ...row, times[field]]);
  });
  const cell = (value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  return `\ufeff${[COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;
}
