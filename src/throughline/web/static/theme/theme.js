// The theme is set before the first paint: the person's choice on this device, or what the device prefers.
(function () {
  let kept = null;
  try { kept = localStorage.getItem("tl-theme"); } catch { /* storage is closed: the device's preference counts */ }
  const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.setAttribute("data-bs-theme", dark ? "dark" : "light");
})();
