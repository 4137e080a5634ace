// A page registered the script as a service worker.
import type { accessMessage } from "../../../../http/access/messages.js";
import { servedByAll } from "../../../engine/logged.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<(typeof accessMessage.codes)[number]> = {
  "service-worker-refused": "If the worker is what you test, set `server.serviceWorkers` to true.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "A page registered this script as a service worker",
  summary: "The server refuses to send a script that a browser would install as a service worker.",
  explanation:
    "A service worker stays in the browser's profile and answers requests in place of the server, also after the workspace was closed. Every workspace that is opened later at the same address would get its answers from the worker of an earlier one. The browser says with `Service-Worker: script` that it fetches a worker; the server refuses such a request unless `server.serviceWorkers` is true.",
  reference: "W3C Service Workers §2.2",
  logged: servedByAll,
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
