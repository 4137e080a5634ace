// The server holds so many unfinished requests that it refuses another one.
import type { ConnectionFaultCode } from "../../../../http/front/messages.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<ConnectionFaultCode> = {
  "too-much-held": "Close connections that are not used, or send requests in one piece.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "Clients have too many unfinished requests open",
  summary: "The server limits the memory for requests that have not arrived completely, and the limit is reached.",
  explanation:
    "The bytes of a request that has not arrived completely wait in memory. Many clients that send slowly, or that open a connection, send a part and stop, fill that memory. The server refuses further incomplete requests with 503 until others are complete or time out. Complete requests are served meanwhile.",
  reference: "RFC 9110 §15.6.4",
  logged: [],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
