// Bringing files: dropping them on the page, refusing what is too large before it is sent, progress while it is.
const form = document.querySelector("[data-tl-drop]");

function tell(words) {
  const box = form.querySelector("[data-tl-progress]");
  box.hidden = false;
  box.querySelector("[role=status]").textContent = words;
}

function tooLarge(files) {
  for (const file of files) {
    const most = Number(/\.xls[xm]$/i.test(file.name) ? form.dataset.mostWorkbook : form.dataset.most);
    if (file.size > most) return `${file.name} is larger than ${Math.round(most / 1048576)} MB.`;
  }
  return "";
}

function send(event) {
  const files = form.querySelector("input[type=file]").files;
  const wrong = tooLarge(files);
  if (wrong) { event.preventDefault(); tell(wrong); return; }
  if (!files.length) return;
  event.preventDefault();
  const request = new XMLHttpRequest();
  const bar = form.querySelector("progress");
  request.upload.addEventListener("progress", (at) => {
    if (!at.lengthComputable) return;
    bar.value = (100 * at.loaded) / at.total;
    tell(at.loaded < at.total ? "Sending" : "Sent. Reading the files.");
  });
  request.addEventListener("load", () => {
    if (request.responseURL && request.status < 400) { location.assign(request.responseURL); return; }
    const answer = new DOMParser().parseFromString(request.responseText, "text/html");
    const words = [...answer.querySelectorAll(".tl-lead, .tl-sub")].map((node) => node.textContent.trim());
    tell(words.join(" ") || "The files were not taken. Try again.");
    form.querySelector("button").disabled = false;
  });
  request.addEventListener("error", () => {
    tell("The connection broke off. Nothing was kept; send the files again.");
    form.querySelector("button").disabled = false;
  });
  request.open("POST", form.action);
  form.querySelector("button").disabled = true;
  tell("Sending");
  request.send(new FormData(form));
}

if (form) {
  form.addEventListener("submit", send);
  for (const name of ["dragenter", "dragover"]) {
    form.addEventListener(name, (event) => { event.preventDefault(); form.classList.add("is-over"); });
  }
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    form.querySelector("input[type=file]").files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

// When long work on a delivery has ended, the page shows what it gave.
document.body.addEventListener("throughline:job-ended", () => location.reload());
