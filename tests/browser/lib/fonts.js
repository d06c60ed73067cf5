// The same letters on every machine: fontconfig is told of one family in three styles, and nothing of the machine's own taste.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const families = { "DejaVu Sans": ["system-ui", "sans-serif", "sans"], "DejaVu Serif": ["serif"], "DejaVu Sans Mono": ["monospace", "ui-monospace"] };

/**
 * Variables of the environment with which a program sees only these fonts. `folder` takes what belongs to them. Letters are
 * drawn by their outlines alone, or as a machine draws them that fits them to its pixels.
 */
export function onlyOurs(folder, { fitted = false } = {}) {
  const set = (name, value) => `<edit name="${name}" mode="assign">${value}</edit>`;
  const drawn = fitted
    ? [set("hinting", "<bool>true</bool>"), set("hintstyle", "<const>hintslight</const>"), set("rgba", "<const>rgb</const>")]
    : [set("hinting", "<bool>false</bool>"), set("rgba", "<const>none</const>")];
  const names = Object.keys(families);
  const upright = (family) =>
    `<pattern><patelt name="family"><string>${family}</string></patelt><patelt name="slant"><int>0</int></patelt><patelt name="width"><int>100</int></patelt></pattern>`;
  const alias = ([family, names]) => names.map((name) => `<alias binding="same"><family>${name}</family><prefer><family>${family}</family></prefer></alias>`);
  const file = join(folder, "fonts.conf");
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    file,
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir><dir prefix="xdg">fonts</dir>
<cachedir>${join(folder, "cache")}</cachedir>
<selectfont><acceptfont>${names.map(upright).join("")}</acceptfont><rejectfont>${["true", "false"].map((is) => `<pattern><patelt name="scalable"><bool>${is}</bool></patelt></pattern>`).join("")}</rejectfont></selectfont>
${Object.entries(families).flatMap(alias).join("\n")}
${["pattern", "font"].map((target) => `<match target="${target}">${set("antialias", "<bool>true</bool>")}${drawn.join("")}</match>`).join("\n")}
</fontconfig>
`,
  );
  return { ...process.env, FONTCONFIG_FILE: file };
}

/** The families that a browser draws with although it should draw with ours, because ours are not installed. */
export async function others(page) {
  const asked = Object.entries(families).map(([, names]) => `<p style="font-family: ${names[0]}">Hamburgefonts</p>`);
  await page.setContent(asked.join(""));
  const session = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument");
  const { nodeIds } = await session.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: "p" });
  const used = await Promise.all(nodeIds.map((nodeId) => session.send("CSS.getPlatformFontsForNode", { nodeId })));
  await session.detach();
  const names = used.map(({ fonts }) => fonts[0]?.familyName ?? "none");
  return names.filter((name, at) => name !== Object.keys(families)[at]);
}
