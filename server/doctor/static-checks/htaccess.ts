// The settings that an Apache reads from a folder's `.htaccess`, and what has the same effect here.
import { toDisplayText } from "../../base/decode-text.js";
import type { ByteString } from "../../contract/bytes-text.js";
import { type Diagnostic, onLine } from "./markers.js";

export const htaccessName = ".htaccess";

/** By directive in lower case; the first that matches the line. */
const equivalents: readonly (readonly [RegExp, string])[] = [
  [
    /^require all granted|^allow from all|^order |^satisfy /,
    "nothing is needed: files are served unless a route denies them",
  ],
  [/^(?:require all denied|deny from)/, 'a route with `"deny": true`; within `<Files>`, a list of names'],
  [/^<files(?:match)?\b/, 'a route with `"deny": ["NAME"]`, if its files are denied'],
  [/^(?:auth\w+|require) /, "a route with `auth`, for any user of an htpasswd file"],
  [/^directoryindex /, "a route with `index`, or `server.index` for all folders"],
  [/^redirect/, "a route with `redirect`"],
  [/^(?:addhandler|sethandler|action) /, "`handlers`, by extension"],
  [/^(?:setenv|passenv) /, "`variables` of a route, or `inherit`"],
  [/^options .*\+?execcgi/, "nothing is needed: scripts run in every folder"],
  [/^options .*-execcgi/, 'a route with `"run": false`'],
  [/^options .*-indexes/, "nothing is needed: folders are not listed"],
  [/^options .*indexes/, 'a route with `"list": true`'],
];

/** What it asks for; none for an empty file. `text`: of the whole file. */
export function checkHtaccess(text: ByteString): Diagnostic[] {
  const shown = toDisplayText(text);
  const lines = shown.split("\n").map((line) => line.trim());
  const first = lines.findIndex(isDirective);
  if (first < 0) return [];
  const asked = [...new Set(lines.filter(isDirective))].slice(0, maxShown).map((line) => {
    const known = equivalents.find(([form]) => form.test(line.toLowerCase()))?.[1] ?? "there is no equivalent";
    return `\`${line.slice(0, maxLineLength)}\` (${known})`;
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
