// Progressive only: every page reads the same without this file. Plain script, nothing is fetched;
// text of the stack enters the page through `make`, `say` and `plain` alone, which the scripts of single pages share.
(function () {
  "use strict";
  var root = document.documentElement, key = "linchpin-theme", order = ["auto", "light", "dark"];
  // Characters that steer what is shown, such as those that turn the direction of writing.
  var steering = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

  function each(list, f) { Array.prototype.forEach.call(list, f); }
  function plain(text) { return String(text).replace(steering, "\ufffd"); }
  function make(tag, parent, text, name) {
    var e = document.createElement(tag);
    if (text !== undefined && text !== null) { e.textContent = plain(text); }
    if (name) { e.className = name; }
    if (parent) { parent.appendChild(e); }
    return e;
  }
  function say(parent, text) { parent.appendChild(document.createTextNode(plain(text))); }
  window.linchpin = { each: each, make: make, plain: plain, say: say };

  // Theme: set before the first paint, switched by the button in the sidebar.
  function load() {
    try { return order.indexOf(localStorage.getItem(key)) > 0 ? localStorage.getItem(key) : "auto"; } catch (e) { return root.getAttribute("data-theme") || "auto"; }
  }
  function apply(v) { if (v === "auto") { root.removeAttribute("data-theme"); } else { root.setAttribute("data-theme", v); } }
  function theme(box) {
    var button = make("button", box);
    button.type = "button"; button.id = "theme";
    function label() { button.textContent = "Theme: " + load(); }
    label();
    button.addEventListener("click", function () {
      var v = order[(order.indexOf(load()) + 1) % order.length];
      apply(v);
      try { localStorage.setItem(key, v); } catch (e) { /* a private window keeps it for the page */ }
      label();
    });
  }

  // Search: the index and its engine load on first focus, by script tags.
  function search(box) {
    var label = make("label", box, "Search the stack", "vh"), input = make("input", box);
    box.setAttribute("role", "search");
    label.htmlFor = input.id = "q";
    input.type = "search"; input.placeholder = "Search"; input.autocomplete = "off"; input.spellcheck = false;
    make("kbd", box, "/").setAttribute("aria-hidden", "true");
    var base = root.getAttribute("data-root") || "", nav = document.getElementById("nav"), index = null, asked = false, panel, status, list;
    function script(src, next) {
      var s = document.createElement("script");
      s.src = base + src; s.onload = next;
      s.onerror = function () { tell("Search is not available: " + src + " is missing."); };
      document.head.appendChild(s);
    }
    function tell(text) { build(); status.textContent = text; panel.hidden = false; place(); }
    function build() {
      if (panel) { return; }
      panel = make("div", input.parentNode, "", "results");
      panel.id = "results"; panel.hidden = true;
      status = make("p", panel, "", "status");
      status.setAttribute("role", "status");
      list = make("div", panel);
      input.setAttribute("aria-controls", "results");
      panel.addEventListener("keydown", move);
    }
    function place() {
      var r = input.getBoundingClientRect();
      panel.style.top = r.bottom + 6 + "px"; panel.style.left = r.left + "px";
    }
    function start() {
      if (asked) { return; }
      asked = true;
      script("assets/minisearch.js", function () { script("search.js", function () {
        var docs = window.linchpin.search.map(function (d, i) { return { i: i, t: d.t, k: d.k, x: d.x }; });
        var made = new window.MiniSearch({ idField: "i", fields: ["t", "k", "x"], searchOptions: {
          // the words as typed before what is merely like them, and a tool or a person before what bears their name
          boost: { t: 4, k: 1.5 }, weights: { prefix: .7, fuzzy: .1 }, prefix: true, combineWith: "AND",
          fuzzy: function (w) { return w.length > 4 ? .2 : false; },
          boostDocument: function (i) { return docs[i].k === "Tools" || docs[i].k === "People" ? 1.5 : 1; }
        } });
        made.addAllAsync(docs, { chunkSize: 200 }).then(function () { index = made; show(); });
      }); });
    }
    function extract(text, terms) {
      var low = text.toLowerCase(), at = -1;
      terms.forEach(function (t) { var p = low.indexOf(t); if (p >= 0 && (at < 0 || p < at)) { at = p; } });
      var from = at > 60 ? text.lastIndexOf(" ", at - 40) + 1 : 0;
      return (from > 0 ? "… " : "") + text.slice(from, from + 180);
    }
    function show() {
      var q = input.value.trim();
      build();
      if (!q) { panel.hidden = true; return; }
      if (!index) { tell("Loading the index …"); return; }
      var found = index.search(q), top = found.slice(0, 40), kinds = [], by = {};
      list.textContent = "";
      top.forEach(function (r) {
        var d = window.linchpin.search[r.id];
        if (!by[":" + d.k]) { by[":" + d.k] = []; kinds.push(d.k); }
        by[":" + d.k].push([d, r]);
      });
      kinds.forEach(function (k, n) {
        var head = make("p", list, k, "of"), ul = make("ul", list);
        head.id = "results-" + n; ul.setAttribute("aria-labelledby", head.id);
        by[":" + k].forEach(function (e) {
          var a = make("a", make("li", ul));
          a.href = base + e[0].u;
          make("b", a, e[0].t);
          if (e[0].x) { make("span", a, extract(e[0].x, e[1].terms)); }
        });
      });
      tell(found.length === 0 ? "Nothing found" : found.length === 1 ? "1 result" : found.length > 40 ? "40 of " + found.length + " results" : found.length + " results");
    }
    function close() { if (panel) { panel.hidden = true; } }
    function move(e) {
      var links = panel ? panel.querySelectorAll("a") : [], at = Array.prototype.indexOf.call(links, document.activeElement);
      if (e.key === "Escape") { if (document.activeElement === input) { input.value = ""; } close(); input.focus(); }
      else if (e.key === "ArrowDown" && links.length) { e.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
      else if (e.key === "ArrowUp" && at >= 0) { e.preventDefault(); if (at === 0) { input.focus(); } else { links[at - 1].focus(); } }
      else if (e.key === "Enter" && at < 0 && links.length && !panel.hidden) { e.preventDefault(); links[0].click(); }
    }
    input.addEventListener("focus", function () { start(); if (input.value.trim()) { show(); } });
    input.addEventListener("input", show);
    input.addEventListener("keydown", move);
    nav.addEventListener("scroll", function () { if (panel && !panel.hidden) { place(); } });
    document.addEventListener("click", function (e) { if (!input.parentNode.contains(e.target)) { close(); } else if (e.target.closest("a")) { close(); } });
    input.parentNode.addEventListener("focusout", function (e) { if (e.relatedTarget && !input.parentNode.contains(e.relatedTarget)) { close(); } });
    document.addEventListener("keydown", function (e) {
      if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || /^(input|textarea|select)$/i.test(e.target.tagName)) { return; }
      e.preventDefault();
      if (!input.offsetParent) { location.hash = "nav"; }
      nav.scrollTop = 0;
      input.focus();
    });
  }

  // Tables: a filter over the rows, sorting by the heads.
  function filter(input) {
    var table = document.getElementById(input.getAttribute("data-filters")), out = document.getElementById(input.id + "-count");
    var selects = input.parentNode.querySelectorAll("select[data-by]");
    if (!table) { return; }
    function narrow() {
      var words = input.value.trim().toLowerCase().split(/\s+/), wanted = [], shown = 0, on;
      each(selects, function (s) { if (s.value) { wanted.push(["data-" + s.getAttribute("data-by"), s.value]); } });
      on = words[0] !== "" || wanted.length > 0;
      table.classList.toggle("filtering", on);
      each(table.tBodies, function (body) {
        var left = 0;
        each(body.rows, function (row) {
          if (row.className === "group") { return; }
          var text = on ? row.textContent.toLowerCase() : "";
          row.hidden = on && !(words.every(function (w) { return text.indexOf(w) >= 0; }) && wanted.every(function (w) { return row.getAttribute(w[0]) === w[1]; }));
          if (!row.hidden) { left += 1; }
        });
        body.hidden = on && left === 0;
        shown += left;
      });
      if (table.tFoot) { table.tFoot.hidden = on; }
      out.textContent = on ? shown + " shown" : "";
    }
    input.addEventListener("input", narrow);
    each(selects, function (s) { s.addEventListener("change", narrow); });
  }
  function sortable(table) {
    var heads = table.tHead.rows[0].cells;
    // a dash and a gap count as empty, and what is empty comes last in both directions
    function valueOf(row, n) {
      var c = row.cells[n], t = c.textContent.trim(), first = c.firstElementChild;
      if (first && first.tagName === "TIME") { return first.dateTime; }
      return c.hasAttribute("data-sort") ? c.getAttribute("data-sort") : t.charAt(0) === "–" || c.querySelector(".none") ? "" : t;
    }
    function compare(a, b) {
      var x = a.value, y = b.value;
      if (x === y) { return a.at - b.at; }
      if (x === "" || y === "") { return x === "" ? Infinity : -Infinity; }
      return (!isNaN(x) && !isNaN(y) ? x - y : x.localeCompare(y, root.lang || "en", { numeric: true, sensitivity: "base" })) || a.at - b.at;
    }
    each(table.tBodies, function (body) { each(body.rows, function (row, i) { row.linchpinAt = i; }); });
    each(heads, function (th, n) {
      var label = th.firstChild;
      if (!label || label.nodeType !== 3) { return; }
      var button = make("button", null, label.textContent);
      button.type = "button";
      th.replaceChild(button, label);
      th.setAttribute("aria-sort", "none");
      button.addEventListener("click", function () {
        var next = { none: "ascending", ascending: "descending", descending: "none" }[th.getAttribute("aria-sort")];
        each(heads, function (h) { if (h.hasAttribute("aria-sort")) { h.setAttribute("aria-sort", "none"); } });
        th.setAttribute("aria-sort", next);
        each(table.tBodies, function (body) {
          var rows = Array.prototype.filter.call(body.rows, function (r) { return r.className !== "group"; }).map(function (r) { return { row: r, at: r.linchpinAt, value: valueOf(r, n) }; });
          rows.sort(function (a, b) {
            if (next === "none") { return a.at - b.at; }
            var c = compare(a, b);
            return next === "ascending" || Math.abs(c) === Infinity ? (c > 0 ? 1 : c < 0 ? -1 : 0) : -c;
          });
          rows.forEach(function (r) { body.appendChild(r.row); });
        });
      });
    });
  }

  // Pictures: zoom, pan, neighbours of a box, filters.
  function picture(canvas) {
    var svg = canvas.querySelector("svg"), tools = document.querySelector('[data-picture="' + canvas.id + '"]');
    if (!svg || !tools) { return; }
    var natural = svg.viewBox.baseVal.width || svg.clientWidth, scale = 0, drag = null;
    function zoom(to, x, y) {
      var r = canvas.getBoundingClientRect(), cx = x === undefined ? r.width / 2 : x - r.left, cy = y === undefined ? Math.min(r.height, innerHeight) / 2 : y - r.top;
      var old = svg.getBoundingClientRect().width / natural, px = (canvas.scrollLeft + cx) / old, py = (canvas.scrollTop + cy) / old;
      scale = to === 0 ? 0 : Math.max(.25, Math.min(4, to));
      canvas.classList.toggle("zoomed", scale > 0);
      svg.style.width = scale ? natural * scale + "px" : "";
      if (scale) { canvas.scrollLeft = px * scale - cx; canvas.scrollTop = py * scale - cy; }
    }
    function by(f) { zoom((scale || svg.getBoundingClientRect().width / natural) * f); }
    each(tools.querySelectorAll("[data-zoom]"), function (b) {
      var z = b.getAttribute("data-zoom");
      if (z === "full") { full(b); return; }
      b.addEventListener("click", function () { if (z === "fit") { zoom(0); } else { by(z === "in" ? 1.25 : .8); } });
    });
    function full(button) {
      var figure = canvas.parentNode;
      if (!figure.requestFullscreen) { button.hidden = true; return; }
      button.addEventListener("click", function () {
        if (document.fullscreenElement === figure) { document.exitFullscreen(); } else { figure.requestFullscreen().catch(function () { button.hidden = true; }); }
      });
      document.addEventListener("fullscreenchange", function () {
        var on = document.fullscreenElement === figure;
        button.textContent = on ? "Leave full screen" : "Full screen";
        zoom(0);
      });
    }
    if (tools.querySelector("[data-zoom]")) {
      canvas.addEventListener("wheel", function (e) {
        if (!e.ctrlKey && !e.metaKey) { return; }
        e.preventDefault();
        zoom((scale || svg.getBoundingClientRect().width / natural) * Math.exp(-e.deltaY / 300), e.clientX, e.clientY);
      }, { passive: false });
      canvas.addEventListener("keydown", function (e) {
        if (e.target !== canvas || e.ctrlKey || e.metaKey) { return; }
        if (e.key === "+" || e.key === "=") { by(1.25); } else if (e.key === "-") { by(.8); } else if (e.key === "0") { zoom(0); }
      });
      // Two fingers: what lies between them stays there.
      var pinch = null;
      canvas.style.touchAction = "pan-x pan-y";
      function spread(t) { return Math.hypot(t[0].clientX - t[1].clientX, t[0].clientY - t[1].clientY); }
      canvas.addEventListener("touchstart", function (e) {
        pinch = e.touches.length === 2 ? { by: spread(e.touches), scale: scale || svg.getBoundingClientRect().width / natural } : null;
      }, { passive: true });
      canvas.addEventListener("touchmove", function (e) {
        if (!pinch || e.touches.length !== 2) { return; }
        e.preventDefault();
        zoom(pinch.scale * spread(e.touches) / pinch.by, (e.touches[0].clientX + e.touches[1].clientX) / 2, (e.touches[0].clientY + e.touches[1].clientY) / 2);
      }, { passive: false });
      canvas.addEventListener("pointerdown", function (e) {
        if (scale && e.button === 0 && e.pointerType === "mouse") { drag = { x: e.clientX, y: e.clientY, left: canvas.scrollLeft, top: canvas.scrollTop, moved: false }; }
      });
      window.addEventListener("pointermove", function (e) {
        if (!drag) { return; }
        if (Math.abs(e.clientX - drag.x) + Math.abs(e.clientY - drag.y) > 4) { drag.moved = true; canvas.classList.add("dragging"); }
        canvas.scrollLeft = drag.left - e.clientX + drag.x; canvas.scrollTop = drag.top - e.clientY + drag.y;
      });
      window.addEventListener("pointerup", function () {
        var moved = drag && drag.moved;
        drag = null; canvas.classList.remove("dragging");
        if (moved) { window.addEventListener("click", function (e) { if (canvas.contains(e.target)) { e.preventDefault(); } }, { capture: true, once: true }); }
      });
      svg.addEventListener("dragstart", function (e) { e.preventDefault(); });
    }
    if (svg.querySelector(".d-box")) { walk(svg, canvas); }
    if (svg.querySelector(".d-hit")) { highlight(svg, tools); }
  }
  // What an address names on its page.
  function named() {
    var id = location.hash.slice(1);
    try { return decodeURIComponent(id); } catch (e) { return id; /* not an address of ours */ }
  }
  // On the overview of a large map such an address leads on, to the page that draws the tool or the integration.
  function elsewhere(script) {
    var places = JSON.parse(script.textContent);
    function go() {
      var id = named(), row = document.getElementById("tool." + id.replace(/^tool\./, "")), line = id.replace(/^integration\./, "");
      if (!id || (document.getElementById(id) && document.getElementById(id) !== row)) { return; }
      if (row) { location.replace(row.querySelector("a").href); return; }
      Object.keys(places).forEach(function (area) {
        if (places[area].indexOf(line) >= 0) { location.replace("map/" + area + ".html#integration." + encodeURIComponent(line)); }
      });
    }
    window.addEventListener("hashchange", go);
    go();
  }
  // Arrow keys lead from box to box: to one that a line leads to if there is any in that direction, else to the nearest.
  function walk(svg, canvas) {
    var boxes = Array.prototype.slice.call(svg.querySelectorAll("a.d-box"));
    function middle(b) { var r = b.querySelector("rect"); function of(n) { return parseFloat(r.getAttribute(n)); } return [of("x") + of("width") / 2, of("y") + of("height") / 2]; }
    function joined(a, b) {
      var x = a.getAttribute("data-box"), y = b.getAttribute("data-box");
      return Array.prototype.some.call(svg.querySelectorAll("[data-from]"), function (h) {
        var e = [h.getAttribute("data-from"), h.getAttribute("data-to")];
        return e.indexOf(x) >= 0 && e.indexOf(y) >= 0;
      });
    }
    svg.addEventListener("keydown", function (e) {
      var way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key], here = e.target.closest("a.d-box");
      if (e.ctrlKey || e.metaKey || e.altKey || e.shiftKey || !here) { return; }
      if (e.key === "Escape") { canvas.focus(); return; }
      if (!way) { return; }
      var from = middle(here), best = null, least = Infinity;
      boxes.forEach(function (b) {
        var to = middle(b), dx = to[0] - from[0], dy = to[1] - from[1], ahead = dx * way[0] + dy * way[1], aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
        // ahead means rather in that direction than beside it; columns are far apart, so that left and right see further
        if (b === here || ahead < 1 || aside > ahead * (way[0] ? 4 : 1)) { return; }
        var cost = (ahead + aside * 1.5) * (joined(here, b) ? 1 : 2.5);
        if (cost < least) { least = cost; best = b; }
      });
      e.preventDefault();
      if (best) { best.focus(); best.scrollIntoView({ block: "nearest", inline: "nearest" }); }
    });
  }
  // Neighbours and filters. Boxes are `.d-box`; everything drawn of an integration names it in `data-line`,
  // and its transparent stroke `.d-hit` names its ends.
  function highlight(svg, tools) {
    var boxes = svg.querySelectorAll(".d-box"), hits = svg.querySelectorAll(".d-hit"), strokes = svg.querySelectorAll("[data-line]");
    var selects = tools.querySelectorAll("select"), status = tools.querySelector("[role=status]"), pinned = null;
    function ends(hit) { return [hit.getAttribute("data-from"), hit.getAttribute("data-to")]; }
    function ids(stroke) { return stroke.getAttribute("data-line").split(" "); }
    function paint(keepBox, keepHit, mark) {
      var kept = {};
      each(boxes, function (b) { b.classList.toggle("is-off", !keepBox(b)); });
      each(hits, function (h) {
        var keep = keepHit(h);
        h.classList.toggle("is-on", keep && mark);
        if (keep) { ids(h).forEach(function (id) { kept[id] = true; }); }
      });
      each(strokes, function (s) { s.classList.toggle("is-off", !ids(s).some(function (id) { return kept[id]; })); });
    }
    function near(id) {
      var seen = {};
      seen[id] = true;
      each(hits, function (h) { var e = ends(h); if (e.indexOf(id) >= 0) { e.forEach(function (x) { seen[x] = true; }); } });
      paint(function (b) { return seen[b.getAttribute("data-box")] === true; }, function (h) { return ends(h).indexOf(id) >= 0; }, true);
    }
    // Some lines between their ends.
    function alone(keep) {
      var seen = {};
      each(hits, function (h) { if (keep(h)) { ends(h).forEach(function (x) { seen[x] = true; }); } });
      paint(function (b) { return seen[b.getAttribute("data-box")] === true; }, keep, true);
    }
    function rest() {
      if (filtered()) { return; }
      if (pinned) { pinned(); } else { paint(function () { return true; }, function () { return true; }, false); }
    }
    function filtered() {
      var wanted = [], touched = {}, boxCount = 0, lineCount = 0;
      each(selects, function (s) { if (s.value) { wanted.push(["data-" + s.getAttribute("data-by"), s.value]); } });
      status.textContent = "";
      if (!wanted.length) { return false; }
      // true, false, or undefined where things of its kind say nothing about what is asked
      function says(e) {
        var known = false, kind = e.classList.contains("d-hit") ? ".d-hit" : ".d-box", ok = wanted.every(function (w) {
          if (!svg.querySelector(kind + "[" + w[0] + "]") || (e.hasAttribute("data-tools") && !e.hasAttribute(w[0]))) { return true; }
          known = true;
          return (e.getAttribute(w[0]) || "").split(" ").indexOf(w[1]) >= 0;
        });
        return known ? ok : undefined;
      }
      // a line answers for itself; what it says nothing about, one of its ends must say
      var asked = wanted.filter(function (w) { return !svg.querySelector(".d-hit[" + w[0] + "]"); });
      var fit = {};
      each(boxes, function (b) { if (asked.every(function (w) { return b.getAttribute(w[0]) === w[1]; })) { fit[b.getAttribute("data-box")] = true; } });
      function keepHit(h) { return says(h) !== false && ends(h).some(function (x) { return fit[x]; }); }
      each(hits, function (h) { if (keepHit(h)) { lineCount += 1; ends(h).forEach(function (x) { touched[x] = true; }); } });
      paint(function (b) {
        var s = says(b), ok = s === undefined ? touched[b.getAttribute("data-box")] === true : s;
        if (ok && !b.hasAttribute("data-tools")) { boxCount += 1; }
        return ok;
      }, keepHit, false);
      status.textContent = boxCount + " of " + svg.querySelectorAll(".d-box:not([data-tools])").length + " tools, " + lineCount + " of " + hits.length + " lines";
      return true;
    }
    each(boxes, function (b) {
      var id = b.getAttribute("data-box");
      ["mouseenter", "focus"].forEach(function (n) { b.addEventListener(n, function () { near(id); }); });
      ["mouseleave", "blur"].forEach(function (n) { b.addEventListener(n, rest); });
    });
    each(hits, function (h) {
      h.addEventListener("mouseenter", function () { alone(function (x) { return x === h; }); });
      h.addEventListener("mouseleave", rest);
    });
    each(selects, function (s) { s.addEventListener("change", rest); });
    // `map.html#hubspot` or `#tool.hubspot` shows the neighbours of a tool, `#integration.ID` an integration between its ends.
    function jump() {
      var id = named(), found = null;
      var tool = id.replace(/^tool\./, ""), line = id.replace(/^integration\./, "");
      each(boxes, function (b) { if (b.getAttribute("data-box") === tool) { found = b; } });
      pinned = found ? function () { near(tool); } : null;
      each(found ? [] : hits, function (h) {
        if (ids(h).indexOf(line) < 0) { return; }
        found = h;
        pinned = function () { alone(function (x) { return ids(x).indexOf(line) >= 0; }); };
      });
      if (found) { found.scrollIntoView({ block: "center", inline: "center" }); }
      rest();
    }
    window.addEventListener("hashchange", jump);
    if (location.hash) { jump(); }
  }

  // Heads: a link to each, which is also copied. The mark of the link is drawn, so that it is no word of the page.
  function here(head, status) {
    var part = head.closest("article[id]"), a = make("a", null, "", "here");
    head.insertBefore(a, head.querySelector(".h-note"));
    a.href = "#" + (part || head).id;
    function name(text) { a.setAttribute("aria-label", text); a.title = text; }
    name("Copy link");
    a.addEventListener("click", function () {
      if (!navigator.clipboard) { return; }
      navigator.clipboard.writeText(a.href).then(function () {
        a.classList.add("copied");
        status.textContent = "Link copied";
        setTimeout(function () { a.classList.remove("copied"); status.textContent = ""; }, 2000);
      }, function () { /* the address bar has it */ });
    });
  }
  function heads() {
    var all = document.querySelectorAll("main h2[id], main .q h3[id], main .md h3[id]"), status;
    if (!all.length) { return; }
    status = make("p", document.querySelector("main"), "", "vh");
    status.setAttribute("role", "status");
    each(all, function (head) { here(head, status); });
  }

  root.classList.add("js");
  apply(load());
  document.addEventListener("DOMContentLoaded", function () {
    each(document.querySelectorAll(".side"), function (side) {
      var box = make("div", null, null, "search");
      side.insertBefore(box, side.querySelector(".first"));
      search(box);
      theme(make("p", side, null, "theme"));
    });
    each(document.querySelectorAll("[data-filters]"), filter);
    each(document.querySelectorAll("table[data-sortable]"), sortable);
    each(document.querySelectorAll(".canvas[id]"), picture);
    each(document.querySelectorAll("script.places"), elsewhere);
    heads();
    each(document.querySelectorAll(".side [aria-current]"), function (a) { var s = document.getElementById("nav"); if (a.offsetTop > s.clientHeight - 40) { s.scrollTop = a.offsetTop - s.clientHeight / 2; } });
  });
}());
