// Judges a page that is open in the browser.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, a line each. */
export async function accessibility(page) {
  // evaluated, not added as a script: the page's policy stays as it is and allows none but its own
  await page.evaluate(axe);
  const violations = await page.evaluate(async (values) => {
    const result = await window.axe.run(document, {
      runOnly: { type: "tag", values },
      resultTypes: ["violations"],
      preload: false, // would fetch the stylesheets, which the page's policy forbids
    });
    return result.violations.map((v) => ({ id: v.id, help: v.help, nodes: v.nodes.map((n) => `${n.target.join(" ")} ${n.failureSummary}`) }));
  }, tags);
  return violations.flatMap((v) => v.nodes.map((node) => `${v.id}: ${v.help}: ${node}`));
}

/** How far the page is wider than the window, and the elements that make it so. */
export function overhang(page) {
  return page.evaluate(() => {
    const width = document.documentElement.scrollWidth;
    if (width <= innerWidth) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
    return [`${width} px wide`, ...wide.slice(0, 5).map((e) => `<${e.tagName.toLowerCase()} class="${e.getAttribute("class") ?? ""}"> ${e.textContent.slice(0, 60)}`)];
  });
}

/** Words of a picture that leave the picture, or lie on each other. */
export function spilledWords(page) {
  return page.evaluate(() => {
    const overlap = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
    // the box of a line of text is taller than its letters: lines that are set tight share up to two fifths of it
    const collide = (a, b) => overlap(a, b, "left", "right") > 2 && overlap(a, b, "top", "bottom") > 0.4 * Math.min(a.height, b.height);
    return [...document.querySelectorAll("main .canvas svg")].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      const inside = (r) => r.left >= frame.left - 1 && r.right <= frame.right + 1 && r.top >= frame.top - 1 && r.bottom <= frame.bottom + 1;
      const words = [...svg.querySelectorAll("text")].map((e) => ({ text: e.textContent, box: e.getBoundingClientRect() })).filter((w) => w.box.width > 0);
      return words.flatMap((a, i) => [
        ...(inside(a.box) ? [] : [`"${a.text}" leaves the picture`]),
        ...words.slice(i + 1).filter((b) => collide(a.box, b.box)).map((b) => `"${a.text}" and "${b.text}" lie on each other`),
      ]);
    });
  });
}

/** The words of the main part that can be read, without the tools that need a script. */
export function words(page) {
  return page.evaluate(() => {
    for (const tool of document.querySelectorAll("main .filter, main .tools, main .try, .whatif, .whatif-lists")) tool.remove();
    return document.querySelector("main").innerText.split(/\s+/).join(" ").trim();
  });
}

/** Controls that show. Without a script they would do nothing. */
export function controls(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("button, input, select, textarea")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80)),
  );
}
