// Renders the sites that the tests read: built anew for every test file, into a temporary folder that goes with it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), "../../..");
export const binary = resolve(process.env.LINCHPIN ?? join(repository, "target/release/linchpin"));

export function linchpin(args, options = {}) {
  return execFileSync(binary, args, { cwd: repository, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 26, ...options });
}

/** A folder that is gone when the process ends. */
export function scratch() {
  const folder = mkdtempSync(join(tmpdir(), "linchpin-test-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The stacks whose sites are tested, each with its folder. A stack of hostile text counts where there is one. */
function stacks(folder) {
  const starter = join(folder, "starter");
  linchpin(["init", starter]);
  const hostile = join(repository, "tests/stacks/hostile");
  return [
    { name: "example", path: join(repository, "stack.example") },
    { name: "sourcegraph", path: join(repository, "tests/stacks/sourcegraph") },
    { name: "posthog", path: join(repository, "tests/stacks/posthog") },
    { name: "starter", path: starter },
    { name: "large", path: large(folder) },
    ...(existsSync(hostile) ? [{ name: "hostile", path: hostile }] : []),
  ];
}

/** A stack that is too large for one picture: 72 tools in the eight areas, most of them joined to one of two hubs. */
function large(folder) {
  const categories = ["search-advertising", "cms", "webinars", "marketing-automation", "crm", "data-warehouse", "web-analytics", "project-management"];
  const methods = ["native", "api", "etl", "tag", "manual"];
  const id = (n) => `t${String(n).padStart(2, "0")}`;
  const text = ['[stack]\nname = "Large"\nas-of = 2026-11-22\n[person.ana]\nname = "Ana"\n[person.ben]\nname = "Ben"\n'];
  for (let n = 0; n < 72; n += 1) {
    text.push(`[tool.${id(n)}]\nname = "Tool ${n}"\ncategory = "${categories[n % 8]}"\nowner = "${n % 3 ? "ana" : "ben"}"\n`);
    for (const to of [n % 2 ? 4 : 5, (n * 7 + 8) % 72]) {
      if (to === n) continue;
      const two = n % 4 === 0 ? 'direction = "two-way"\n' : "";
      text.push(`[integration.${id(n)}-${id(to)}]\nfrom = "${id(n)}"\nto = "${id(to)}"\nmethod = "${methods[n % 5]}"\nowner = "${n % 2 ? "ana" : "ben"}"\n${two}`);
    }
  }
  const path = join(folder, "large");
  mkdirSync(path);
  writeFileSync(join(path, "stack.toml"), text.join("\n"));
  return path;
}

/** Every site, or those named: `{ name, folder }`. */
export function sites(...names) {
  const folder = scratch();
  return stacks(folder)
    .filter((stack) => names.length === 0 || names.includes(stack.name))
    .map(({ name, path }) => {
      const site = join(folder, `${name}-site`);
      linchpin(["build", path, "-o", site]);
      return { name, folder: site };
    });
}
