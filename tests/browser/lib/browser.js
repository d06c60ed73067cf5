// Debian's Chromium, and a page that remembers everything it should not have done.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser; `options` are added to how it is launched. */
export function launch({ args: more = [], ...options } = {}) {
  if (!existsSync(executablePath)) {
    throw new Error(`${executablePath} is missing: apt-get install chromium, or set CHROMIUM`);
  }
  return chromium.launch({ executablePath, args: [...args, ...more], ...options });
}

export const wide = { width: 1280, height: 900 };
export const narrow = { width: 360, height: 740 };

export function address(site, path) {
  return pathToFileURL(join(site.folder, path)).href;
}

/** A page whose `faults` list console errors and warnings, exceptions, and requests that leave the site or fail. */
export async function open(browser, site, options = {}) {
  const context = await browser.newContext({ viewport: wide, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) faults.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => faults.push(`exception: ${error.message}`));
  // what the browser gives up by itself, because the test goes on to another page, has not failed
  page.on("requestfailed", (request) => {
    if (request.failure()?.errorText !== "net::ERR_ABORTED") faults.push(`failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${pathToFileURL(site.folder).href}/`)) faults.push(`leaves the site: ${request.url()}`);
  });
  return {
    page,
    faults,
    visit: (path) => page.goto(address(site, path), { waitUntil: "load" }),
    close: () => context.close(),
  };
}
