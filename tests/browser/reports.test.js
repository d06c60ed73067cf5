// Reports for other programs, judged by programs that are not linchpin: Microsoft's SARIF Multitool and libxml2.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { before, describe, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import { validateXML } from "xmllint-wasm";
import { binary, repository, scratch } from "./lib/sites.js";

const tool = join(createRequire(import.meta.url).resolve("@microsoft/sarif-multitool-linux/package.json"), "..");
const multitool = join(tool, "Sarif.Multitool");
// the Multitool asks for much that the schema of SARIF does not, but lets slip what the schema refuses
const fits = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync(join(tool, "sarif-2.1.0.json"), "utf8")));
const junit = readFileSync(join(repository, "tests/schemas/junit.xsd"), "utf8");
const folder = scratch();

// npm runs no script of a package here, so nobody else has done this
chmodSync(multitool, 0o755);

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

const entity = (id, text) => `[tool.${id}]\nname = "${text}"\ncategory = "crm"\nowner = "gone"\nadmins = ["gone"]\n`;
const person = `[person.gone]\nname = "${hostile[1]}"\nstatus = "left"\n`;
const odd = ["a b.toml", "100% #1.toml", "x;y&z='q'.toml", "[t](u).toml", "ünï😀.toml", "<i>.toml", "c:d.toml"];

/** Each stack with the folder to stand in: paths are those from there. */
const stacks = [
  { name: "example", at: repository, path: "stack.example" },
  { name: "sourcegraph", at: repository, path: "tests/stacks/sourcegraph" },
  { name: "departed owners", at: repository, path: "tests/rules/departed-owner/fail" },
  { name: "mistakes", at: repository, path: "tests/stacks/mistakes/twenty" },
  { name: "nothing to report", at: folder, path: stack("quiet", {}) },
  { name: "hostile texts", at: folder, path: stack("texts", { "people.toml": person, "tools.toml": hostile.map((text, i) => entity(`t${i}`, text)).join("\n") }) },
  { name: "hostile paths", at: folder, path: stack("paths", { "people.toml": person, ...Object.fromEntries(odd.map((path, i) => [path, entity(`t${i}`, "T")])) }) },
  { name: "hostile mistakes", at: folder, path: stack("mistaken", Object.fromEntries(hostile.map((text, i) => [`m${i}.toml`, `[tool."${text}"]\nname = 1\n"${text}" = "${text}"\n`]))) },
];

const reports = new Map(
  stacks.map(({ name, at, path }) => {
    const [sarif, xml] = ["sarif", "xml"].map((end) => join(folder, `${path.replaceAll("/", "-")}.${end}`));
    const { status, stderr } = spawnSync(binary, ["check", path, "--output", `sarif=${sarif}`, "--output", `junit=${xml}`], { cwd: at, encoding: "utf8" });
    assert.ok(status === 0 || status === 1, stderr);
    return [name, { sarif, xml, at }];
  }),
);

/** What the schema and the Multitool say of files, a list for each. The Multitool ends with 0 whatever it finds, so its words count. */
function judge(files) {
  const { stdout, stderr, error } = spawnSync(multitool, ["validate", ...files, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning"], {
    encoding: "utf8",
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1", DOTNET_BUNDLE_EXTRACT_BASE_DIR: join(folder, "dotnet") },
  });
  assert.ifError(error);
  const said = (stdout + stderr).split("\n");
  assert.ok(said.includes(`Done. ${files.length} files scanned.`), said.join("\n"));
  const found = said.filter((line) => /: (error|warning) /.test(line));
  return files.map((file) => {
    const misfits = fits(JSON.parse(readFileSync(file, "utf8"))) ? [] : fits.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
    return [...misfits, ...found.filter((line) => line.startsWith(`${file}(`))];
  });
}

async function valid(file) {
  return validateXML({ xml: [{ fileName: "report.xml", contents: readFileSync(file, "utf8") }], schema: [junit] });
}

describe("SARIF", () => {
  const judged = new Map();
  before(() => judge(stacks.map(({ name }) => reports.get(name).sarif)).forEach((found, i) => judged.set(stacks[i].name, found)));

  for (const { name } of stacks) {
    test(name, () => {
      assert.deepEqual(judged.get(name), []);
      const [{ results }] = JSON.parse(readFileSync(reports.get(name).sarif, "utf8")).runs;
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

  test("the schema and the Multitool do find mistakes", () => {
    const spoils = [
      ({ results }) => delete results[0].locations,
      ({ results }) => (results[0].ruleIndex = 999),
      ({ tool }) => delete tool.driver.rules[0].help,
      ({ results }) => (results[0].level = "fatal"),
    ];
    const broken = spoils.map((spoil, i) => {
      const document = JSON.parse(readFileSync(reports.get("departed owners").sarif, "utf8"));
      spoil(document.runs[0]);
      const file = join(folder, `broken-${i}.sarif`);
      writeFileSync(file, JSON.stringify(document));
      return file;
    });
    judge(broken).forEach((found, i) => assert.notDeepEqual(found, [], spoils[i].toString()));
  });
});

describe("JUnit", () => {
  for (const { name } of stacks) {
    test(name, async () => {
      const { valid: isValid, errors } = await valid(reports.get(name).xml);
      assert.ok(isValid, JSON.stringify(errors));
    });
  }

  test("the schema does find mistakes", async () => {
    const text = readFileSync(reports.get("departed owners").xml, "utf8");
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
