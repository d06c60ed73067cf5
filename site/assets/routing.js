// Routes or scores a record on the page of a routing or scoring. The first part means by conditions what
// src/routing/ means by them, and is run against the same vectors; the second part is the form.
(function (out) {
  "use strict";

  // --- What conditions mean. A value is null (missing), a folded text, a number or a boolean. ---

  var space = /^[ \t\n\f\r]+|[ \t\n\f\r]+$/g;
  function fold(text) { return Array.from(text.replace(space, ""), function (c) { return c.toLowerCase(); }).join(""); }

  // A value as it is written in a list of values or in a test.
  function value(written) { return typeof written === "string" ? fold(written) || null : written; }

  // A value of a field from text: `{ value }`, or `{ misfit }` that says why the text is none.
  function read(field, text) {
    var plain = text.replace(space, ""), read;
    if (plain === "") { return { value: null }; }
    if (field.type === "text") { read = fold(plain); }
    else if (field.type === "boolean") {
      if (!/^(true|false)$/i.test(plain)) { return { misfit: "it is neither true nor false" }; }
      read = plain.toLowerCase() === "true";
    } else {
      var whole = field.type === "integer";
      if (!(whole ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i).test(plain) || !isFinite(plain)) {
        return { misfit: whole ? "it is no whole number" : "it is no number" };
      }
      if (whole && BigInt.asIntN(64, BigInt(plain.replace("+", ""))) !== BigInt(plain.replace("+", ""))) { return { misfit: "it is no whole number" }; }
      read = Number(plain) + 0; // zero has no sign
      if (field.min !== undefined && read < field.min) { return { misfit: "the least value is " + field.min }; }
      if (field.max !== undefined && read > field.max) { return { misfit: "the greatest value is " + field.max }; }
    }
    if (field.values && field.values.map(value).indexOf(read) < 0) { return { misfit: "it is not in the field's list of values" }; }
    return { value: read };
  }

  var asks = {
    "one-of": function (v, of) { return of.indexOf(v) >= 0; },
    "none-of": function (v, of) { return of.indexOf(v) < 0; },
    min: function (v, bound) { return typeof v === "number" && v >= bound; },
    max: function (v, bound) { return typeof v === "number" && v <= bound; },
    above: function (v, bound) { return typeof v === "number" && v > bound; },
    below: function (v, bound) { return typeof v === "number" && v < bound; },
    "starts-with": function (v, parts) { return typeof v === "string" && parts.some(function (p) { return v.startsWith(p); }); },
    "ends-with": function (v, parts) { return typeof v === "string" && parts.some(function (p) { return v.endsWith(p); }); },
    contains: function (v, parts) { return typeof v === "string" && parts.some(function (p) { return v.includes(p); }); },
    present: function (v, wanted) { return wanted; }
  };
  function filterHolds(filter, record) {
    var v = record[filter.field], operators = Object.keys(filter.asks);
    if (v === undefined || v === null) { return operators.length > 0 && operators.every(function (o) { return o === "present" && !filter.asks[o]; }); }
    return operators.every(function (o) { return asks[o](v, filter.asks[o]); });
  }
  // For each clause the filters that fail; none fails in one that holds.
  function failing(clauses, record) {
    return clauses.map(function (clause) { return clause.filter(function (filter) { return !filterHolds(filter, record); }); });
  }
  function holds(clauses, record) { return failing(clauses, record).some(function (failed) { return failed.length === 0; }); }

  // The record as another routing reads it: by name, a value of another type is missing.
  var types = { text: ["string"], integer: ["number"], number: ["number"], boolean: ["boolean"] };
  function handOver(record, from, to) {
    return to.map(function (field) {
      var at = from.findIndex(function (f) { return f.name === field.name; }), v = at < 0 ? null : record[at];
      return types[field.type].indexOf(typeof v) < 0 ? null : v;
    });
  }

  // Who is asked and who decides: a list of `{ routing, record, rule }`; `rule` is -1 where none takes the record.
  function decide(routings, id, record) {
    var routes = [], most = Object.keys(routings).length;
    for (;;) {
      var asked = routings[id], rule = asked.rules.findIndex(function (r) { return holds(r.when, record); }), over;
      routes.push({ routing: id, record: record, rule: rule });
      over = rule < 0 ? undefined : asked.rules[rule].over;
      if (over === undefined || !routings[over] || routes.length > most) { return routes; }
      record = handOver(record, asked.fields, routings[over].fields);
      id = over;
    }
  }

  function points(criteria, record) {
    return criteria.reduce(function (sum, c) { return holds(c.when, record) ? sum + c.points : sum; }, 0);
  }

  out.routing = { fold: fold, value: value, read: read, holds: holds, failing: failing, handOver: handOver, decide: decide, points: points };
  if (typeof document === "undefined") { return; }

  // --- The form. Whatever a stack says enters the page by what site.js made for that. ---

  var make = out.make, say = out.say;
  function shown(number) { return number.toLocaleString("en", { maximumFractionDigits: 20 }); }
  function spoken(field) { return field.name.replace(/-/g, " "); }
  // What a field wants, where a text is no value of it.
  function wanted(field, misfit) {
    var least = field.min !== undefined, most = field.max !== undefined;
    if (/value is/.test(misfit)) {
      return "must be " + (least && most ? "between " + shown(field.min) + " and " + shown(field.max) : least ? shown(field.min) + " or more" : shown(field.max) + " or less");
    }
    if (field.values) { return "must be in the list"; }
    return field.type === "boolean" ? "must be true or false" : field.type === "integer" ? "must be a whole number, such as 1200" : "must be a number, such as 1200.5";
  }
  // Whether some condition tells this text from others.
  function isNamed(all, name, v) {
    return all.some(function (logic) {
      return logic.rules.some(function (rule) { return rule.when.some(function (clause) { return clause.some(function (filter) {
        var of = filter.asks;
        return logic.fields[filter.field].name === name && ((of["one-of"] || []).concat(of["none-of"] || []).indexOf(v) >= 0 ||
          ["starts-with", "ends-with", "contains"].some(function (o) { return of[o] && asks[o](v, of[o]); }));
      }); }); });
    });
  }

  // The numbers of the fields that some rule reads, here or where the record is handed over to, in the order of reading.
  function inputs(fields, all) {
    var names = [];
    all.forEach(function (logic) {
      logic.rules.forEach(function (rule) { rule.when.forEach(function (clause) { clause.forEach(function (filter) { names.push(logic.fields[filter.field].name); }); }); });
    });
    return fields.map(function (field, n) { return { at: names.indexOf(field.name), n: n }; })
      .filter(function (f) { return f.at >= 0; }).sort(function (a, b) { return a.at - b.at; }).map(function (f) { return f.n; });
  }

  function start(box) {
    var logic = JSON.parse(box.querySelector("script").textContent), first = logic.routings[logic.ask], isScore = logic.threshold !== undefined;
    var order = Object.keys(logic.routings).map(function (id) { return logic.routings[id]; });
    order.forEach(function (of) { of.fields = of.fields || logic.fields; });
    order.splice(order.indexOf(first), 1);
    var all = [first].concat(order), controls = inputs(first.fields, all).map(control);
    var head = document.createElement("p"), grid = document.createElement("div"), verdict, trace, link;

    function control(n) {
      var field = first.fields[n], id = "try-" + n, label = make("label", null, spoken(field)), named = logic.named[field.name], input, note, hint, list;
      label.htmlFor = id;
      if (field.values || field.type === "boolean") {
        input = document.createElement("select");
        make("option", input, "—").value = "";
        (field.values || [true, false]).forEach(function (v) { make("option", input, v === true ? "yes" : v === false ? "no" : v).value = String(v); });
      } else {
        input = document.createElement("input");
        // An input for numbers would read other texts as numbers than the engine does.
        input.type = "text";
        if (field.type !== "text" && field.min >= 0) { input.inputMode = field.type === "integer" ? "numeric" : "decimal"; }
        input.autocomplete = "off"; input.spellcheck = false;
        if (named && field.type === "text") {
          list = make("datalist");
          named.forEach(function (v) { make("option", list).value = v; });
          list.id = id + "-named";
          input.setAttribute("list", list.id);
        }
      }
      input.id = id;
      if (logic.hints[field.name]) { hint = make("span", null, logic.hints[field.name], "sec"); hint.id = id + "-hint"; }
      note = make("span", null, "", "misfit");
      note.id = id + "-misfit";
      input.setAttribute("aria-describedby", (hint ? hint.id + " " : "") + note.id);
      return { n: n, field: field, label: label, input: input, note: note, hint: hint, list: list };
    }

    function fill(record) {
      controls.forEach(function (c) {
        // A field may be called what every object has.
        var v = Object.prototype.hasOwnProperty.call(record, c.field.name) ? record[c.field.name] : undefined;
        c.input.value = v === undefined ? "" : String(v);
        // A test may write a value of a closed list in another case.
        if (v !== undefined && c.input.tagName === "SELECT") {
          Array.prototype.forEach.call(c.input.options, function (o) { if (o.value !== "" && fold(o.value) === fold(String(v))) { c.input.value = o.value; } });
        }
      });
      show();
    }

    function idle() {
      controls.forEach(function (c) { c.input.value = ""; });
      show();
      verdict.textContent = ""; trace.textContent = "";
      paint(null);
      say(verdict, "Fill in what is known of " + logic.record + ", and leave the rest empty.");
    }
    function show() {
      var record = first.fields.map(function () { return null; }), misfits = [], filled = [], absent = [], typed = Object.create(null);
      controls.forEach(function (c) {
        var got = read(c.field, c.input.value), wrong = got.misfit && wanted(c.field, got.misfit);
        c.note.className = wrong ? "misfit" : "sec";
        c.note.textContent = wrong || (c.list && got.value !== null && !isNamed(all, c.field.name, got.value) ? "no rule names this" : "");
        if (wrong) { c.input.setAttribute("aria-invalid", "true"); misfits.push(spoken(c.field) + " " + wrong); } else { c.input.removeAttribute("aria-invalid"); record[c.n] = got.value; }
        if (c.field.required && got.value === null) { absent.push(spoken(c.field)); }
        typed[c.field.name] = c.input.value.trim();
        if (c.input.value !== "") { filled.push(encodeURIComponent(c.field.name) + "=" + encodeURIComponent(c.input.value)); }
      });
      link.hidden = filled.length === 0 || misfits.length > 0;
      link.href = "#" + filled.join("&");
      verdict.textContent = ""; trace.textContent = "";
      paint(null);
      if (misfits.length) { say(verdict, "No answer yet: " + misfits.join("; ") + "."); return; }
      if (isScore) { score(record, typed); } else { route(record, typed); }
      if (absent.length) { make("span", verdict, " Required and still empty: " + absent.join(", ") + ".", "sec"); }
    }

    function named(parent, rule, page) {
      var a = make("a", parent, rule.name);
      a.href = page + "#" + rule.id;
    }
    // Why a rule does not take the record: for each of its alternatives what it asks and what there is.
    function why(li, rule, fields, record, typed) {
      failing(rule.when, record).forEach(function (failed, n) {
        say(li, n ? ", or that " : " asks that ");
        failed.forEach(function (filter, m) {
          var v = record[filter.field];
          say(li, (m ? " and " : "") + spoken(fields[filter.field]) + " " + filter.words);
          if (v !== null) { say(li, " (it is "); make("b", li, typeof v === "number" ? shown(v) : typed[fields[filter.field].name]); say(li, ")"); }
          else { say(li, filter.asks["none-of"] ? " (it is empty, and an empty field never matches)" : " (it is empty)"); }
        });
      });
      if (!rule.when.length) { say(li, " takes nothing"); }
    }
    function route(record, typed) {
      var routes = decide(logic.routings, logic.ask, record);
      routes.forEach(function (step, n) {
        var of = logic.routings[step.routing], page = n ? step.routing + ".html" : "", list, last = of.rules[step.rule];
        if (n) { make("p", trace, of.name, "of"); }
        list = make("ol", trace);
        of.rules.slice(0, step.rule < 0 ? undefined : step.rule + 1).forEach(function (rule, at) {
          var li = make("li", list);
          named(li, rule, page);
          if (at !== step.rule) { why(li, rule, of.fields, step.record, typed); return; }
          li.className = "hit";
          say(li, rule.over && routes.length > n + 1 ? " takes it and hands it over" : " takes it");
        });
        if (n + 1 < routes.length) { return; }
        if (step.rule < 0) {
          make("b", verdict, of.partial ? "Left to others." : "Nobody.");
          say(verdict, " No rule" + (n ? " of " + of.name : "") + " takes " + logic.record + " like this.");
        } else {
          make("b", verdict, last.to);
          say(verdict, (last.why ? ": " + last.why : last.how ? ", " + last.how : "") + ". Rule: ");
          named(verdict, last, page);
          say(verdict, n ? " of " + of.name + "." : ".");
        }
      });
      paint(routes[0].rule);
    }
    function score(record, typed) {
      var sum = points(first.rules, record), list = make("ul", trace), short = logic.threshold - sum;
      make("b", verdict, sum === 1 || sum === -1 ? shown(sum) + " point" : shown(sum) + " points");
      say(verdict, short <= 0 ? ": promoted" + (logic.to ? " to " + logic.to : "") + ", from " + shown(logic.threshold) + " on." : ": not promoted, " + shown(short) + " short of " + shown(logic.threshold) + ".");
      first.rules.forEach(function (rule) {
        var li = make("li", list), counts = holds(rule.when, record);
        make("span", li, counts ? (rule.points < 0 ? "−" + -rule.points : "+" + rule.points) : "0", "points");
        named(li, rule, "");
        if (counts) { li.className = "hit"; } else { why(li, rule, first.fields, record, typed); }
      });
      paint(null, function (rule) { return holds(rule.when, record); });
    }

    // Marks the way of the record in the table and in the picture.
    function paint(taken, counts) {
      first.rules.forEach(function (rule, n) {
        var row = document.getElementById(rule.id);
        if (row) { row.classList.toggle("is-hit", counts ? counts(rule) : n === taken); }
      });
      Array.prototype.forEach.call(document.querySelectorAll("[data-step]"), function (e) {
        var way = e.getAttribute("data-way"), n = Number(e.getAttribute("data-step")), none = taken === null;
        var on = way === "end" ? taken < 0 : way === "yes" ? n === taken : taken < 0 || n < taken || (way === "ask" && n === taken);
        e.classList.toggle("is-off", !none && !on);
        e.classList.toggle("is-hit", !none && (way === "end" ? taken < 0 : way !== "no" && n === taken));
      });
    }

    function linked() {
      var record = Object.create(null);
      if (location.hash.indexOf("=") < 0) { return false; }
      new URLSearchParams(location.hash.slice(1)).forEach(function (v, name) { record[name] = v; });
      fill(record);
      return true;
    }

    if (logic.tests.length) {
      var label = make("label", head, "Start from the test "), select = make("select", label);
      make("option", select, "—").value = "";
      logic.tests.forEach(function (test, n) { make("option", select, test.name).value = String(n); });
      select.addEventListener("change", function () { if (select.value === "") { idle(); } else { fill(logic.tests[Number(select.value)].record); } });
    }
    var clear = make("button", head, "Clear");
    clear.type = "button";
    clear.addEventListener("click", function () { if (select) { select.value = ""; } idle(); });
    link = make("a", head, "Link to this record");
    head.className = "try-head"; grid.className = "try-fields";
    controls.forEach(function (c) {
      var cell = make("div", grid);
      [c.label, c.input, c.list, c.note, c.hint].forEach(function (e) { if (e) { cell.appendChild(e); } });
      c.input.addEventListener("input", show);
    });
    box.appendChild(head);
    if (logic.kept.length) { make("p", box, "Not offered, as they turn on what this site withholds: " + logic.kept.join(", ") + ".", "sec"); }
    box.appendChild(grid);
    verdict = make("p", box, "", "verdict"); verdict.setAttribute("role", "status");
    trace = make("div", box, "", "trace");
    window.addEventListener("hashchange", linked);
    if (!linked()) { idle(); }
  }

  document.addEventListener("DOMContentLoaded", function () { Array.prototype.forEach.call(document.querySelectorAll(".try"), start); });
}(typeof module === "object" ? module.exports : window.linchpin));
