// The folder is not trusted, and the request came from outside of the window or needs a setting that waits.
import type { accessMessage } from "../../../../http/access/messages.js";
import type { routeMessage } from "../../../../routing/messages.js";
import { servedByAll } from "../../../engine/logged.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const trust = "Read what the folder wants, then choose “Trust this folder” in the window.";
const advice: Advice<(typeof accessMessage.codes)[number] | (typeof routeMessage.codes)[number]> = {
  "folder-untrusted": trust,
  "route-untrusted": trust,
  "handler-untrusted": trust,
};

export const rule: InlineRule = {
  severity: "error",
  title: "The folder is not trusted",
  summary:
    "Until you trust a folder, only the composer and the preview run its scripts, and some of its settings have no effect.",
  explanation:
    "A folder's configuration can name programs to start, addresses to listen on and places outside the folder. In a folder that you did not open before, or whose settings another program changed, these settings have no effect until you trust the folder. A request that needs one of them is refused, because another response would mislead. Other clients than the composer and the preview wait too.",
  reference: null,
  logged: servedByAll,
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
