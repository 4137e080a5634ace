// The request target, RFC 9112 §3.2: what a client asked for, taken apart once and for all. Routing and meta-variables
// get the decoded, normalised path and never see another spelling of it. Which file it means is routing's business.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { latin1 } from "./byte-string.js";
import { normalPath } from "./path-segments.js";
import { percentDecode } from "./percent.js";
import type { GatewayPolicy } from "./policy.js";
import { targetMessage } from "./request-messages.js";

export interface Target {
  /** The target as it was sent. */
  readonly raw: ByteString;
  /** Decoded once, then without dot segments and doubled slashes. Begins with "/", holds no NUL. */
  readonly path: ByteString;
  /** After the first "?", as sent; "" when there is none. */
  readonly query: ByteString;
  /** "host" or "host:port" of an absolute-form target: it takes precedence over Host (RFC 9112 §3.2.2). */
  readonly authority: ByteString | null;
}
export type TargetResult =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly status: 400 | 404; readonly why: Message };

const notInTarget = /[\0-\x20\x7f]/;
// RFC 9110 §7.4 has https refused on a plain connection. Apache, lighttpd and nginx serve it, and so does this server.
const absoluteForm = /^https?:\/\/([^/?#]*)/i;
const hostAndPort = /^(?:\[[0-9a-f:.]+\]|[^\s:@[\]]+)(?::\d{0,5})?$/i;
// Anything in which decoding or normalising changes something; "/.x" is let
// through to normalPath for simplicity's sake.
const needsNormalising = /%|\/\/|\/\./;

const refuse = (status: 400 | 404, why: Message): TargetResult => ({ ok: false, status, why });

/** Takes the target of any method but CONNECT apart. */
export function parseTarget(raw: ByteString, policy: GatewayPolicy): TargetResult {
  if (raw === "") return refuse(400, targetMessage("target-empty"));
  if (notInTarget.test(raw)) return refuse(400, targetMessage("target-control-byte"));
  if (raw === "*") return refuse(404, targetMessage("target-asterisk"));
  // RFC 9112 §3.2: a fragment is the client's own business and never sent.
  // Cutting it off would hide a client's mistake.
  if (raw.includes("#")) return refuse(400, targetMessage("target-fragment"));

  let authority: ByteString | null = null;
  let pathFrom = 0;
  if (!raw.startsWith("/")) {
    const absolute = absoluteForm.exec(raw);
    if (absolute === null) return refuse(400, targetMessage("target-not-http"));
    const [whole, host = ""] = absolute;
    if (host.includes("@")) return refuse(400, targetMessage("target-userinfo"));
    if (!hostAndPort.test(host)) return refuse(400, targetMessage("target-bad-host"));
    authority = latin1(host);
    pathFrom = whole.length;
  }

  const question = raw.indexOf("?", pathFrom);
  const pathTo = question < 0 ? raw.length : question;
  const rawPath = latin1(raw.slice(pathFrom, pathTo));
  const query = latin1(raw.slice(question < 0 ? raw.length : question + 1));
  const { value, malformedAt } = percentDecode(rawPath);
  const bad = malformedAt[0];
  if (bad !== undefined) return refuse(400, targetMessage("target-bad-percent", { at: pathFrom + bad }));
  if (value.includes("\0")) return refuse(400, targetMessage("target-nul"));
  if (policy.encodedSlash === "reject" && /%2f/i.test(rawPath))
    return refuse(404, targetMessage("target-encoded-slash"));

  const path = rawPath !== "" && !needsNormalising.test(rawPath) ? rawPath : normalPath(rawPath).path;
  return { ok: true, target: { raw, path, query, authority } };
}
