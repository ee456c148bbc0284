// One view of a report: map, months and table, drawn from plain values that Python gives.
const SVG = "http://www.w3.org/2000/svg";
const QUIET = "data-lm-suppress-shortcuts"; // else JupyterLab takes keys typed here for its own

function made(name, attributes = {}, ...children) {
  const one = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  one.append(...children);
  return one;
}

function drawn(name, attributes = {}, ...children) {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  one.append(...children);
  return one;
}

const written = (value, minimumFractionDigits = 0) =>
  value === null ? "[c]" : value.toLocaleString("en-GB", { minimumFractionDigits });

function render({ model, el }) {
  const root = made("div", { class: "csp-explore-live", [QUIET]: "true" });
  const said = made("p", { class: "said", role: "status" });
  const line = made("code", { class: "line" });
  const parts = made("div", { class: "views" });
  const caveats = made("ul", { class: "notes" });
  const fixed = model.get("fixed");
  let focused = "";

  const ask = (change) => {
    root.setAttribute("aria-busy", "true");
    model.set("chosen", { ...model.get("chosen"), ...change });
    model.save_changes();
  };

  const field = (name, label, options) => {
    const select = made("select", { [QUIET]: "true", name });
    for (const [value, text] of options) select.append(made("option", { value }, text));
    select.addEventListener("change", () =>
      ask({ [name]: select.value }),
    );
    return made("label", {}, label + " ", select);
  };

  const button = (text, does, attributes = {}) => {
    const one = made("button", { type: "button", [QUIET]: "true", ...attributes }, text);
    one.addEventListener("click", does);
    return one;
  };

  const pick = (code, several) => {
    const held = model.get("chosen").places;
    const without = held.filter((one) => one !== code);
    const kept = several ? without : [];
    ask({ places: held.includes(code) && (several || held.length === 1) ? without : [...kept, code] });
  };

  const controls = made(
    "div",
    { class: "controls" },
    field("measure", "Measure", fixed.measures),
    field("period", "Period", fixed.periods),
    field("comparison", "Against", fixed.comparisons),
    field("comparator", "Beside", fixed.comparators),
    field("show", "Map of", fixed.shows),
  );
  const actions = made(
    "p",
    { class: "actions" },
    button("Keep this view", () => model.send({ keep: true })),
    " ",
    button("Table as CSV", () => saveTable(model.get("view"), model.get("chosen"))),
    " This view as a line: ",
    line,
  );
  const kept = made("p", { class: "kept", role: "status" });
  const lines = made("pre", { class: "lines", hidden: "" });
  const name = made("input", { type: "text", [QUIET]: "true", size: "18" });
  const offer = () => model.send({ area: name.value.trim() });
  name.addEventListener("keydown", (event) => event.key === "Enter" && offer());
  const naming = made(
    "p",
    { class: "actions" },
    made("label", {}, "Name the places picked ", name),
    " ",
    button("Keep as a custom area", offer),
  );

  const show = () => {
    const view = model.get("view");
    const chosen = model.get("chosen");
    for (const select of controls.querySelectorAll("select")) {
      if (![...select.options].some((one) => one.value === chosen[select.name]))
        select.append(made("option", { value: chosen[select.name] }, chosen[select.name]));
      select.value = chosen[select.name];
    }
    root.removeAttribute("aria-busy");
    said.textContent = view.error || view.sentence;
    line.textContent = view.line;
    parts.replaceChildren();
    caveats.replaceChildren(...(view.caveats || []).map((text) => made("li", {}, text)));
    if (view.error) return;
    const left = made("div", {}, ...view.months.map((one) => months(one, (month) => ask({ period: month }))));
    const right = made("div", {}, view.without ? made("p", {}, view.without) : "");
    if (fixed.map.wards && view.rows.length) right.append(map(fixed.map, view, chosen, pick));
    parts.append(right, left);
    const remember = (code) => (focused = code);
    if (view.rows.length) parts.append(table(view, view.parts, view.rows, chosen, pick, button, remember));
    const alone = (code) => pick(code, false);
    if (view.custom.length) parts.append(table(view, "custom area", view.custom, chosen, alone, button, remember));
    naming.hidden = !view.rows.some((row) => chosen.places.includes(row.code));
    const again = focused && parts.querySelector(`button[data-code="${focused}"]`);
    if (again) again.focus();
    focused = "";
  };

  const told = (message) => {
    kept.textContent = message.kept || "";
    lines.textContent = message.lines || "";
    lines.hidden = !message.lines;
  };
  model.on("change:view", show);
  model.on("msg:custom", told);
  root.append(made("p", { class: "what" }, fixed.title), controls, said, parts, caveats, actions, naming, kept, lines);
  el.append(root);
  show();
  return () => {
    model.off("change:view", show);
    model.off("msg:custom", told);
  };
}

function map(outlines, view, chosen, pick) {
  const names = Object.fromEntries(view.rows.map((row) => [row.code, row]));
  const svg = drawn("svg", {
    viewBox: `0 0 ${outlines.width} ${outlines.height}`,
    role: "img",
    "aria-label": `Map by ${view.parts}; the table says the same in words`,
    class: "map",
  });
  const lines = drawn("pattern", { id: "csp-hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
  lines.append(drawn("rect", { width: 6, height: 6, class: "blank" }), drawn("path", { d: "M0 0V6", class: "hatch" }));
  svg.append(drawn("defs", {}, lines));
  for (const one of view.classes)
    for (const code of one.places) {
      const held = chosen.places.includes(code);
      const path = drawn("path", {
        d: outlines.wards[code] || "",
        fill: one.hatched ? "url(#csp-hatch)" : one.colour,
        class: held ? "ward picked" : "ward",
      });
      const row = names[code];
      path.append(drawn("title", {}, `${row.name}: ${written(row.after)}, ${one.label}`));
      path.addEventListener("click", (event) => pick(code, event.ctrlKey || event.metaKey));
      svg.append(path);
    }
  svg.append(drawn("path", { d: outlines.borders, class: "borders" }));
  for (const code of chosen.places)
    svg.append(drawn("path", { d: outlines.around[code] || "", class: "ring" }));
  const key = made("p", { class: "key" });
  for (const one of view.classes) {
    const swatch = drawn("svg", { width: 18, height: 12, "aria-hidden": "true" });
    swatch.append(drawn("rect", { width: 18, height: 12, fill: one.hatched ? "url(#csp-hatch)" : one.colour, class: "swatch" }));
    key.append(made("span", {}, swatch, " " + one.label));
  }
  return made("div", {}, key, svg);
}

function months(panel, choose) {
  const width = 420, height = 150, top = 10, foot = 20, side = 34;
  const known = [...panel.value, ...panel.lower, ...panel.upper].filter((value) => value !== null);
  const high = Math.max(1, ...known);
  const x = (at) => side + ((width - side - 6) * (at + 0.5)) / panel.months.length;
  const y = (value) => top + (height - top - foot) * (1 - value / high);
  const path = (values) =>
    values.map((value, at) => (value === null ? "" : `${at && values[at - 1] !== null ? "L" : "M"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`)).join("");
  const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": panel.said, class: "months" });
  const wide = (width - side - 6) / panel.months.length;
  for (const [at, month] of panel.months.entries()) {
    const chosen = panel.chosen.includes(month);
    const value = panel.value[at];
    const column = drawn("rect", { x: x(at) - wide / 2, y: 0, width: wide, height: height - foot, class: chosen ? "month chosen" : "month" });
    column.append(drawn("title", {}, `${month}: ${value === null ? "no figure" : written(value)} ${panel.unit}`));
    column.addEventListener("click", () => choose(month));
    svg.append(column);
  }
  for (const name of ["lower", "mean", "upper"]) svg.append(drawn("path", { d: path(panel[name]), class: name }));
  svg.append(drawn("path", { d: path(panel.value), class: "series" }));
  for (const [at, value] of panel.value.entries())
    if (panel.signal[at] && value !== null)
      svg.append(drawn("path", { d: `M${x(at)} ${y(value) - 5}l5 5l-5 5l-5 -5z`, class: "signal" }));
  for (const value of [0, high])
    svg.append(drawn("text", { x: side - 4, y: y(value) + 4, "text-anchor": "end" }, written(Math.round(value))));
  for (const [at, month] of panel.months.entries())
    if (month.endsWith("-01")) svg.append(drawn("text", { x: x(at), y: height - 4, "text-anchor": "middle" }, month.slice(0, 4)));
  const title = made("p", { class: "name" }, made("strong", {}, panel.name), ` ${panel.unit}, with the usual range`);
  return made("div", {}, title, svg, made("p", {}, panel.said));
}

function table(view, parts, rows, chosen, pick, button, remember) {
  const heads = [parts.replace(/^./, (first) => first.toUpperCase()), ...view.columns.filter(Boolean), "Change"];
  const head = made("tr", {}, ...heads.map((text) => made("th", { scope: "col" }, text)));
  const body = made("tbody");
  for (const row of rows) {
    const held = chosen.places.includes(row.code);
    const name = button(row.name, (event) => {
      remember(row.code);
      pick(row.code, event.ctrlKey || event.metaKey);
    }, { "aria-pressed": String(held), "data-code": row.code });
    const rate = row.rate === null && row.after !== null ? "" : written(row.rate, 2);
    name.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      remember(row.code);
      pick(row.code, true);
    });
    const cells = [written(row.before), written(row.after), ...(view.columns[2] ? [rate] : [])];
    body.append(
      made("tr", held ? { class: "held" } : {}, made("th", { scope: "row" }, name),
        ...cells.map((value) => made("td", {}, value)), made("td", { class: "word" }, row.verdict || "not tested")),
    );
  }
  const box = made("div", { class: "rows", tabindex: "0", role: "region", "aria-label": `Table by ${parts}`, [QUIET]: "true" });
  box.append(made("table", {}, made("thead", {}, head), body));
  return box;
}

function saveTable(view, chosen) {
  if (!view.rows || !view.rows.length) return;
  const quoted = (value) => `"${String(value ?? "[c]").replaceAll('"', '""').replace(/^[=+\-@]/, "'$&")}"`;
  const heads = ["code", view.parts, view.columns[0], view.columns[1], view.columns[2], "verdict"];
  const rows = view.rows.map((row) => [row.code, row.name, row.before, row.after, row.rate, row.verdict]);
  const text = [heads, ...rows].map((row) => row.map(quoted).join(",")).join("\r\n");
  const link = made("a", { href: URL.createObjectURL(new Blob(["\ufeff" + text], { type: "text/csv" })), download: `${chosen.measure}-${chosen.period}.csv` });
  link.click();
  URL.revokeObjectURL(link.href);
}

export default { render };
