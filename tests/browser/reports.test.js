// Reports for other programs, judged by programs that are not linchpin: Microsoft's SARIF Multitool and libxml2.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import { validateXML } from "xmllint-wasm";
import { binary, repository, scratch } from "./lib/sites.js";

const multitool = join(createRequire(import.meta.url).resolve("@microsoft/sarif-multitool-linux/package.json"), "../Sarif.Multitool");
const schema = readFileSync(join(repository, "tests/schemas/junit.xsd"), "utf8");
const folder = scratch();

// npm runs no script of a package here, so nobody else has done this
before(() => chmodSync(multitool, 0o755));

/** Texts that mean something to SARIF, to XML or to a path. */
const hostile = [
  "]]> </failure> <!-- --> <![CDATA[ &amp; &#0; \" '",
  "[a](https://evil.example) [b](1) \\](2) ](x) {0} {{1}} %SRCROOT%",
  "\\u0000\\u0007\\u001B[31m\\u202E\\uFFFE\\uFFFF ##[error]x ::error::y",
  "日本語 é e\\u0301 👩\u200d💻",
].map((text) => text.replaceAll('"', '\\"').replace(/\\(?![u"])/g, "\\\\"));

function stack(name, files) {
  for (const [path, text] of Object.entries({ "stack.toml": `[stack]\nname = "${hostile[0]}"\nas-of = 2026-11-22\n`, ...files })) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return name;
}

const tool = (id, text) => `[tool.${id}]\nname = "${text}"\ncategory = "crm"\nowner = "gone"\nadmins = ["gone"]\n`;
const person = `[person.gone]\nname = "${hostile[1]}"\nstatus = "left"\n`;
const odd = ["a b.toml", "100% #1.toml", "x;y&z='q'.toml", "[t](u).toml", "ünï😀.toml", "<i>.toml", "c:d.toml"];

/** Each stack with the folder to stand in: paths are those from there. */
const stacks = [
  { name: "example", at: repository, path: "stack.example" },
  { name: "sourcegraph", at: repository, path: "tests/stacks/sourcegraph" },
  { name: "departed owners", at: repository, path: "tests/rules/departed-owner/fail" },
  { name: "mistakes", at: repository, path: "tests/stacks/mistakes/twenty" },
  { name: "nothing to report", at: folder, path: stack("quiet", {}) },
  { name: "hostile texts", at: folder, path: stack("texts", { "people.toml": person, "tools.toml": hostile.map((text, i) => tool(`t${i}`, text)).join("\n") }) },
  { name: "hostile paths", at: folder, path: stack("paths", { "people.toml": person, ...Object.fromEntries(odd.map((path, i) => [path, tool(`t${i}`, "T")])) }) },
  { name: "hostile mistakes", at: folder, path: stack("mistaken", Object.fromEntries(hostile.map((text, i) => [`m${i}.toml`, `[tool."${text}"]\nname = 1\n"${text}" = "${text}"\n`]))) },
];

const reports = new Map(
  stacks.map(({ name, at, path }) => {
    const [sarif, junit] = ["sarif", "xml"].map((end) => join(folder, `${path.replaceAll("/", "-")}.${end}`));
    const { status, stderr } = spawnSync(binary, ["check", path, "--output", `sarif=${sarif}`, "--output", `junit=${junit}`], { cwd: at, encoding: "utf8" });
    assert.ok(status === 0 || status === 1, stderr);
    return [name, { sarif, junit, at }];
  }),
);

/** What the Multitool says of a file: it ends with 0 whatever it finds, so its words count. */
function judge(file) {
  const { stdout, stderr, error } = spawnSync(multitool, ["validate", file, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"], {
    encoding: "utf8",
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1", DOTNET_BUNDLE_EXTRACT_BASE_DIR: join(folder, "dotnet") },
  });
  assert.ifError(error);
  const said = stdout + stderr;
  assert.match(said, /Analysis completed/, said);
  return said.split("\n").filter((line) => /: (error|warning) /.test(line));
}

async function valid(file) {
  return validateXML({ xml: [{ fileName: "report.xml", contents: readFileSync(file, "utf8") }], schema: [schema] });
}

describe("SARIF", () => {
  for (const { name } of stacks) {
    test(name, () => {
      const { sarif } = reports.get(name);
      assert.deepEqual(judge(sarif), []);
      const [{ results }] = JSON.parse(readFileSync(sarif, "utf8")).runs;
      assert.equal(results.length === 0, name === "nothing to report");
    });
  }

  test("every place is a file of the stack", async () => {
    for (const { name, at } of stacks) {
      const [{ results }] = JSON.parse(readFileSync(reports.get(name).sarif, "utf8")).runs;
      for (const { locations, relatedLocations = [] } of results) {
        for (const { physicalLocation } of [...locations, ...relatedLocations]) {
          const path = decodeURIComponent(physicalLocation.artifactLocation.uri);
          assert.ok(!path.startsWith("/") && readFileSync(join(at, path)), `${name}: ${path}`);
        }
      }
    }
  });

  test("the Multitool does find mistakes", () => {
    const broken = join(folder, "broken.sarif");
    for (const spoil of [
      ({ results }) => delete results[0].locations,
      ({ results }) => (results[0].ruleIndex = 999),
      ({ tool }) => delete tool.driver.rules[0].help,
      ({ results }) => (results[0].level = "fatal"),
    ]) {
      const document = JSON.parse(readFileSync(reports.get("departed owners").sarif, "utf8"));
      spoil(document.runs[0]);
      writeFileSync(broken, JSON.stringify(document));
      assert.notDeepEqual(judge(broken), [], spoil.toString());
    }
  });
});

describe("JUnit", () => {
  for (const { name } of stacks) {
    test(name, async () => {
      const { valid: isValid, errors } = await valid(reports.get(name).junit);
      assert.ok(isValid, JSON.stringify(errors));
    });
  }

  test("the schema does find mistakes", async () => {
    const text = readFileSync(reports.get("departed owners").junit, "utf8");
    for (const [right, wrong] of [
      ["<failure type=", "<error type="],
      [' errors="0"', ""],
      ["</testsuite>", ""],
    ]) {
      const broken = join(folder, "broken.xml");
      writeFileSync(broken, text.replaceAll(right, wrong));
      assert.ok(!(await valid(broken)).valid, right);
    }
  });
});
