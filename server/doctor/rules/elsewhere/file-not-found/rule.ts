// No file exists at the path of the request.

import { wordsOf } from "../../../../contract/message.js";
import { firstValue } from "../../../../protocol/header-values.js";
import { routeMessage } from "../../../../routing/messages.js";
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import { filesIn, linkingLine, nearestPath } from "../../../base/nearest-path.js";
import type { DeferredRule } from "../../../base/rule.js";

export const rule: DeferredRule = {
  severity: "hint",
  title: "File not found",
  summary: "The path of the request leads to no file in this folder.",
  explanation:
    "No file in the document root has this path. One letter in the wrong case is enough, and so is a folder outside the document root. For a missing script Apache logs AH02811, and fcgiwrap responds 403.",
  reference: "RFC 3875 §3.2",
  logged: [apache.logs("notFound", 404), lighttpd.silent(404), nginx.silent(403)],
  on: "anything",
  withoutScript: true,
  check: ({ cause, request, site = null }) => {
    if (!cause || !routeMessage.is(cause, "not-found", "broken-link")) return null;
    // Browsers request these on their own.
    if (/^\/(?:favicon\.ico|robots\.txt|apple-touch-icon|\.well-known\/)/.test(request.target)) return null;
    const missing = urlOf(`http://localhost${request.target}`)?.pathname;
    const files = site === null ? [] : [...filesIn(site.root)];
    const nearest = missing === undefined ? null : nearestPath(files, missing);
    const page = urlOf(firstValue(request.headers, "referer") ?? "");
    const isOwn = page !== null && page.host === firstValue(request.headers, "host");
    const link = site === null || missing === undefined || !isOwn ? null : linkingLine(site, files, page, missing);
    return {
      detail: [
        `${wordsOf(cause.text)}.`,
        ...(nearest === null ? [] : [`Did you mean \`${nearest}\`?`]),
        ...(link !== null ? [`Line ${link.line} of \`${link.path}\` links there.`] : []),
        ...(link === null && isOwn ? [`The request came from \`${page.pathname}\`.`] : []),
      ].join(" "),
      evidence: link === null ? [] : [{ kind: "file", path: `${site?.root}/${link.path}`, line: link.line }],
      fixes: link === null || nearest === null ? [] : ["correct-links"],
    };
  },
};

const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);
