// A page of another site sent the request.
import type { accessMessage } from "../../../../http/access/messages.js";
import { servedByAll } from "../../../engine/logged.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<(typeof accessMessage.codes)[number]> = {
  "foreign-origin": "If the page is yours, add its origin to `server.allowedOrigins`.",
  "foreign-site":
    "If the page is yours, add its origin to `server.allowedOrigins`, and let it send `Origin` or `Referer`.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "A page of another site sent this request",
  summary:
    "The server refuses requests with an unsafe method, such as POST, from pages of other origins, and requests that they send in the background.",
  explanation:
    "Any page that you visit can send requests to programs on your machine: a form that posts to `http://localhost:8080/` needs no permission. Scripts that delete or change something must not trust such requests. The browser says in `Origin` which page sent the request, and in `Sec-Fetch-Site` and `Sec-Fetch-Mode` whether a page of another site fetched it in the background; the server refuses such requests of pages of other origins unless `server.allowedOrigins` lists them.",
  reference: "RFC 6454 §7",
  logged: servedByAll,
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
