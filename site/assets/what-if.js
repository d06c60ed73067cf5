// What stops and what becomes unmaintained when people or tools go, on the map. The first part means by a departure what
// src/analysis/departure/ means by it, and is run against the command; the second part is the control.
(function (out) {
  "use strict";

  // --- What a departure means. `gone` has `people` and `tools`, each a list of ids. ---

  function tell(data, gone) {
    var stopped = {}, told = { stops: [], stopped: [], unmaintained: [], recoverable: [], covered: [] };
    function isGone(person) { return gone.people.indexOf(person) >= 0; }
    function lacks(thing) { return (thing.needs || []).some(function (tool) { return gone.tools.indexOf(tool) >= 0; }); }
    data.things.forEach(function (thing) {
      if (thing.kind === "flow" || thing.kind === "tool" || !thing.works) { return; }
      if (lacks(thing) || (thing.as && isGone(thing.as))) { told.stopped.push(thing); if (thing.kind === "integration") { stopped[thing.id] = true; } }
    });
    data.things.forEach(function (thing) {
      if (thing.kind === "flow" && thing.works) {
        var breaks = thing.hops.some(function (by) { return by.every(function (id) { return stopped[id] === true; }); });
        if (lacks(thing) || breaks) { told.stops.push(thing); }
      }
      if (thing.kind === "tool" && gone.tools.indexOf(thing.id) >= 0) { return; }
      if (thing.kind !== "flow" && thing.works && lacks(thing)) { return; }
      var known = Object.keys(thing.by);
      if (!known.some(isGone)) { return; }
      var left = known.some(function (person) { return thing.by[person] && !isGone(person); }) || thing.teams > 0;
      told[left ? "covered" : thing.fresh ? "recoverable" : "unmaintained"].push(thing);
    });
    return told;
  }
  out.whatIf = tell;
  if (typeof document === "undefined") { return; }

  // --- The control. Whatever a stack says enters the page by what site.js made for that. ---

  var each = out.each, make = out.make;

  function start(box) {
    // The data is on the page, or in a script of its own that several pages share.
    var script = box.querySelector("script"), data = script ? JSON.parse(script.textContent) : out.gone, gone = { people: [], tools: [] };
    if (!data) { return; }
    var svg = document.querySelector("#map svg"), root = box.getAttribute("data-root");
    box.textContent = "";
    var line = make("p", box, null, "try-head"), label = make("label", line, "Without "), select = make("select", label);
    var chips = make("span", line, null, "chips"), clear = make("button", line, "Clear");
    clear.type = "button";
    var verdict = make("p", box, null, "verdict"), section = document.getElementById("what-if"), lists = make("div", section ? section.parentNode : box, null, "whatif-lists");
    verdict.setAttribute("role", "status");

    function options() {
      select.textContent = "";
      make("option", select, "choose a person or a tool").value = "";
      [["people", "People"], ["tools", "Tools"]].forEach(function (of) {
        var group = make("optgroup", select);
        group.label = of[1];
        data[of[0]].forEach(function (one) {
          if (gone[of[0]].indexOf(one.id) < 0) { make("option", group, one.name).value = of[0] + " " + one.id; }
        });
      });
    }
    function remove(kind, id) { gone[kind] = gone[kind].filter(function (other) { return other !== id; }); show(); select.focus(); }
    function chip(kind, one) {
      var button = make("button", chips, one.name + " ✕");
      button.type = "button";
      button.setAttribute("aria-label", out.plain("With " + one.name + " again"));
      button.addEventListener("click", function () { remove(kind, one.id); });
    }
    function list(title, things) {
      if (!things.length) { return; }
      var p = make("p", lists);
      make("b", p, title + " ");
      things.forEach(function (thing, n) {
        if (n) { out.say(p, ", "); }
        make("a", p, thing.name).href = root + thing.href;
      });
    }
    function paint(told) {
      if (!svg) { return; }
      var of = { stopped: {}, left: {}, tools: {} };
      told.stopped.forEach(function (t) { if (t.kind === "integration") { of.stopped[t.id] = true; } });
      told.unmaintained.forEach(function (t) { if (t.kind === "integration") { of.left[t.id] = true; } if (t.kind === "tool") { of.tools[t.id] = true; } });
      each(svg.querySelectorAll(".d-box"), function (b) {
        var id = b.getAttribute("data-box");
        b.classList.toggle("is-gone", gone.tools.indexOf(id) >= 0);
        b.classList.toggle("is-left", of.tools[id] === true);
      });
      each(svg.querySelectorAll("[data-line]"), function (s) {
        var ids = s.getAttribute("data-line").split(" ");
        function all(set) { return ids.every(function (id) { return set[id] === true; }); }
        s.classList.toggle("is-gone", all(of.stopped));
        s.classList.toggle("is-left", !all(of.stopped) && ids.every(function (id) { return of.stopped[id] || of.left[id]; }));
      });
    }
    function number(n, one, many) { return n + " " + (n === 1 ? one : many); }
    function show() {
      var chosen = gone.people.length + gone.tools.length, told = tell(data, gone);
      options();
      chips.textContent = "";
      ["people", "tools"].forEach(function (kind) { data[kind].forEach(function (one) { if (gone[kind].indexOf(one.id) >= 0) { chip(kind, one); } }); });
      clear.hidden = !chosen;
      lists.textContent = "";
      verdict.textContent = chosen
        ? number(told.stops.length, "flow stops", "flows stop") + " now, " + number(told.stopped.length, "other thing stops", "other things stop") + ", " +
          told.unmaintained.length + " unmaintained, " + told.recoverable.length + " recoverable, " + told.covered.length + " covered. On the map, faint is gone or stops; dashed boxes and pale lines are left to nobody."
        : "";
      if (chosen) {
        out.say(verdict, " ");
        make("a", verdict, "Which, below the map").href = "#what-if";
        out.say(verdict, ".");
        list("Flows that stop:", told.stops);
        list("Also stops:", told.stopped);
        list("Unmaintained, nobody else can run it and no fresh runbook describes it:", told.unmaintained);
        list("Recoverable, a fresh runbook describes it:", told.recoverable);
        list("Covered, others can run it:", told.covered);
      }
      paint(told);
      try { history.replaceState(null, "", chosen ? "#without=" + ["people", "tools"].map(function (k) { return gone[k].map(function (id) { return (k === "people" ? "person." : "tool.") + id; }); }).join(",").replace(/^,|,$/g, "") : location.hash.indexOf("#without=") === 0 ? "#what-if" : location.hash || location.pathname); } catch (e) { /* a page of a zip may not */ }
    }
    function linked() {
      if (location.hash.indexOf("#without=") !== 0) { return false; }
      gone = { people: [], tools: [] };
      var asked = location.hash.slice(9);
      try { asked = decodeURIComponent(asked); } catch (e) { asked = ""; }
      asked.split(",").forEach(function (address) {
        var kind = address.indexOf("person.") === 0 ? "people" : address.indexOf("tool.") === 0 ? "tools" : null, id = address.slice(address.indexOf(".") + 1);
        if (kind && data[kind].some(function (one) { return one.id === id; }) && gone[kind].indexOf(id) < 0) { gone[kind].push(id); }
      });
      show();
      return true;
    }
    select.addEventListener("change", function () {
      var of = select.value.split(" ");
      if (of.length === 2) { gone[of[0]].push(of[1]); show(); }
    });
    clear.addEventListener("click", function () { gone = { people: [], tools: [] }; show(); select.focus(); });
    window.addEventListener("hashchange", linked);
    if (!linked()) { options(); clear.hidden = true; }
  }

  document.addEventListener("DOMContentLoaded", function () { each(document.querySelectorAll(".whatif"), start); });
}(typeof module === "object" ? module.exports : window.linchpin));
