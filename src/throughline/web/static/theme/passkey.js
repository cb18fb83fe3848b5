// A passkey that was cancelled or is missing is said on the page, where the library would only write to the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const place = document.querySelector("[data-tl-passkey-error]");
  if (!place) return;
  document.querySelector(".tl-entrance")?.prepend(place);
  place.hidden = false;
});
