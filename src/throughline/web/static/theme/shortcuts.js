// g and a letter goes to a room, ? lists the keys, t switches the theme. Never while someone writes, never with a modifier.
const WRITING = "input, textarea, select, [contenteditable=true]";
const WAIT = 1200;

export function shortcuts(switchTheme) {
  let pending = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.(WRITING) || document.querySelector("dialog[open]")) return;
    if (pending && Date.now() - pending < WAIT) {
      pending = 0;
      const link = document.querySelector(`.tl-nav a[data-tl-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    pending = 0;
    if (event.key === "g") pending = Date.now();
    else if (event.key === "t") switchTheme();
    else if (event.key === "?") { event.preventDefault(); document.getElementById("shortcuts")?.showModal(); }
  });
}
