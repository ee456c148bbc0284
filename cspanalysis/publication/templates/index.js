// Search as one types: every word must occur in an entry. Works from the file itself.
const form = document.querySelector(".search");
const entries = [...document.querySelectorAll(".entry")];
const search = () => {
  const words = document.getElementById("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const entry of entries) {
    entry.hidden = !words.every((word) => entry.dataset.words.includes(word));
  }
  for (const area of document.querySelectorAll(".area-block")) {
    area.hidden = !area.querySelector(".entry:not([hidden])");
  }
  const shown = entries.filter((entry) => !entry.hidden).length;
  document.querySelector(".none").hidden = shown > 0 || entries.length === 0;
  form.querySelector(".found").textContent = words.length
    ? `${shown} of ${entries.length} reports` : "";
};
form.hidden = false;
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", search);
