// So many bytes wait between clients and scripts that the server gives a request up.
import type { ConnectionFaultCode } from "../../../../http/front/messages.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<ConnectionFaultCode> = {
  "too-much-held": "Close connections that are not used, send requests in one piece, and read responses.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "Clients have too many unfinished requests open",
  summary: "The server limits the memory for bytes that wait between clients and scripts, and the limit is reached.",
  explanation:
    "The bytes of a request that has not arrived completely, and of a response that the client does not read, wait in memory. Many clients that send a part and stop fill that memory. The server then refuses the request that waits longest with 503, so that there is room for newer ones.",
  reference: "RFC 9110 §15.6.4",
  logged: [],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
