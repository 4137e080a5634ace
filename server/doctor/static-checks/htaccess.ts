// The settings that an Apache reads from a folder's `.htaccess`: whether they apply here.
import { toDisplayText } from "../../base/decode-text.js";
import type { AdoptedLine } from "../../contract/adopt-contract.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type Diagnostic, onLine } from "./markers.js";

/** What it asks for; none for an empty file. `text`: of the whole file. */
export function checkHtaccess(text: ByteString): Diagnostic[] {
  const shown = toDisplayText(text);
  const first = firstLine(shown);
  if (first === null) return [];
  const whole = shown.replace(/\\\r?\n/g, " ").split("\n"); // a backslash continues a line
  const directives = [...new Set(whole.map((line) => line.trim()).filter(isDirective))];
  const asked = directives
    .toSorted((a, b) => Number(protects.test(b)) - Number(protects.test(a)))
    .slice(0, maxShown)
    .map((line) => `\`${line.slice(0, maxLineLength)}\``);
  const more = directives.length - asked.length;
  if (more > 0) asked.push(`and ${more} more`);
  return [
    onLine(shown, first, {
      rule: "htaccess-not-read",
      severity: "hint",
      title: "This .htaccess file has no effect here",
      detail: `Apache reads it where AllowOverride permits; CGI Workbench, lighttpd and nginx do not. What it forbids is served, unless the folder is served like Apache. It asks for: ${asked.join("; ")}. Serve the folder like Apache, and each line tells what it does here. \`cgi-workbench adopt\` writes settings with the same effect into cgi-workbench.json.`,
      fixes: ["serve-like-apache"],
    }),
  ];
}

/** Says what applies of it in a folder that is served like Apache. `lines`: of the file. */
export function checkAppliedHtaccess(text: ByteString, lines: readonly AdoptedLine[]): Diagnostic[] {
  const shown = toDisplayText(text);
  const first = firstLine(shown);
  if (first === null) return [];
  const others = lines.filter(({ result, line }) => result !== "understood" && line > 0);
  const count = lines.length - others.length;
  const summary = onLine(shown, first, {
    rule: "htaccess-read",
    severity: "hint",
    title: "These rules apply here, as in Apache",
    detail: `The folder is served like Apache. Of ${lines.length} lines ${count} apply as they do there. Another server needs them in its own configuration.`,
    fixes: ["take-htaccess-rules"],
  });
  return [
    summary,
    ...others.map(({ line, result, message }) =>
      onLine(shown, line, {
        rule: "htaccess-not-read",
        severity: "hint",
        title: result === "left-out" ? "This line has no effect here" : "This line has another effect here",
        detail: message?.text ?? "",
      }),
    ),
  ];
}

/** The number of the first line that asks for something; null: none does. */
function firstLine(text: string): number | null {
  const index = text.split("\n").findIndex((line) => isDirective(line.trim()));
  return index < 0 ? null : index + 1;
}

const maxShown = 12;
/** What matters most of many. */
const protects = /^(?:require|deny|auth|options|<files|<limit)/i;
const maxLineLength = 120;
/** Neither a comment nor the end or the condition of a section. */
const isDirective = (line: string): boolean => line !== "" && !line.startsWith("#") && !/^<(?:\/|if)/i.test(line);
