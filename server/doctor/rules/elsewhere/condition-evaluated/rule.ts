// The server compared the script's validators with the request's conditions, and its body was not sent.
import { apache, lighttpd, nginx } from "../../../base/logged.js";
import type { InlineRule } from "../../../base/rule.js";
import { fieldRange } from "../../../evidence/header-fields.js";

export const rule: InlineRule = {
  severity: "hint",
  title: "Only Apache compares a script's ETag and Last-Modified with the request",
  summary:
    "The script sent a whole page. The server compared its `ETag` or `Last-Modified` with the conditions of the request and responded without the page.",
  explanation:
    "A browser that has a copy of a page asks with `If-None-Match` or `If-Modified-Since` whether it is still current. Apache answers for the script: it runs it, compares the script's `ETag` and `Last-Modified`, and sends 304 without the body (or 412, if another condition does not hold). lighttpd and nginx send what the script wrote. The script did all its work in both cases. To save the work, and to have the same response on every server, compare `HTTP_IF_NONE_MATCH` and `HTTP_IF_MODIFIED_SINCE` in the script and print `Status: 304 Not Modified` before the page is made. `policy.scriptConditions` sets what CGI Workbench does.",
  reference: "RFC 9110 §13.2.1",
  logged: [
    apache.silent("304 Not Modified or 412 Precondition Failed"),
    lighttpd.silent("200 OK, the script's page"),
    nginx.silent("200 OK, the script's page"),
  ],
  about: ["etag", "last-modified"],
  check: (facts) => {
    const { script, response } = facts;
    if (script?.kind !== "document" || script.status !== 200) return null;
    if (response?.status !== 304 && response?.status !== 412) return null;
    const at = script.headers.findIndex(([name]) => /^(etag|last-modified)$/i.test(name));
    return {
      detail: `The script's status was 200, and the client received ${response.status}. lighttpd and nginx would send the script's page.`,
      stream: "stdout",
      range: fieldRange(facts, at),
    };
  },
};
