// Behaviour of every page: theme switch, print, shortcuts, explanations in place.
import { explanations } from "./explain.js";
import { shortcuts } from "./shortcuts.js";

const root = document.documentElement;
const isDark = () => root.getAttribute("data-bs-theme") === "dark";

function showTheme() {
  for (const button of document.querySelectorAll("[data-tl-theme]")) button.setAttribute("aria-pressed", String(isDark()));
}

export function switchTheme() {
  const next = isDark() ? "light" : "dark";
  root.setAttribute("data-bs-theme", next);
  try { localStorage.setItem("tl-theme", next); } catch { /* the choice then lasts for this page */ }
  showTheme();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-tl-theme]")) switchTheme();
  if (event.target.closest("[data-tl-print]")) window.print();
  if (event.target.closest("[data-tl-help]")) document.getElementById("shortcuts")?.showModal();
});
// A file field or a switch that sends its form by itself says so with data-tl-submit.
document.addEventListener("change", (event) => {
  if (event.target.closest("[data-tl-submit]")) event.target.form?.requestSubmit();
});

showTheme();
shortcuts(switchTheme);
explanations();
