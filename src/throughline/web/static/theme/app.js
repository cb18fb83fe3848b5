// Behaviour of every page: theme switch, print, charts.
const root = document.documentElement;

function themeButton() {
  const button = document.querySelector("[data-tl-theme]");
  if (!button) return;
  const show = () => button.setAttribute("aria-pressed", String(root.getAttribute("data-bs-theme") === "dark"));
  button.addEventListener("click", () => {
    const next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    root.setAttribute("data-bs-theme", next);
    try { localStorage.setItem("tl-theme", next); } catch { /* the choice then lasts for this page */ }
    show();
  });
  show();
}

themeButton();
document.querySelector("[data-tl-print]")?.addEventListener("click", () => window.print());
