// Saving while somebody types. What is typed is kept on this device at once, and sent when the typing rests; it leaves the device
// when it is saved. What a colleague has changed meanwhile comes in where nobody touched it here, and is shown side by side elsewhere.
// The page works without this script: its button saves the whole section.
"use strict";

const AFTER = 900, AGAIN = 5000, LOOK = 12000; // milliseconds: a pause in typing, the next try without a connection, a look at the others
const channel = "BroadcastChannel" in window ? new BroadcastChannel("gb-logged-in") : null;

if (document.querySelector("[data-logged-in-again]")) {
  channel?.postMessage("again");
  if (window.opener || window.name === "gb-login") setTimeout(() => window.close(), 300);
}

class Section {
  constructor(form) {
    this.form = form;
    this.bar = form.querySelector(".gb-saved");
    this.key = `gb-draft:${form.dataset.user}:${form.dataset.draft}:${form.dataset.round}:${form.dataset.section}`;
    this.base = JSON.parse(form.elements.base.value); // the answers in the database as this page knows them
    this.sent = this.typed(); // what was on the screen when they agreed
    this.disputed = new Set();
    this.posted = {}; // what was sent last, taken or not
    this.bringBack();
    form.addEventListener("input", (event) => this.touched(event.target, AFTER));
    form.addEventListener("change", (event) => this.touched(event.target, 50));
    form.addEventListener("click", (event) => this.choose(event));
    form.addEventListener("submit", (event) => this.leave(event));
    addEventListener("pageshow", () => { this.leaving = false; });
    addEventListener("online", () => this.save());
    addEventListener("pagehide", () => this.keep());
    addEventListener("focus", () => this.look()); // whoever comes back from another window sees at once what was done there
    document.addEventListener("visibilitychange", () => this.look());
    channel?.addEventListener("message", () => this.loggedIn());
    this.bar.querySelector("[data-login-again]").addEventListener("click", () => window.open(form.dataset.login, "gb-login", "width=520,height=720"));
    setInterval(() => this.look(), LOOK);
  }

  // What is still on its way is awaited: else the page would not know what it began from.
  leave(event) {
    if (this.saving) {
      event.preventDefault();
      this.waiting = event.submitter;
      return;
    }
    clearTimeout(this.timer);
    this.leaving = true;
    this.form.elements.base.value = JSON.stringify(this.base);
  }

  // ── what is on the screen ──

  names() { return Object.keys(this.base); }

  inputs(name) { return [...this.form.elements].filter((each) => each.name === name); }

  typed() {
    const data = new FormData(this.form), all = {};
    for (const name of this.names()) all[name] = data.getAll(name).filter((text) => text !== "").map((text) => text.replace(/\r\n/g, "\n"));
    return all;
  }

  changed() {
    const now = this.typed();
    return this.names().filter((name) => !same(now[name], this.sent[name]));
  }

  // What has not been sent yet: what is wrong or disputed was sent, and waits here for who typed it.
  pending() {
    const now = this.typed();
    return this.changed().filter((name) => !same(now[name], this.posted[name]));
  }

  show(name, answer) {
    for (const input of this.inputs(name)) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = answer.includes(input.value) || (input.type === "checkbox" && this.isTick(name) && answer.length > 0);
      else input.value = answer[0] ?? "";
    }
    document.querySelectorAll(`[data-counts="id_${name}"]`).forEach((counter) => window.gbCount?.(counter));
  }

  isTick(name) { return this.inputs(name).length === 1; }

  // ── kept on this device ──

  keep() {
    const told = document.documentElement.dataset;
    if ("loggedOut" in told || told.forgotten === this.form.dataset.draft) return;
    const changed = this.changed();
    try {
      if (!changed.length) localStorage.removeItem(this.key);
      else {
        const now = this.typed();
        localStorage.setItem(this.key, JSON.stringify({ base: this.base, mine: Object.fromEntries(changed.map((name) => [name, now[name]])) }));
      }
    } catch { /* a browser that keeps nothing still saves */ }
  }

  bringBack() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(this.key)); } catch { /* nothing that could be read */ }
    if (!kept) return;
    for (const [name, answer] of Object.entries(kept.mine)) {
      if (!(name in this.base)) continue;
      this.show(name, answer);
      if (kept.base[name]) this.base[name] = kept.base[name]; // replayed on what it was written upon
    }
    this.save();
  }

  // ── saved ──

  touched(input, pause) {
    if (!(input.name in this.base)) return;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    if (this.saving) { this.again = true; return; }
    if (this.leaving || !this.pending().length) return;
    this.saving = true;
    this.say("busy");
    const now = this.typed(), body = new URLSearchParams(new FormData(this.form));
    body.set("base", JSON.stringify(this.base));
    body.set("me", this.form.dataset.user);
    await this.ask({ method: "POST", body }, (answer) => this.taken(answer, now));
    this.saving = false;
    if (this.waiting) { const button = this.waiting; this.waiting = null; this.form.requestSubmit(button); return; }
    if (this.again) { this.again = false; this.save(); }
  }

  async look() {
    if (document.hidden || this.saving || this.leaving) return;
    if (this.pending().length && !this.isOver) { this.save(); return; }
    await this.ask({}, (answer) => this.fresh(answer));
  }

  async ask(options, done) {
    let reply;
    try {
      reply = await fetch(this.form.action || location.pathname, { ...options, headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "error" });
    } catch {
      if (options.method) this.later("offline");
      return;
    }
    if (reply.ok) {
      const answer = await reply.json();
      this.isOver = false;
      if (answer.user !== this.form.dataset.user) this.say("other");
      else done(answer);
    } else if (reply.status === 401) this.later("out");
    else if (reply.status === 403) this.freshToken();
    else if (reply.status === 409) this.refused(await reply.json().catch(() => ({})));
    else if (reply.status === 404 && options.method) this.gone();
    else if (options.method) this.later("offline");
  }

  later(why) {
    this.keep();
    if (this.changed().length) this.say(why);
    if (why === "offline") { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), AGAIN); }
  }

  // Logged in again, perhaps as somebody else: first ask who, and take a fresh token.
  async loggedIn() { await this.freshToken(); }

  async freshToken() {
    await this.ask({}, (answer) => { this.token(answer); this.save(); });
  }

  token(answer) { this.form.elements.csrfmiddlewaretoken.value = answer.token; }

  refused(answer) {
    this.keep();
    const said = this.bar.querySelector('[data-says="refused"]');
    said.querySelector("[data-why]").textContent = answer.refused ?? "";
    said.querySelector("[data-unsaved]").hidden = !this.changed().length;
    said.querySelector("a").href = location.pathname;
    this.end("refused");
  }

  // Given up in another window, or not theirs any more: then nothing of it stays on this device either.
  gone() {
    clearTimeout(this.timer);
    document.documentElement.dataset.forgotten = this.form.dataset.draft;
    try { localStorage.removeItem(this.key); } catch { /* a browser that keeps nothing */ }
    this.end("gone");
  }

  // Nothing more is sent by itself; and whoever is at the top of a long page sees why.
  end(why) {
    const isNews = !this.isOver;
    this.isOver = true;
    this.say(why);
    if (isNews) this.bar.scrollIntoView({ block: "nearest" });
  }

  taken(answer, posted) {
    this.token(answer);
    const wrong = new Set(Object.keys(answer.errors));
    this.posted = posted;
    for (const name of this.names()) {
      if (!(name in posted) || wrong.has(name) || name in answer.disputes) continue;
      if (same(posted[name], this.sent[name])) continue;
      this.sent[name] = posted[name];
      this.base[name] = answer.shown[name];
    }
    this.mark(answer.errors);
    for (const [name, html] of Object.entries(answer.disputes)) this.dispute(name, html);
    this.fresh(answer);
    this.keep();
    if (this.pending().length) { clearTimeout(this.timer); this.timer = setTimeout(() => this.save(), AFTER); }
  }

  // What others have written comes in where nothing was typed here; the rest of the page follows.
  fresh(answer) {
    const now = this.typed();
    for (const name of this.names()) {
      if (!same(now[name], this.sent[name]) || same(answer.shown[name], this.base[name])) continue;
      this.show(name, answer.shown[name]);
      this.base[name] = answer.shown[name];
      this.sent[name] = this.typed()[name];
    }
    for (const name of this.names()) {
      const wrap = document.getElementById(`div_id_${name}`);
      if (!wrap) continue;
      wrap.hidden = !answer.asked.includes(name);
      const label = wrap.querySelector("label.form-label, legend.form-label");
      if (label) {
        label.classList.toggle("requiredField", answer.must.includes(name));
        if (label.firstChild?.nodeType === Node.TEXT_NODE && label.firstChild.data.trim() !== answer.labels[name]) label.firstChild.data = answer.labels[name];
      }
    }
    replace("rail", answer.rail);
    replace("here", answer.here);
    this.form.elements.base.value = JSON.stringify(this.base);
    const time = this.bar.querySelector("time");
    time.dateTime = answer.saved_at;
    time.textContent = new Date(answer.saved_at).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
    this.say(this.disputed.size ? "disputed" : Object.keys(answer.errors).length ? "wrong" : "saved");
  }

  // ── what is wrong, and what two have changed ──

  mark(errors) {
    for (const name of this.names()) {
      const wrap = document.getElementById(`div_id_${name}`);
      if (!wrap) continue;
      wrap.querySelectorAll(".gb-error[data-live]").forEach((each) => each.remove());
      const wrong = errors[name] ?? [];
      wrap.classList.toggle("is-wrong", wrong.length > 0);
      if (!wrong.length) wrap.querySelectorAll(".gb-error, .invalid-feedback").forEach((each) => each.remove());
      const input = wrap.querySelector("input, select, textarea");
      input?.classList.toggle("is-invalid", wrong.length > 0);
      input?.[wrong.length ? "setAttribute" : "removeAttribute"]("aria-invalid", "true");
      if (wrong.length && !wrap.querySelector(".gb-error")) {
        const said = document.createElement("p");
        said.className = "gb-error";
        said.dataset.live = "";
        said.append(Object.assign(document.createElement("strong"), { textContent: wrong.join(" ") }));
        (wrap.querySelector("label.form-label, legend.form-label") ?? wrap.firstElementChild)?.after(said);
      }
    }
  }

  dispute(name, html) {
    const wrap = document.getElementById(`div_id_${name}`);
    if (wrap.querySelector(".gb-merge")) return;
    wrap.insertAdjacentHTML("beforeend", html);
    this.disputed.add(name);
  }

  choose(event) {
    const button = event.target.closest(".gb-merge button");
    if (!button) return;
    event.preventDefault();
    const box = button.closest(".gb-merge"), name = box.dataset.merge, theirs = box.querySelector("input:checked").value === "theirs";
    box.remove();
    this.disputed.delete(name);
    this.ask({}, (answer) => {
      this.base[name] = answer.shown[name];
      if (theirs) { this.show(name, answer.shown[name]); this.sent[name] = this.typed()[name]; }
      this.keep();
      if (theirs) this.fresh(answer); else this.save();
      document.getElementById(`id_${name}`)?.focus();
    });
  }

  say(what) {
    this.bar.className = `gb-saved${what === "busy" ? " is-busy" : what === "saved" ? "" : " is-offline"}`;
    this.bar.querySelectorAll("[data-says]").forEach((each) => { each.hidden = each.dataset.says !== what; });
  }
}

const same = (one, other) => JSON.stringify(one ?? []) === JSON.stringify(other ?? []);

const replace = (id, html) => {
  const part = document.getElementById(id);
  if (part && part.innerHTML !== html && !part.contains(document.activeElement)) part.innerHTML = html;
};

document.querySelectorAll("form[data-autosave]").forEach((form) => new Section(form));
