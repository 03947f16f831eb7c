// Everything on the page works without this. It keeps an open page up to date, says times as the reader's own clock
// does, and lets the calendars be walked with arrow keys.
"use strict";
(() => {
  const root = document.documentElement;
  const main = () => document.getElementById("main");
  const each = (selector, within, act) => within.querySelectorAll(selector).forEach(act);

  // Times in the reader's own zone; the page's stands in the tooltip. The day is said where it was said before, and where
  // it is another one than there.
  const zone = root.dataset.zone;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const locale = root.lang === "en" ? "en-GB" : root.lang;
  const dayIn = (timeZone, at) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
  const clock = (at, parts) =>
    new Intl.DateTimeFormat(locale, { timeZone: own, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...parts }).format(at);
  const sayOwnTimes = (within) => {
    if (!zone || !own || zone === own) return;
    each("#zone", document, (named) => (named.textContent = own));
    each("time[datetime]", within, (time) => {
      const at = new Date(time.dateTime);
      const words = time.textContent.trim();
      if (isNaN(at) || !/\d:\d\d/.test(words)) return;
      const from = time.closest(".span") && time.closest(".span").querySelector("time");
      // What an end leaves unsaid is its begin's day; what any other time leaves unsaid is the day that the page is about.
      const day = from && from !== time ? dayIn(own, new Date(from.dateTime)) : dayIn(zone, at);
      const dated = /\d\D+\d\d?:\d\d/.test(words) || dayIn(own, at) !== day;
      const parts = {};
      if (dated) Object.assign(parts, { weekday: "short", day: "numeric", month: "short" });
      if (dated && /\b\d{4}\b/.test(words)) parts.year = "numeric";
      if (time.matches(".zoned")) parts.timeZoneName = "short";
      time.title = words;
      time.textContent = clock(at, parts);
    });
  };

  // How long ago something began that goes on.
  const sinceWhen = (within) => {
    const relative = new Intl.RelativeTimeFormat(root.lang, { numeric: "auto", style: "short" });
    each("time.ago", within, (time) => {
      const minutes = Math.round((new Date(time.dateTime) - Date.now()) / 60000);
      if (!(minutes < 0)) return;
      const [count, unit] = minutes > -90 ? [minutes, "minute"] : minutes > -2160 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
      const next = time.nextElementSibling;
      const note = next && next.matches(".ago-note") ? next : document.createElement("span");
      note.className = "ago-note";
      note.textContent = " (" + relative.format(count, unit) + ")";
      time.after(note);
    });
  };
  setInterval(() => sinceWhen(document), 60000);

  // Calendars: one tab stop each, arrow keys within.
  const prepareCalendars = (within) =>
    each("table.calendar", within, (table) => {
      const cells = [...table.querySelectorAll("tbody td")].filter((cell) => cell.textContent.trim());
      const stops = cells.map((cell) => cell.querySelector("a") || cell);
      stops.forEach((stop) => (stop.tabIndex = -1));
      const links = stops.filter((stop) => stop.matches("a"));
      const entry = links[links.length - 1] || stops[0];
      if (entry) entry.tabIndex = 0;
      const step = { ArrowUp: -7, ArrowDown: 7, ArrowLeft: root.dir === "rtl" ? 1 : -1, ArrowRight: root.dir === "rtl" ? -1 : 1 };
      table.addEventListener("keydown", (event) => {
        const here = stops.indexOf(event.target);
        if (here < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
        const last = stops.length - 1;
        const next = event.key === "Home" ? 0 : event.key === "End" ? last : event.key in step ? here + step[event.key] : -1;
        if (next < 0 || next > last) return;
        event.preventDefault();
        stops[here].tabIndex = -1;
        stops[next].tabIndex = 0;
        stops[next].focus();
      });
    });

  // Tips: Escape sends them away, a first touch shows them.
  const hush = (on) => document.body.classList.toggle("quietly", on);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hush(true));
  document.addEventListener("focusin", () => hush(false));
  document.addEventListener("pointerover", (event) => event.target.closest(".calendar") && hush(false));
  let touched = false;
  document.addEventListener("pointerdown", (event) => (touched = event.pointerType === "touch"));
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".calendar td a");
    const wasTold = link && link.classList.contains("told");
    each(".told", document, (told) => told.classList.remove("told"));
    if (link && touched && !wasTold) {
      event.preventDefault();
      link.classList.add("told");
    }
  });

  const prepare = (within) => {
    sayOwnTimes(within);
    sinceWhen(within);
    prepareCalendars(within);
  };
  prepare(document);

  // Live: the page is fetched anew when the log has grown.
  if (!root.dataset.seq) return;
  const voice = document.createElement("p");
  voice.className = "unseen";
  voice.setAttribute("role", "status");
  document.body.append(voice);
  let seq = Number(root.dataset.seq);
  const heading = (within) => (within.querySelector("#verdict") || within.querySelector("h1") || within).textContent.trim();
  const handle = (element) =>
    element.id ? "#" + CSS.escape(element.id)
      : element.matches("summary") ? "#" + CSS.escape(element.parentElement.id) + " > summary"
      : element.hasAttribute("href") ? 'a[href="' + CSS.escape(element.getAttribute("href")) + '"]' : null;

  const swap = (text) => {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    const [from, to] = [main(), fresh.getElementById("main")];
    const found = Number(fresh.documentElement.dataset.seq);
    if (!from || !to || !(found > seq)) return;
    seq = found;
    prepare(to);
    each("details[open][id]", from, (open) => {
      const same = to.querySelector("#" + CSS.escape(open.id));
      if (same) same.open = true;
    });
    const focused = from.contains(document.activeElement) && document.activeElement !== from && handle(document.activeElement);
    const before = heading(from);
    from.replaceChildren(...to.childNodes);
    if (focused) (from.querySelector(focused) || from).focus({ preventScroll: true });
    document.title = fresh.title;
    const after = heading(from);
    const news = from.querySelector(".timeline > li");
    voice.textContent = after !== before || !news ? after : news.querySelector(".head, p").textContent + " " + after;
  };

  let asking = null;
  const ask = () => (asking = asking || fetch(location.pathname, { cache: "no-cache", credentials: "omit" })
    .then((answer) => answer.ok ? answer.text().then(swap) : Promise.reject(answer.status))
    .finally(() => (asking = null)));
  let soon = 0;
  const askSoon = () => (soon = soon || setTimeout(() => { soon = 0; ask().catch(poll); }, Math.random() * 1500));

  let pause = 30000, polling = 0;
  const poll = () => {
    if (polling) return;
    polling = setTimeout(() => {
      polling = 0;
      ask().then(() => (pause = 30000), () => (pause = Math.min(pause * 2, 600000))).finally(() => isHeard || document.hidden || poll());
    }, pause * (0.75 + Math.random() / 2));
  };
  // Whatever stands in between may hold the stream back, and that is no error: who isn't answered in time, or hears
  // nothing for longer than two heartbeats, asks again and again instead.
  let stream = null, isHeard = false, silence = 0;
  const leave = () => {
    clearTimeout(silence);
    if (stream) stream.close();
    stream = null;
    isHeard = false;
  };
  const giveUp = () => {
    leave();
    ask().catch(() => {});
    poll();
    setTimeout(() => document.hidden || listen(), 300000);
  };
  const expect = (pause) => {
    clearTimeout(silence);
    silence = setTimeout(giveUp, pause);
  };
  const listen = () => {
    if (stream || !window.EventSource) return stream || poll();
    stream = new EventSource("/events?after=" + seq);
    expect(10000);
    stream.addEventListener("open", () => expect(40000));
    const hear = (event) => {
      isHeard = true;
      expect(40000);
      if (event.type === "board" && Number(event.lastEventId) > seq) askSoon();
    };
    stream.addEventListener("board", hear);
    stream.addEventListener("heartbeat", hear);
    stream.onerror = () => stream && stream.readyState === EventSource.CLOSED && giveUp();
  };
  const rest = () => {
    leave();
    clearTimeout(polling);
    polling = 0;
  };
  let hidden = 0;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(hidden);
    if (document.hidden) hidden = setTimeout(rest, 300000);
    else if (!stream) { ask().catch(poll); listen(); }
  });
  addEventListener("pagehide", rest);
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
