// Renders the sites that the tests read: built anew for every test file, into a temporary folder that goes with it.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
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
    ...(existsSync(hostile) ? [{ name: "hostile", path: hostile }] : []),
  ];
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
