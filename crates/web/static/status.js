// Everything on the page works without this. It keeps an open page up to date, adds the reader's own time, and lets
// the calendars be walked with arrow keys.
"use strict";
(() => {
  const root = document.documentElement;
  const main = () => document.getElementById("main");
  const each = (selector, within, act) => within.querySelectorAll(selector).forEach(act);

  // The reader's own time beside the page's.
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const clock = (zone, day) =>
    new Intl.DateTimeFormat(root.lang, {
      timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(day && { weekday: "short", day: "numeric" }),
    });
  const addOwnTimes = (within) => {
    const { zone, ownTime } = root.dataset;
    if (!zone || !ownTime || !own || zone === own) return;
    const said = (at) => {
      const day = clock(zone, true).format(at).replace(/\d+:\d+/, "") !== clock(own, true).format(at).replace(/\d+:\d+/, "");
      return clock(own, day).format(at);
    };
    each("time.zoned", within, (time) => {
      const at = new Date(time.dateTime);
      if (isNaN(at) || clock(zone, true).format(at) === clock(own, true).format(at)) return;
      const from = time.parentElement.classList.contains("span") && time.parentElement.querySelector("time");
      const text = from && from !== time ? said(new Date(from.dateTime)) + " – " + said(at) : said(at);
      const note = document.createElement("span");
      note.className = "own-time";
      note.textContent = " " + ownTime.replace("…", text);
      (time.closest("a") || time).after(note);
    });
  };

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
    addOwnTimes(within);
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
      ask().then(() => (pause = 30000), () => (pause = Math.min(pause * 2, 600000))).finally(() => stream || document.hidden || poll());
    }, pause * (0.75 + Math.random() / 2));
  };
  let stream = null;
  const listen = () => {
    if (stream || !window.EventSource) return stream || poll();
    stream = new EventSource("/events?after=" + seq);
    stream.addEventListener("board", (event) => Number(event.lastEventId) > seq && askSoon());
    stream.onerror = () => {
      if (stream && stream.readyState === EventSource.CLOSED) {
        stream = null;
        poll();
        setTimeout(() => document.hidden || listen(), 300000);
      }
    };
  };
  const rest = () => {
    if (stream) stream.close();
    stream = null;
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
