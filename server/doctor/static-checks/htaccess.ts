// The settings that an Apache reads from a folder's `.htaccess`, and what has the same effect here.
import { toDisplayText } from "../../base/decode-text.js";
import type { AdoptedLine } from "../../contract/adopt-contract.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type Diagnostic, onLine } from "./markers.js";

export const noEquivalent = "there is no equivalent";

/** The equivalents of lines in lower case; the first pattern that matches counts. */
const equivalents: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:require\s+all\s+granted|allow\s+from\s+all|(?:order|satisfy)\s)/,
    "nothing is needed: files are served unless a route denies them",
  ],
  [/^(?:require\s+all\s+denied|deny\s+from\s+all)\b/, 'a route with `"deny": true`; within `<Files>`, a list of names'],
  [/^<files(?:match)?\b/, 'a route with `"deny": ["NAME"]`, if its files are denied'],
  [
    /^(?:auth(?:name|userfile|type\s+"?basic|basicprovider\s+file)|require\s+(?:valid-)?user)\b/,
    "a route with `auth`, for any user of an htpasswd file",
  ],
  [/^directoryindex\s/, "a route with `index`, or `server.index` for all folders"],
  [/^redirect(?:match|\s+(?:gone|4\d\d))\b/, noEquivalent],
  [/^redirect/, "a route with `redirect`"],
  [/^(?:addhandler|sethandler|action)\s/, "`handlers`, by extension"],
  [/^(?:setenv|passenv)\s/, "`variables` of a route, or `inherit`"],
];

export function equivalentOf(line: string): string {
  const [directive, ...words] = line.toLowerCase().trim().split(/\s+/);
  if (directive === "options") return equivalentOfOptions(words);
  return equivalents.find(([form]) => form.test(line.toLowerCase()))?.[1] ?? noEquivalent;
}

/** Without a sign before its words it switches off what it does not name. */
function equivalentOfOptions(words: readonly string[]): string {
  const has = (...names: string[]): boolean => names.some((name) => words.includes(name));
  const isRelative = words.some((word) => /^[+-]/.test(word));
  const runs = isRelative ? !has("-execcgi") : has("execcgi", "all");
  const settings = [...(runs ? [] : ['"run": false']), ...(has("indexes", "+indexes", "all") ? ['"list": true'] : [])];
  if (settings.length > 0) return `a route with \`${settings.join(", ")}\``;
  if (has("execcgi", "+execcgi")) return "nothing is needed: scripts run in every folder";
  if (has("-indexes")) return "nothing is needed: folders are not listed";
  if (has("+followsymlinks", "+symlinksifownermatch")) return "`links`, for targets outside the folder";
  return noEquivalent;
}

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
    .map((line) => `\`${line.slice(0, maxLineLength)}\` (${equivalentOf(line)})`);
  const more = directives.length - asked.length;
  if (more > 0) asked.push(`and ${more} more`);
  return [
    onLine(shown, first, {
      rule: "htaccess-not-read",
      severity: "hint",
      title: "This .htaccess file has no effect here",
      detail: `Apache reads it where AllowOverride permits; CGI Workbench, lighttpd and nginx do not. What it forbids is served, unless the folder is served like Apache. It asks for: ${asked.join("; ")}. The settings in the parentheses belong into cgi-workbench.json; \`cgi-workbench adopt\` writes them.`,
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
