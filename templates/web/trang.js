// Saves the draft by itself, and shows what the form computes while it is typed. Everything works without it.
"use strict";
(() => {
  const form = document.getElementById("bieu");
  if (!form || !window.fetch || !window.FormData) return;
  const EVERY = 20000;
  const told = document.getElementById("tu-luu");
  const version = form.elements.ban;
  let dirty = false, busy = false, stopped = false, pressed = null;
  const SMALL = 60000;  // what a browser still sends when its page is gone

  const say = text => { told.textContent = text; };

  function body() {
    const data = new FormData(form);
    data.delete("tep");
    data.set("viec", "tu-luu");
    return data;
  }

  async function save(leaving) {
    if (!dirty || busy || stopped) return;
    dirty = false; busy = true;
    try {
      const data = body();
      const size = [...data.values()].reduce((all, text) => all + text.length * 3 + 200, 0);
      const answer = await fetch(form.action, { method: "POST", body: data, keepalive: leaving && size < SMALL, redirect: "error" });
      if (answer.status === 409) {
        stopped = true;
        say("Bản nháp đã được lưu ở một cửa sổ khác; bấm “Lưu nháp” để chọn nội dung cần giữ.");
      } else if (answer.ok) {
        const saved = await answer.json();
        version.value = saved.ban;
        say(saved.luc ? `Tự lưu lúc ${saved.luc}` : "");
      } else {
        dirty = true;
        say("Chưa tự lưu được; bấm “Lưu nháp”.");
      }
    } catch {
      dirty = true;
      say("Mất kết nối: chưa lưu được. Sẽ thử lại.");
    } finally {
      busy = false;
      if (pressed) { form.requestSubmit(pressed); pressed = null; }
    }
  }

  // A number as Vietnamese offices type it; null where there is not exactly one reading. For display only.
  function read(code) {
    const field = form.elements[`s:${code}`];
    if (!field) return shown.get(code) ?? null;
    const text = field.value.trim();
    if (/^c[oó]$/i.test(text)) return 1;
    if (/^không$/i.test(text)) return 0;
    if (/^\d{1,3}(\.\d{3})+(,\d+)?$/.test(text) || /^\d{1,3}( \d{3})+(,\d+)?$/.test(text) || /^\d+$/.test(text) ||
        (/^\d+,\d+$/.test(text) && !/^[1-9]\d{0,2},\d{3}$/.test(text)))
      return Number(text.replace(/[. ]/g, "").replace(",", "."));
    return null;
  }

  const shown = new Map();
  const outputs = [...form.querySelectorAll("output[data-cong-thuc]")];
  const known = codes => codes.map(read).filter(value => value !== null);
  const sum = values => values.reduce((a, b) => a + b, 0);

  function result(kind, over, under, factor) {
    const above = known(over);
    if (!above.length) return null;
    if (kind === "sum") return sum(above);
    if (kind === "product") return sum(above) * Number(factor);
    const below = known(under);
    if (kind === "difference") return below.length ? above[0] - below[0] : null;
    return sum(below) ? sum(above) / sum(below) : null;
  }

  function compute() {
    shown.clear();
    for (const output of outputs) {
      const [kind, over, under, factor] = output.dataset.congThuc.split(";");
      const value = result(kind, over.split("+"), under ? under.split("+") : [], factor);
      const code = output.closest(".row").querySelector(".code").textContent.trim();
      if (value === null) { output.textContent = "–"; continue; }
      shown.set(code, value);
      const places = { maximumFractionDigits: kind === "ratio" ? 2 : 8, useGrouping: true };
      output.textContent = (kind === "ratio" ? value * 100 : value).toLocaleString("vi-VN", places) + (kind === "ratio" ? "%" : "");
    }
  }

  form.addEventListener("input", event => {
    dirty = true;
    if (event.target.name && event.target.name.startsWith("s:")) compute();
  });
  form.addEventListener("submit", event => {
    stopped = true;
    if (busy) { event.preventDefault(); pressed = event.submitter; }
  });
  window.addEventListener("pageshow", () => { stopped = false; });
  setInterval(() => save(false), EVERY);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") save(true); });
  window.addEventListener("pagehide", () => save(true));
})();
