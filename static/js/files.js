// Files: chosen or dropped, ordered, said which paper each is, and sent one by one with progress. Pages work without it.
"use strict";

const LONGEST = 2339; // pixels of A4 at 200 dots an inch: what the server keeps of a page, so no more is sent

// One request with progress; answers with what was refused, or with nothing where it failed.
const send = (form, data, progress) =>
  new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) progress.value = event.loaded / event.total; });
    request.addEventListener("load", () => done(request.response?.refused ?? null));
    request.addEventListener("error", () => done(null));
    progress.hidden = false;
    progress.value = 0;
    request.send(data);
  });

const token = (form) => {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  return data;
};

// What stands on the page about the papers is fetched anew.
const refresh = async () => {
  const page = new DOMParser().parseFromString(await (await fetch(location.pathname)).text(), "text/html");
  for (const part of document.querySelectorAll("[data-swap]")) {
    const fresh = page.querySelector(`[data-swap="${part.dataset.swap}"]`);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
  }
};

const isPicture = (file) => /^image\/(jpeg|png|webp)$/.test(file.type);

// A picture no longer than `longest`, upright, as a canvas.
const drawn = async (file, longest) => {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return canvas;
};

const look = async (file, image) => {
  try {
    image.src = (await drawn(file, 160)).toDataURL("image/jpeg", 0.7);
    image.hidden = false;
  } catch { /* what cannot be drawn keeps its ending as a sign; the server says what is wrong with it */ }
};

const shrunk = async (file) => {
  try {
    const canvas = await drawn(file, LONGEST);
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", 0.88); });
    return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
};

const begin = (form) => {
  const input = form.querySelector("input[type=file]"), queue = form.querySelector("[data-queue]"), together = form.elements.together;
  const list = queue.querySelector("ol"), row = queue.querySelector("template"), told = queue.querySelector("[data-told]");
  const chosen = new Map(); // row → file, in the order of the list
  const rows = () => [...list.children];
  const arePages = () => "pages" in form.dataset || Boolean(together?.checked) || form.elements.kind?.value === "sealed_form";

  const show = () => {
    queue.hidden = !list.children.length;
    queue.classList.toggle("is-pages", arePages());
    rows().forEach((each, n) => {
      each.querySelector('[data-move="-1"]').disabled = n === 0;
      each.querySelector('[data-move="1"]').disabled = n === list.children.length - 1;
    });
  };

  const add = (file) => {
    const each = row.content.firstElementChild.cloneNode(true);
    each.querySelector("b").textContent = file.name;
    each.querySelector("small").textContent = file.size < 2 ** 20 ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / 2 ** 20).toFixed(1)} MB`;
    each.querySelector(".gb-kind").textContent = file.name.split(".").pop().slice(0, 4).toUpperCase();
    for (const of of each.querySelectorAll("[data-of]")) of.textContent = ` ${file.name}`;
    const kind = each.querySelector("select");
    if (kind) kind.value = form.elements.kind.value;
    chosen.set(each, file);
    list.append(each);
    if (isPicture(file)) look(file, each.querySelector("img"));
  };

  const why = (each, words) => {
    const place = each.querySelector(".gb-queue__why");
    place.textContent = words;
    place.hidden = !words;
    each.querySelector("progress").hidden = true;
  };

  const sendOne = async (each, files, kind) => {
    const data = token(form);
    if (kind !== undefined) data.set("kind", kind);
    if (files.length > 1) data.set("together", "on");
    for (const file of files) data.append("file", files.length > 1 && isPicture(file) ? await shrunk(file) : file);
    const refused = await send(form, data, each.querySelector("progress"));
    why(each, refused === null ? form.dataset.failed : refused.map((one) => one.why.join(" ")).join(" "));
    return refused?.length === 0;
  };

  const sendAll = async () => {
    const all = rows();
    if (arePages()) {
      if (await sendOne(all[0], all.map((each) => chosen.get(each)), form.elements.kind?.value)) all.forEach((each) => each.remove());
      return;
    }
    for (const each of all) {
      const kind = each.querySelector("select").value;
      if (!kind) why(each, form.dataset.kindless);
      else if (await sendOne(each, [chosen.get(each)], kind)) each.remove();
    }
  };

  input.addEventListener("change", () => {
    const files = [...input.files];
    told.textContent = list.children.length + files.length > Number(form.dataset.most) ? form.dataset.many : "";
    files.slice(0, Number(form.dataset.most) - list.children.length).forEach(add);
    input.value = ""; // from here on the list says what is sent
    show();
  });

  form.addEventListener("change", (event) => {
    if (event.target === form.elements.kind) rows().forEach((each) => { const kind = each.querySelector("select"); if (!kind.value) kind.value = event.target.value; });
    show();
  });

  list.addEventListener("click", (event) => {
    const button = event.target.closest("button"), each = button?.closest("li");
    if (!button) return;
    const beside = button.dataset.move === "-1" ? each.previousElementSibling : each.nextElementSibling;
    if ("leave" in button.dataset) {
      (beside ?? each.previousElementSibling)?.querySelector("[data-leave]").focus();
      each.remove();
    } else if (button.dataset.move === "-1") beside?.before(each);
    else beside?.after(each);
    show();
    if (each.isConnected) (button.disabled ? each.querySelector("[data-move]:enabled") : button)?.focus();
  });

  form.addEventListener("submit", async (event) => {
    if (!list.children.length) return; // nothing chosen: the server says so
    event.preventDefault();
    const press = event.submitter;
    if (press) press.disabled = true;
    await sendAll();
    if (press) press.disabled = false;
    if (!list.children.length) { location.assign(location.pathname); return; }
    told.textContent = form.dataset.refused;
    show();
    await refresh();
  });
};

document.querySelectorAll("form[data-files]").forEach(begin);

// Replacing is one tap: the button opens the choice, the choice is sent.
document.addEventListener("click", (event) => {
  const summary = event.target.closest(".gb-replace > summary");
  if (!summary) return;
  event.preventDefault();
  summary.parentElement.querySelector("input[type=file]").click();
});
document.addEventListener("change", async (event) => {
  const form = event.target.closest("form[data-replace]");
  if (!form || event.target.type !== "file" || !event.target.files.length) return;
  const about = form.closest("li").querySelector("[data-said-of]"), data = token(form);
  data.set("replace", form.elements.replace.value);
  data.set("file", event.target.files[0]);
  about.hidden = false;
  const refused = await send(form, data, about.querySelector("progress"));
  if (refused?.length === 0) { location.assign(location.pathname); return; }
  const place = about.querySelector(".gb-queue__why");
  place.textContent = refused === null ? form.dataset.failed : refused.map((one) => one.why.join(" ")).join(" ");
  place.hidden = false;
  about.querySelector("progress").hidden = true;
  event.target.value = "";
});
