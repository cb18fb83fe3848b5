// Levers that answer while they move: the words beside a lever change at once, the picture, key figures and table as soon as
// the server answers. One question is under way at a time; what moved meanwhile is asked next, at once. The address follows when
// the lever rests. Without this script the form shows the same page with its values.
const REST = 400;
const MINUS = "\u2212";

const form = document.querySelector("[data-tl-whatif]");
const plain = new Map();
let asking = false;
let movedSince = false;
let timer = 0;

function words(measure, value) {
  const number = Math.abs(value);
  const sign = value < 0 ? MINUS : "";
  const many = number === 1 ? "" : "s";
  switch (measure) {
    case "years": return `${sign}${number} year${many}`;
    case "percent": return `${sign}${number}%`;
    case "points": return `${sign || (value ? "+" : "")}${number} point${many}`;
    case "fiscal_year": return `FY${number}`;
    case "yes_no": return value ? "yes" : "no";
    default: return value ? `${sign}$${number.toLocaleString("en-US")}` : "off";
  }
}

function inputOf(knob) { return knob.querySelector("input"); }
function valueOf(knob) { const input = inputOf(knob); return input.type === "checkbox" ? (input.checked ? 1 : 0) : Number(input.value); }

function show(knob) {
  const value = valueOf(knob);
  const said = words(knob.dataset.measure, value);
  const output = knob.querySelector("output");
  if (output) { output.textContent = said; inputOf(knob).setAttribute("aria-valuetext", said); }
  const moved = value !== Number(knob.dataset.now);
  knob.classList.toggle("changed", moved);
  knob.querySelector(".was").hidden = !moved;
}

function moved() {
  const told = new URLSearchParams();
  for (const knob of form.querySelectorAll("[data-tl-lever]")) {
    if (valueOf(knob) !== Number(knob.dataset.now)) told.set(inputOf(knob).name, String(valueOf(knob)));
  }
  return told;
}

async function drawBars(bars) {
  const place = form.querySelector("[data-tl-chart]");
  if (place) place.shownBars = bars;
  const view = place?.vegaView?.view;
  if (view) await view.data("bars", bars).runAsync();
}

function showKeys(answer) {
  const list = form.querySelector("[data-tl-keys]");
  list.replaceChildren(...answer.keys.map((key) => {
    const box = document.createElement("div");
    const label = Object.assign(document.createElement("dt"), { textContent: key.label });
    const value = document.createElement("dd");
    value.append(
      Object.assign(document.createElement("span"), { className: "tl-big", textContent: key.value }),
      Object.assign(document.createElement("span"), { className: "why", textContent: key.why }),
    );
    box.append(label, value);
    return box;
  }));
}

function showMatrix(rows) {
  const table = document.querySelector("[data-tl-matrix] table");
  if (!table || !rows.length) return;
  const lines = [...table.tBodies[0].rows, ...(table.tFoot?.rows ?? [])];
  rows.forEach((cells, place) => {
    const shown = lines[place]?.querySelectorAll("td") ?? [];
    cells.forEach((cell, at) => {
      const box = shown[at];
      if (!box) return;
      if (!plain.has(box)) plain.set(box, { html: [...box.childNodes], name: box.className });
      const text = document.createElement("span");
      text.textContent = cell.text;
      box.replaceChildren(text);
      if (cell.under) box.append(Object.assign(document.createElement("span"), { className: "u", textContent: cell.under }));
      box.className = `n${cell.step ? ` h${cell.step}c` : ""}${cell.changed ? " moved" : ""}`;
    });
  });
}

function back() {
  for (const [box, was] of plain) { box.replaceChildren(...was.html); box.className = was.name; }
  plain.clear();
}

function reveal(on) {
  for (const part of [form.querySelector("[data-tl-keys]"), form.querySelector("[data-tl-legend]"), document.querySelector("[data-tl-under]")]) {
    if (part) part.hidden = !on;
  }
}

function remember() {
  const address = new URL(location.href);
  address.search = moved().toString();
  history.replaceState(history.state, "", address);
}

async function ask() {
  movedSince = asking;
  if (asking) return;
  asking = true;
  do {
    movedSince = false;
    await answer();
  } while (movedSince);
  asking = false;
}

async function answer() {
  const told = moved();
  if (form.dataset.table) told.set("table", "1");
  form.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(`${form.dataset.tlWhatif}?${told}`, { headers: { Accept: "application/json" } });
    const found = await reply.json();
    if (!reply.ok) { form.querySelector("[data-tl-sentence]").textContent = found.detail ?? "No answer came."; return; }
    const any = found.moved.length > 0;
    const bars = found[form.dataset.bars];
    await drawBars(any ? bars : bars.filter((bar) => bar.series === "plan").map((bar) => ({ ...bar, beside: false })));
    form.querySelector("[data-tl-sentence]").textContent = any ? found.sentence : "";
    const note = form.querySelector("[data-tl-note]");
    note.textContent = found.note;
    note.hidden = !any || !found.note;
    showKeys(found);
    reveal(any);
    if (any) showMatrix(found.matrix); else back();
  } catch {
    form.querySelector("[data-tl-sentence]").textContent = "The server did not answer. Move the lever again.";
  } finally {
    form.removeAttribute("aria-busy");
  }
}

if (form) {
  form.classList.add("live");
  form.addEventListener("input", (event) => {
    const knob = event.target.closest("[data-tl-lever]");
    if (!knob) return;
    show(knob);
    clearTimeout(timer);
    timer = setTimeout(remember, REST);
    ask();
  });
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-tl-reset]")) return;
    event.preventDefault();
    for (const knob of form.querySelectorAll("[data-tl-lever]")) {
      const input = inputOf(knob);
      if (input.type === "checkbox") input.checked = knob.dataset.now === "1"; else input.value = knob.dataset.now;
      show(knob);
    }
    remember();
    ask();
  });
}
