// The request target, RFC 9112 §3.2: what a client asked for, taken apart once and for all. Routing and meta-variables get the
// decoded, normalised path and never see another spelling of it. Which file it means is routing's business.
import type { ByteString } from "../contract/bytes-text.js";
import { latin1 } from "./byte-string.js";
import { normalPath } from "./path-segments.js";
import { percentDecode } from "./percent.js";
import type { GatewayPolicy } from "./policy.js";

export interface Target {
  /** As sent. */
  readonly raw: ByteString;
  /** The path as sent, still percent-encoded; "" when an absolute-form target has none. */
  readonly rawPath: ByteString;
  /** Decoded once, then without dot segments and doubled slashes. Begins with "/", holds no NUL. */
  readonly path: ByteString;
  /** After the first "?", as sent; "" when there is none. */
  readonly query: ByteString;
  /** Of an absolute-form target ("host" or "host:port"): it takes precedence over Host (RFC 9112 §3.2.2). */
  readonly authority: ByteString | null;
}
export type TargetResult =
  | { readonly ok: true; readonly target: Target }
  | { readonly ok: false; readonly status: 400 | 404; readonly why: string };

const notInTarget = /[\0-\x20\x7f]/;
const absoluteForm = /^https?:\/\/([^/?#]*)/i;
const hostAndPort = /^(?:\[[0-9a-f:.]+\]|[^\s:@[\]]+)(?::\d{0,5})?$/i;
// Anything in which decoding or normalising changes something; "/.x" is let through to normalPath for simplicity's sake.
const needsNormalising = /%|\/\/|\/\./;

const refuse = (status: 400 | 404, why: string): TargetResult => ({ ok: false, status, why });

/** Takes the target of any method but CONNECT apart. */
export function parseTarget(raw: ByteString, policy: GatewayPolicy): TargetResult {
  if (raw === "") return refuse(400, "The request target is empty.");
  if (notInTarget.test(raw)) return refuse(400, "The request target holds a space or a control byte.");
  if (raw === "*")
    return refuse(404, "The target * means the server as a whole (RFC 9112 §3.2.4); no script stands for that.");
  // RFC 9112 §3.2: a fragment is the client's own business and never sent. Cutting it off would hide a client's mistake.
  if (raw.includes("#"))
    return refuse(400, "The request target holds a #: a fragment is not part of a request (RFC 9112 §3.2).");

  let authority: ByteString | null = null;
  let pathFrom = 0;
  if (!raw.startsWith("/")) {
    const absolute = absoluteForm.exec(raw);
    if (absolute === null)
      return refuse(400, "The request target neither begins with / nor is an absolute http URI (RFC 9112 §3.2).");
    const [whole, host = ""] = absolute;
    if (host.includes("@"))
      return refuse(400, "The request target holds user information, which must not be sent (RFC 9110 §4.2.4).");
    if (!hostAndPort.test(host)) return refuse(400, "The request target names no proper host (RFC 9110 §4.2.1).");
    authority = latin1(host);
    pathFrom = whole.length;
  }

  const question = raw.indexOf("?", pathFrom);
  const pathTo = question < 0 ? raw.length : question;
  const rawPath = latin1(raw.slice(pathFrom, pathTo));
  const query = latin1(raw.slice(question < 0 ? raw.length : question + 1));
  const { value, malformedAt } = percentDecode(rawPath);
  const bad = malformedAt[0];
  if (bad !== undefined)
    return refuse(
      400,
      `The path holds a % that two hexadecimal digits do not follow, at position ${pathFrom + bad} (RFC 3986 §2.1).`,
    );
  if (value.includes("\0")) return refuse(400, "The path holds %00: no file name and no variable can hold a NUL.");
  if (policy.encodedSlash === "reject" && /%2f/i.test(rawPath))
    return refuse(
      404,
      "The path holds an encoded slash, %2F, which the script could no longer tell from a real one (RFC 3875 §4.1.5); policy.encodedSlash in cgi-workbench.json decodes it.",
    );

  const path = rawPath !== "" && !needsNormalising.test(rawPath) ? rawPath : normalPath(rawPath).path;
  return { ok: true, target: { raw, rawPath, path, query, authority } };
}
