// A static file whose extension says that a server should run it.
import { toDisplayText } from "../../../../base/decode-text.js";
import type { InlineRule } from "../../../base/rule.js";

/**
 * What Debian's Apache runs with PHP, without `.phps`: a source that is meant to be read. And pages for its server-side
 * includes.
 */
const run = /\.(?:(?<php>ph(?:ar|p[3-8]?|tml?))|(?<includes>shtml))$/i;

export const rule: InlineRule = {
  severity: "warning",
  title: "The client received the source of this file",
  summary:
    "The file has the extension of a program or of a page with server-side includes. The server sent it as it is, because nothing is set for this extension.",
  explanation:
    'Servers know what to run by a file\'s extension. Many run `.phtml` and `.phar` as PHP; here only `.php` is, until the configuration says more. Anyone can read a source that is sent, and the passwords in it. Add a handler to `cgi-workbench.json`, for example `"handlers": { ".phtml": { "mode": "php-cgi" } }`.\n\nA `.shtml` page contains directives such as `<!--#include virtual="menu.html" -->`, which Apache\'s mod_include and nginx\'s ssi module replace. CGI Workbench does not: the client receives the directives. Print the included part from a script instead.',
  about: "no-script",
  check: ({ route, response }) => {
    if (route.kind !== "static" || route.file === null || (response?.status !== 200 && response?.status !== 206))
      return null;
    const found = run.exec(route.file);
    if (found === null) return null;
    const [extension] = found;
    return {
      detail:
        found.groups?.["php"] === undefined
          ? "The file can contain server-side includes. The server sent them unchanged."
          : `Other servers run \`${extension}\` files as PHP. Add \`"${extension.toLowerCase()}": { "mode": "php-cgi" }\` to \`handlers\` in \`cgi-workbench.json\`.`,
      evidence: [{ kind: "file", path: toDisplayText(route.file), line: 1 }],
    };
  },
};
