// The browser fetched the page before the user went there.
import type { accessMessage } from "../../../../http/access/messages.js";
import { servedByAll } from "../../../engine/logged.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<(typeof accessMessage.codes)[number]> = {
  prefetched:
    "Nothing needs to be done: the browser sends the request again when you go there. If a page of yours asked for it, add the page's origin to `server.allowedOrigins`.",
};

export const rule: InlineRule = {
  severity: "hint",
  title: "The browser asked for this page in advance",
  summary: "The server runs no script for a page that a browser fetches before the user goes there.",
  explanation:
    "A page of another site can name addresses that the browser fetches in advance (`<script type=speculationrules>`), and a browser fetches an address itself while it is typed. Neither means that the user wants the script to run. The browser says so with `Sec-Purpose: prefetch`; the server refuses such a request unless a page of its own, or of an origin in `server.allowedOrigins`, asks for it.",
  reference: "WHATWG Fetch §3.1 (Sec-Purpose)",
  logged: servedByAll,
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
