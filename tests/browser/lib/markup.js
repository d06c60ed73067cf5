// Judges HTML as a file.
import { HtmlValidate } from "html-validate";

// the standard preset as it is: nothing is switched off
const validator = new HtmlValidate({ root: true, extends: ["html-validate:standard"] });

/** What is wrong with a page, a line each. */
export async function mistakes(html, path) {
  const { results } = await validator.validateString(html, path);
  return results.flatMap((result) => result.messages.map((m) => `${path}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`));
}
