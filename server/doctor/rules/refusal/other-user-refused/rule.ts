// Another user of this machine sent the request.
import type { accessMessage } from "../../../../http/access/messages.js";
import { servedByAll } from "../../../engine/logged.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<(typeof accessMessage.codes)[number]> = {
  "other-user": "If other users may run these scripts with your rights, set `server.otherUsers` to true.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "Another user of this machine sent this request",
  summary: "The server listens on a loopback address and serves only programs of its own user, and of root.",
  explanation:
    "Every user of a machine reaches its loopback addresses. A script runs with the rights of the user who started the workbench, so another user could read that user's files through it. On Linux the server asks the system whose process sent a request, and refuses those of other users unless `server.otherUsers` is true. That includes a proxy, such as nginx, that runs as a user of its own. A client that closes its connection before the server can ask is refused too.",
  reference: "Linux sock_diag(7)",
  logged: servedByAll,
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
