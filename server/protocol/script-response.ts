// What a script's head means, RFC 3875 §6.2 and §6.3: a document, one of the three redirects, or nothing valid. Decides alone on
// the head; the body is not known yet when the first byte has to go out.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "./byte-string.js";
import type { GatewayPolicy } from "./policy.js";
import { quoteBytes } from "./quote.js";
import type { HeaderPair } from "./request.js";
import type { ScriptHead } from "./script-head.js";

/** The kinds of a trace's `script` without "nph", which is not parsed. */
export type ScriptResponseKind =
  | "document"
  | "local-redirect"
  | "client-redirect"
  | "client-redirect-document"
  | "invalid";
export interface ScriptResponse {
  readonly kind: ScriptResponseKind;
  /** The status the client is to see; null for a local redirect and an invalid response. */
  readonly status: number | null;
  /** The reason phrase the script gave; null when it gave none. */
  readonly reason: ByteString | null;
  /** Every field as the script wrote it, Status included (`frame` leaves out what does not go on the wire). */
  readonly headers: readonly HeaderPair[];
  /** The Location field's value. For a local redirect: the target to serve instead, with GET and without a body; what the script writes after it is discarded. */
  readonly location: ByteString | null;
  /** Offset in stdout at which reading stopped making sense; null unless invalid. */
  readonly stoppedAt: number | null;
  /** Why it is invalid, or what was tolerated, in sentences; null when all is as RFC 3875 says. */
  readonly why: string | null;
}

/** A CGI field (RFC 3875 §6.3) and its place among the head's fields. */
interface CgiField {
  readonly value: ByteString;
  readonly index: number;
}
type Status = { readonly code: number; readonly reason: ByteString | null };

const statusValue = /^(\d{3})(?:[ \t]+(.*))?$/;
const absoluteUri = /^[A-Za-z][A-Za-z0-9+.-]*:/;
/** `local-pathquery` of RFC 3875 §6.3.2, leniently: a path from the root in visible ASCII, without a fragment. */
const localPathQuery = /^\/[!-"$-~]*$/;

export function interpretScriptHead(head: ScriptHead, policy: GatewayPolicy): ScriptResponse {
  const invalid = (stoppedAt: number, why: string): ScriptResponse => ({
    kind: "invalid",
    status: null,
    reason: null,
    headers: head.fields,
    location: null,
    stoppedAt,
    why,
  });
  if (head.problem !== null) return invalid(head.problem.at, head.problem.why);
  if (head.statusLine !== null && policy.httpStatusLine === "reject")
    return invalid(0, head.tolerated ?? "The first line is an HTTP status line.");
  const statusLine = policy.httpStatusLine === "ignore" ? null : head.statusLine;

  const notes: string[] = head.tolerated === null ? [] : [head.tolerated];
  const cgi = new Map<string, CgiField>();
  for (const [index, [name, value]] of head.fields.entries()) {
    const key = name.toLowerCase();
    if (key !== "content-type" && key !== "location" && key !== "status") continue;
    if (cgi.has(key)) {
      const why = `${name} is there more than once (RFC 3875 §6.3)`;
      if (policy.repeatedCgiField === "reject") return invalid(fieldOffset(head, index), `${why}.`);
      notes.push(`${why}; the last one counts.`);
    }
    cgi.set(key, { value, index });
  }
  if (cgi.size === 0 && statusLine === null) {
    const what =
      head.fields.length === 0
        ? "The output begins with an empty line, so there is no header field."
        : "None of the header fields is Content-Type, Location or Status.";
    const why = `${what} One of the three must be there (RFC 3875 §6.3).`;
    if (policy.missingCgiField === "reject") return invalid(head.spans.at(-1)?.from ?? 0, why);
    notes.push(why);
  }

  const said = statusOf(head, cgi.get("status"), statusLine);
  if (said !== null && "why" in said) return invalid(said.at, said.why);
  const location = cgi.get("location");
  const hasType = (cgi.get("content-type")?.value ?? "") !== "";
  const done = (kind: ScriptResponseKind, status: number | null): ScriptResponse => ({
    kind,
    status,
    reason: said?.reason ?? null,
    headers: head.fields,
    location: location?.value ?? null,
    stoppedAt: null,
    why: notes.length === 0 ? null : notes.join(" "),
  });

  if (location === undefined) {
    const status = said?.code ?? 200;
    // RFC 3875 §6.3.1 asks for a type where there is a body; these two never have one.
    if (!hasType && status !== 204 && status !== 304) {
      const why = "There is no Content-Type, which a document must have (RFC 3875 §6.2.1)";
      if (policy.missingContentType === "reject") return invalid(head.spans.at(-1)?.from ?? 0, `${why}.`);
      notes.push(`${why}; what the body is remains the browser's guess.`);
    }
    return done("document", status);
  }

  const { value } = location;
  if (value === "") return invalid(fieldOffset(head, location.index), "Location is empty (RFC 3875 §6.3.2).");
  if (said === null && head.fields.length === 1 && localPathQuery.test(value) && policy.localRedirect === "serve")
    return done("local-redirect", null);
  const absolute = absoluteUri.test(value);
  if (!absolute && !value.startsWith("/")) {
    const why = "Location is neither an absolute URI nor a path from the root (RFC 3875 §6.3.2)";
    if (policy.relativeLocation === "reject") return invalid(fieldOffset(head, location.index), `${why}.`);
    notes.push(`${why}; it is sent as it is, and the client resolves it.`);
  }
  if (said !== null && (said.code < 300 || said.code > 399)) {
    if (said.code === 200)
      notes.push("Location beside status 200: no client follows it (RFC 3875 §6.2.4 asks for 302 or another 3xx).");
    return done("document", said.code);
  }
  if (policy.localRedirect === "serve" || head.fields.length > 1)
    notes.push(...redirectNotes(head, { absolute, local: value.startsWith("/"), hasStatus: said !== null, hasType }));
  else if (!absolute && value.startsWith("/"))
    notes.push(
      "Location is a path alone, a local redirect (RFC 3875 §6.2.2), which the policy does not follow: the client is sent there, with 302.",
    );
  return done(hasType ? "client-redirect-document" : "client-redirect", said?.code ?? 302);
}

/** How a redirect that the client is to follow departs from RFC 3875 §6.2.3 and §6.2.4. All servers send these, and clients understand them. */
function redirectNotes(
  head: ScriptHead,
  it: { absolute: boolean; local: boolean; hasStatus: boolean; hasType: boolean },
): string[] {
  const extended = head.fields.every(([name]) => /^(?:location$|x-cgi-)/i.test(name));
  if (!it.hasStatus && it.local) {
    const why =
      extended && head.fields.length === 1
        ? "holds characters a local redirect's path cannot have"
        : "is a path, but not the only field";
    return [`Location ${why}, so this is no local redirect (RFC 3875 §6.2.2): the client is sent there, with 302.`];
  }
  if (it.hasStatus && it.local)
    return ["Location is a path beside a Status: no local redirect (RFC 3875 §6.2.2), the client is sent there."];
  if (it.absolute && !it.hasStatus && !extended)
    return ["A redirect with other fields must have a Status and a Content-Type (RFC 3875 §6.2.4); 302 is assumed."];
  if (it.absolute && it.hasStatus && !it.hasType)
    return ["A redirect with a Status must have a Content-Type and a document (RFC 3875 §6.2.4)."];
  return [];
}

/** The Status field's, else the status line's; null when the script left it open. */
function statusOf(
  head: ScriptHead,
  field: CgiField | undefined,
  line: ScriptHead["statusLine"],
): Status | null | { readonly at: number; readonly why: string } {
  const at = field === undefined ? 0 : fieldOffset(head, field.index);
  const match = field === undefined ? null : statusValue.exec(field.value);
  if (field !== undefined && match === null)
    return { at, why: `Status: ${quoteBytes(field.value)} is not three digits and a reason (RFC 3875 §6.3.3).` };
  const status: Status | null =
    match !== null
      ? { code: Number(match[1]), reason: match[2] === undefined || match[2] === "" ? null : byteString(match[2]) }
      : fromStatusLine(line);
  if (status === null) return null;
  if (status.code < 200)
    return {
      at,
      why: `Status ${status.code} is no final answer: 1xx only announces one (RFC 9110 §15.2), and only a script named nph-… may.`,
    };
  if (status.code > 599) return { at, why: `Status ${status.code} is no HTTP status: they end at 599 (RFC 9110 §15).` };
  return status;
}

function fromStatusLine(line: ScriptHead["statusLine"]): Status | null {
  return line === null ? null : { code: line.status, reason: line.reason === "" ? null : line.reason };
}

/** Where the field's line begins in stdout. */
function fieldOffset(head: ScriptHead, index: number): number {
  let names = 0;
  for (const span of head.spans) if (span.is === "name" && names++ === index) return span.from;
  return 0;
}
