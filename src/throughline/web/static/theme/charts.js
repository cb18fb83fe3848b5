// Draws Vega-Lite charts from the specifications in the page. Colours are tokens of the style sheet, so a change of theme
// needs no redraw; a change between phone and desk width does. Without this script the table behind a chart is the chart.
const NARROW = "(max-width: 47.99rem)";
const ROOMY = 680; // pixels of a chart whose columns leave room for words above each
const FONT = '13px "Public Sans"';
let embed = null;

async function load() {
  if (!embed) {
    await Promise.all([document.fonts.load(FONT), document.fonts.load(FONT.replace("13px", "600 13px")), import("../vendor/vega/vega.js")]);
    embed = window.vegaEmbed;
  }
  return embed;
}

const NARROWED = '"labelLimit":112';
const NAMES = /^\((\{.*\})\)\[datum\.label\]$/s;

function wrapped(words, letters) {
  const lines = [""];
  for (const word of words.split(" ")) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length + 1 > letters) lines.push(word); else lines[last] = lines[last] ? `${lines[last]} ${word}` : word;
  }
  return lines;
}

// Names of rows get a third of the width, in shorter lines.
function narrowNames(axis) {
  const found = NAMES.exec(axis.labelExpr);
  if (!found) return axis;
  const lines = Object.fromEntries(Object.entries(JSON.parse(found[1])).map(([name, parts]) => [name, wrapped(parts.join(" "), 17)]));
  return { ...axis, labelLimit: 112, labelPadding: 112, labelLineHeight: 13, labelExpr: `(${JSON.stringify(lines)})[datum.label]` };
}

// On a phone a year is ’28, letters are a little smaller, and rows of bars come closer.
function forPhone(node, key = "") {
  if (Array.isArray(node)) return node.map((item) => forPhone(item));
  if (node && typeof node === "object") {
    const made = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, forPhone(value, name)]));
    if (made.field === "year" && made.axis) made.axis = { ...made.axis, labelExpr: "'\u2019' + slice(datum.label, -2)" };
    if (made.labelExpr) return narrowNames(made);
    if (made.mark?.name === "gap") made.encoding.text = { field: "short" };
    if (made.$schema && JSON.stringify(made.layer).includes(NARROWED)) made.height = Math.round(made.height * 1.4);
    if (Array.isArray(made.layer)) made.layer = made.layer.filter((layer) => layer.encoding?.text?.field !== "tail");
    return made;
  }
  if (typeof node === "number" && (key === "fontSize" || key === "labelFontSize")) return Math.min(node, 12);
  return node;
}

// Where columns stand close, the hatch alone says "not funded" and the label keeps to the amount.
function forNarrowColumns(spec) {
  const layer = spec.layer?.map((one) => (one.mark?.name === "gap" ? { ...one, encoding: { ...one.encoding, text: { field: "short" } } } : one));
  return layer ? { ...spec, layer } : spec;
}

function fitting(place, spec) {
  if (matchMedia(NARROW).matches) return forPhone(spec);
  return place.clientWidth < ROOMY ? forNarrowColumns(spec) : spec;
}

export async function draw(place, spec) {
  const vega = await load();
  place.vegaView?.finalize();
  const made = await vega(place, fitting(place, spec), {
    renderer: "svg", actions: false, ast: true, defaultStyle: false, tooltip: { disableDefaultStyle: true },
  });
  place.vegaView = made;
  place.querySelector("svg")?.setAttribute("aria-hidden", "true");
  place.classList.add("drawn");
}

export function specOf(place) {
  const carrier = document.getElementById(place.dataset.tlChart);
  if (!carrier) return null;
  const spec = JSON.parse(carrier.textContent);
  if (place.shownBars) spec.data.values = place.shownBars; // what moved levers left there outlives a redraw
  return spec;
}

function drawAll(within = document) {
  for (const place of within.querySelectorAll("[data-tl-chart]")) {
    const spec = specOf(place);
    if (spec) draw(place, spec).catch((error) => { place.classList.add("failed"); console.warn("chart", error); });
  }
}

drawAll();
matchMedia(NARROW).addEventListener("change", () => drawAll());
document.addEventListener("htmx:afterSwap", (event) => drawAll(event.target));
