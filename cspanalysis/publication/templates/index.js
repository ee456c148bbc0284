// Search and filters: a row is shown where all of them hold. Works from the file itself.
const form = document.querySelector(".search");
const folds = [...document.querySelectorAll(".fold")].map((fold) => ({
  fold,
  open: fold.open,
  areas: [...fold.querySelectorAll(".area")],
}));
const kinds = document.getElementById("kind").options;
const rows = folds.flatMap(({ fold, areas }) => areas.flatMap((area) => {
  const where = `${fold.querySelector(".name").textContent} ${area.querySelector("h3, th").textContent}`;
  return [...area.querySelectorAll("[data-i]")].map((row) => {
    const [kind, period, when, flags] = row.dataset.i.split(" ");
    const words = `${where} ${kinds[Number(kind) + 1].text} ${row.textContent}`.toLowerCase();
    return { row, kind, period, when: Number(when), flags: flags || "", words };
  });
}));
const MANY = 60;
const valueOf = (name) => document.getElementById(name).value;

// What a reader has not seen: of the last visit nothing is known but its newest report.
const newest = Math.max(0, ...rows.map(({ when }) => when));
let last = 0;
try {
  last = Number(localStorage.getItem(`seen ${location.pathname}`));
  localStorage.setItem(`seen ${location.pathname}`, newest);
} catch { /* a reader may refuse to have anything kept */ }
const heading = document.getElementById("newest");
if (heading && last && newest > last) {
  heading.textContent = "New since your last visit";
  for (const entry of document.querySelectorAll(".newest .entry")) {
    entry.hidden = Number(entry.dataset.when) <= last;
  }
}

const holds = (one, words, kind, period, only) =>
  words.every((word) => one.words.includes(word))
  && (!kind || one.kind === kind)
  && (!period || one.period === period)
  && (!only || (only === "u" ? one.when > last : one.flags.includes(only)));
const search = () => {
  const words = valueOf("search").toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = ["kind", "period", "only"].map(valueOf);
  const asked = words.length > 0 || chosen.some(Boolean);
  let shown = 0;
  for (const one of rows) {
    one.row.hidden = !holds(one, words, ...chosen);
    shown += one.row.hidden ? 0 : 1;
  }
  for (const { fold, open, areas } of folds) {
    for (const area of areas) {
      for (const part of [area, ...area.querySelectorAll(".rows")]) {
        part.hidden = !part.querySelector("[data-i]:not([hidden])");
      }
    }
    fold.hidden = areas.every((area) => area.hidden);
    fold.open = asked ? shown <= MANY : open;
  }
  for (const part of document.querySelectorAll(".entries")) part.hidden = asked;
  document.querySelector(".none").hidden = shown > 0 || rows.length === 0;
  form.querySelector(".found").textContent = asked ? `${shown} of ${rows.length} reports` : "";
};
if (rows.length) form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", search);
