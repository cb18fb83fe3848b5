// A figure's explanation opens beside its table, above it on narrow screens; the page's address remembers it.
// Without this script the same link opens the explanation as a page of its own.
const WIDE = "(min-width: 75rem)";
const ABOVE = ".tl-scroll, .tl-findings > li, .tl-panel, .tl-head, .tl-section";

let panel = null;
let opener = null;
let reading = null;

function selectorOf(link) {
  return new URL(link.href).search.slice(1);
}

function remember(selector) {
  const here = new URL(location.href);
  if (selector) here.searchParams.set("explain", selector); else here.searchParams.delete("explain");
  history.replaceState(history.state, "", here);
}

function makePanel() {
  const made = document.createElement("aside");
  made.className = "tl-explain tl-beside no-print";
  made.id = "explanation";
  made.setAttribute("aria-live", "polite");
  made.setAttribute("aria-label", "How this figure is made");
  made.append(Object.assign(document.createElement("p"), { className: "tl-wait", textContent: "Working it out\u2026" }));
  return made;
}

function place() {
  if (!panel) return;
  const main = document.getElementById("main");
  const wide = matchMedia(WIDE).matches;
  main.classList.toggle("explaining", wide);
  if (wide) { main.append(panel); return; }
  const spot = opener?.closest(ABOVE);
  const list = spot?.closest(".tl-findings");
  if (list) list.before(panel);
  else if (spot?.matches(".tl-head")) spot.after(panel);
  else if (spot) spot.before(panel);
  else main.querySelector(".tl-head")?.after(panel);
}

function mark(on) {
  opener?.closest("td, .tl-lead, .money, dd")?.classList.toggle("is-open", on && Boolean(opener.closest("td")));
  if (on) opener?.setAttribute("aria-expanded", "true"); else opener?.removeAttribute("aria-expanded");
}

function close(focus = true) {
  reading?.abort();
  mark(false);
  panel?.remove();
  panel = null;
  document.getElementById("main")?.classList.remove("explaining");
  remember("");
  if (focus) opener?.focus();
  opener = null;
}

async function open(address, link) {
  reading?.abort();
  reading = new AbortController();
  mark(false);
  if (link && !link.closest("#explanation")) opener = link;
  mark(true);
  if (!panel) panel = makePanel();
  place();
  panel.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true" }, signal: reading.signal, credentials: "same-origin" });
    if (answer.status === 401) { location.reload(); return; }
    panel.innerHTML = await answer.text();
  } catch (error) {
    if (error.name === "AbortError") return;
    location.assign(address);
    return;
  }
  panel.removeAttribute("aria-busy");
  panel.scrollTop = 0;
  remember(new URL(address, location.href).search.slice(1));
  const title = panel.querySelector("h2");
  title?.setAttribute("tabindex", "-1");
  title?.focus({ preventScroll: matchMedia(WIDE).matches });
}

export function explanations() {
  const main = document.getElementById("main");
  if (!main) return;
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-tl-close]") && panel?.contains(event.target)) { event.preventDefault(); close(); return; }
    const link = event.target.closest("a.fig");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (main.querySelector("[data-tl-explain-page]")) return;
    event.preventDefault();
    if (link === opener && panel) close(); else open(link.href, link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel && !document.querySelector("dialog[open], .offcanvas.show, .dropdown-menu.show")) close();
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-tl-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.tlCopy);
      button.textContent = "Copied";
    } catch { /* the clipboard is closed to the page: the text can be marked by hand */ }
  });
  matchMedia(WIDE).addEventListener("change", place);
  const wanted = new URL(location.href).searchParams.get("explain");
  if (!wanted || main.querySelector("[data-tl-explain-page]")) return;
  const link = [...main.querySelectorAll("a.fig")].find((item) => selectorOf(item) === wanted);
  const base = link ? link.href : main.dataset.tlExplain && `${main.dataset.tlExplain}?${wanted}`;
  if (base) open(base, link ?? null);
}
