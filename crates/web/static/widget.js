/* Shows a banner while something is confirmed on the status page, and nothing otherwise. It never throws, leaves no
   globals, sends no cookie, and gives up after four seconds:
   <script src="https://status.example.org/widget.js" async></script> */
(function () {
  "use strict";
  try {
    var me = document.currentScript || document.querySelector('script[src*="/widget.js"]');
    if (!me || !window.fetch || !window.AbortController || !Element.prototype.attachShadow) return;
    var wanted = me.getAttribute("data-language");
    var from = new URL((/^[A-Za-z-]{2,8}$/.test(wanted || "") ? wanted + "/" : "") + "widget.json", me.src).href;
    var key = "candor-hidden", banner = null, shown = "", gone = null;
    var css =
      ":host{all:initial;position:fixed;inset:auto 0 0;z-index:2147483000;display:block}" +
      "div{display:flex;gap:.75em;align-items:center;justify-content:center;padding:.75em 1em;background:#1f2328;" +
      "color:#fff;font:16px/1.4 system-ui,sans-serif;border-top:4px solid #ffb224}" +
      "div.outage{border-color:#ff6369}a{color:#fff}a:focus-visible,button:focus-visible{outline:2px solid #fff;" +
      "outline-offset:2px}button{min-width:44px;min-height:44px;border:1px solid #8b949e;border-radius:6px;" +
      "background:none;color:#fff;font:inherit;cursor:pointer}@media print{:host{display:none}}";

    var hidden = function () {
      try { return sessionStorage.getItem(key) || gone; } catch (refused) { return gone; }
    };
    var remove = function () {
      if (banner) banner.remove();
      banner = null;
      shown = "";
    };
    var element = function (name, text) {
      var made = document.createElement(name);
      made.textContent = text;
      return made;
    };
    var show = function (now) {
      var says = now && now.confirmed === true && now.says;
      if (!says || hidden() === says.id) return remove();
      if (shown === says.id + says.title) return;
      remove();
      if (!/^https?:/.test(says.url)) return;
      banner = document.createElement("candor-status");
      var root = banner.attachShadow({ mode: "open" });
      try {
        var sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        root.adoptedStyleSheets = [sheet];
      } catch (old) {
        root.append(element("style", css));
      }
      var box = element("div", ""), words = element("span", says.sentence + ": ");
      var link = element("a", says.title), hide = element("button", "×");
      box.className = now.headline;
      box.lang = says.lang;
      box.dir = says.dir;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", says.label);
      words.setAttribute("role", "status");
      link.href = says.url;
      hide.type = "button";
      hide.setAttribute("aria-label", says.hide);
      hide.addEventListener("click", function () {
        try { sessionStorage.setItem(key, says.id); } catch (refused) { /* hidden until the page is left */ }
        gone = says.id;
        remove();
      });
      words.append(link);
      box.append(words, hide);
      root.append(box);
      (document.body || document.documentElement).append(banner);
      shown = says.id + says.title;
    };
    var look = function () {
      if (document.hidden) return;
      var stop = new AbortController();
      var late = setTimeout(function () { stop.abort(); }, 4000);
      fetch(from, { credentials: "omit", signal: stop.signal })
        .then(function (answer) { return answer.ok ? answer.json() : null; })
        .then(function (now) { if (now) show(now); })
        .catch(function () { /* the site matters more than its banner */ })
        .then(function () { clearTimeout(late); });
    };
    look();
    setInterval(look, 60000);
  } catch (failed) {
    /* the site matters more than its banner */
  }
})();
