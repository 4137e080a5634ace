// The settings that an Apache reads from a folder's `.htaccess`, and what has the same effect here.
import { toDisplayText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type Diagnostic, onLine } from "./markers.js";

export const htaccessName = ".htaccess";

export const noEquivalent = "there is no equivalent";

/** By directive in lower case; the first that matches the line. */
const equivalents: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:require\s+all\s+granted|allow\s+from\s+all|(?:order|satisfy)\s)/,
    "nothing is needed: files are served unless a route denies them",
  ],
  [/^(?:require\s+all\s+denied|deny\s+from)\b/, 'a route with `"deny": true`; within `<Files>`, a list of names'],
  [/^<files(?:match)?\b/, 'a route with `"deny": ["NAME"]`, if its files are denied'],
  [/^require\s+(?:ip|host|local|not|expr|env|method)\b/, noEquivalent],
  [/^(?:auth\w+|require)\s/, "a route with `auth`, for any user of an htpasswd file"],
  [/^directoryindex\s/, "a route with `index`, or `server.index` for all folders"],
  [/^redirect/, "a route with `redirect`"],
  [/^(?:addhandler|sethandler|action)\s/, "`handlers`, by extension"],
  [/^(?:setenv|passenv)\s/, "`variables` of a route, or `inherit`"],
  [/^options\s.*-execcgi/, 'a route with `"run": false`'],
  [/^options\s.*execcgi/, "nothing is needed: scripts run in every folder"],
  [/^options\s.*-indexes/, "nothing is needed: folders are not listed"],
  [/^options\s.*indexes/, 'a route with `"list": true`'],
];

export const equivalentOf = (line: string): string =>
  equivalents.find(([form]) => form.test(line.toLowerCase()))?.[1] ?? noEquivalent;

/** What it asks for; none for an empty file. `text`: of the whole file. */
export function checkHtaccess(text: ByteString): Diagnostic[] {
  const shown = toDisplayText(text);
  const lines = shown.split("\n").map((line) => line.trim());
  const first = lines.findIndex(isDirective);
  if (first < 0) return [];
  const asked = [...new Set(lines.filter(isDirective))].slice(0, maxShown).map((line) => {
    return `\`${line.slice(0, maxLineLength)}\` (${equivalentOf(line)})`;
  });
  return [
    onLine(shown, first + 1, {
      rule: "htaccess-not-read",
      severity: "hint",
      title: "This .htaccess file has no effect here",
      detail: `Apache reads it; CGI Workbench, lighttpd and nginx do not. What it forbids is served. It asks for: ${asked.join("; ")}. The settings in the parentheses belong into cgi-workbench.json.`,
    }),
  ];
}

const maxShown = 12;
const maxLineLength = 120;
/** Neither a comment nor the end or the condition of a section. */
const isDirective = (line: string): boolean => line !== "" && !line.startsWith("#") && !/^<(?:\/|if)/i.test(line);
