// The script of the pages and the engine mean the same by conditions: both are run against `../vectors/`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { linchpin, repository, scratch } from "./lib/sites.js";
import { logic, records, script } from "./lib/logic.js";

const folder = join(repository, "tests/vectors");
const { decide, holds, points, read } = script();
const vectors = JSON.parse(readFileSync(join(folder, "routing.json"), "utf8"));
/** A file with JSON on each line. */
const lines = (name) => readFileSync(join(folder, name), "utf8").trimEnd().split("\n").map((line) => JSON.parse(line));
const [fields, readable, ...compiled] = lines("compiled.jsonl");

describe("conditions written by hand", () => {
  test("there is one that was compiled for each", () => assert.equal(compiled.length, vectors.conditions.length));

  for (const [at, { name, holds: yes, fails: no }] of vectors.conditions.entries()) {
    test(name, () => {
      for (const record of yes) assert.ok(holds(compiled[at], records(fields, record)), `does not hold of ${JSON.stringify(record)}`);
      for (const record of no) assert.ok(!holds(compiled[at], records(fields, record)), `holds of ${JSON.stringify(record)}`);
    });
  }
});

test("random conditions hold of the random records of which the engine says so", () => {
  const [drawn, ...cases] = lines("random.jsonl");
  assert.ok(cases.length >= 400 && drawn.length >= 64);
  const all = drawn.map((list) => records(fields, Object.fromEntries(fields.map((field, n) => [field.name, list[n]]).filter(([, v]) => v !== null))));
  for (const [clauses, answers] of cases) {
    const said = all.map((record) => (holds(clauses, record) ? "1" : "0")).join("");
    const differs = [...said].findIndex((answer, n) => answer !== answers[n]);
    assert.equal(differs, -1, `${JSON.stringify(clauses)} of ${JSON.stringify(drawn[differs])}: ${said[differs]}, the engine says ${answers[differs]}`);
  }
});

describe("text of an input", () => {
  const field = (name) => readable.find((of) => of.name === name);

  test("is read as the engine reads it", () => {
    for (const [name, text, value] of vectors.reading.values) assert.deepEqual(read(field(name), text), { value }, `${name} ${JSON.stringify(text)}`);
  });

  test("is refused for the engine's reason", () => {
    for (const [name, text, misfit] of vectors.reading.misfits) assert.deepEqual(read(field(name), text), { misfit }, `${name} ${JSON.stringify(text)}`);
  });
});

describe("pages of the vectors' stack", () => {
  const site = { folder: join(scratch(), "site") };
  linchpin(["build", join(folder, "stack"), "-o", site.folder]);

  test("hand records over as the engine does", () => {
    for (const { ask, record, route } of vectors.decisions) {
      const data = logic(site, `routing/${ask}.html`);
      const steps = decide(data.routings, data.ask, records(data.routings[ask].fields, record));
      const named = steps.map((step) => [step.routing, data.routings[step.routing].rules[step.rule]?.name ?? null]);
      assert.deepEqual(named, route, `${ask} ${JSON.stringify(record)}`);
    }
  });

  test("add up points as the engine does", () => {
    for (const { ask, record, points: expected } of vectors.points) {
      const data = logic(site, `scoring/${ask}.html`);
      assert.equal(points(data.routings[ask].rules, records(data.routings[ask].fields, record)), expected, JSON.stringify(record));
    }
  });
});

test("the script asks nothing of a browser unless there is one", () => {
  const source = readFileSync(join(repository, "templates/assets/routing.js"), "utf8");
  assert.ok(!/\b(fetch|XMLHttpRequest|innerHTML|insertAdjacentHTML|eval|import)\b/.test(source));
  assert.equal(typeof createRequire(import.meta.url)(join(repository, "templates/assets/routing.js")).routing.holds, "function");
});
