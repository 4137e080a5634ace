// What a script's head means, RFC 3875 §6.2 and §6.3: a document, one of the three redirects, or nothing valid. Decides
// alone on the head; the body is not known yet when the first byte has to go out.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import { byteString } from "./byte-string.js";
import type { GatewayPolicy } from "./policy.js";
import { quoteBytes } from "./quote.js";
import type { HeaderPair } from "./request.js";
import type { ScriptHead } from "./script-head.js";
import { scriptMessage } from "./script-head-messages.js";

/** The kinds of a trace's `script` without "nph", which is not parsed. */
type ScriptResponseKind = "document" | "local-redirect" | "client-redirect" | "client-redirect-document" | "invalid";
export interface ScriptResponse {
  readonly kind: ScriptResponseKind;
  /** The status the client is to see; null for a local redirect and an invalid response. */
  readonly status: number | null;
  /** The reason phrase the script gave; null when it gave none. */
  readonly reason: ByteString | null;
  /** Every field as the script wrote it, Status included (`frame` leaves out what does not go on the wire). */
  readonly headers: readonly HeaderPair[];
  /**
   * The Location field's value. For a local redirect: the target to serve instead, with GET and without a body; what
   * the script writes after it is discarded.
   */
  readonly location: ByteString | null;
  /** Offset in stdout at which reading stopped making sense; null unless invalid. */
  readonly stoppedAt: number | null;
  /** Why it is invalid, or what was tolerated; empty when all is as RFC 3875 says. */
  readonly reasons: readonly Message[];
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
  const invalid = (stoppedAt: number, why: Message): ScriptResponse => ({
    kind: "invalid",
    status: null,
    reason: null,
    headers: head.fields,
    location: null,
    stoppedAt,
    reasons: [why],
  });
  if (head.problem !== null) return invalid(head.problem.at, head.problem.why);
  if (head.statusLine !== null && policy.httpStatusLine === "reject")
    return invalid(0, scriptMessage("http-status-line"));
  const statusLine = policy.httpStatusLine === "ignore" ? null : head.statusLine;

  const notes: Message[] = head.tolerated === null ? [] : [head.tolerated];
  const cgi = new Map<string, CgiField>();
  for (const [index, [name, value]] of head.fields.entries()) {
    const key = name.toLowerCase();
    if (key !== "content-type" && key !== "location" && key !== "status") continue;
    if (cgi.has(key)) {
      const isTolerated = policy.repeatedCgiField !== "reject";
      const why = scriptMessage("field-repeated", { name, isTolerated });
      if (!isTolerated) return invalid(fieldOffset(head, index), why);
      notes.push(why);
    }
    cgi.set(key, { value, index });
  }
  if (cgi.size === 0 && statusLine === null) {
    const why = scriptMessage(head.fields.length === 0 ? "no-fields" : "no-cgi-field");
    if (head.fields.length === 0 || policy.missingCgiField === "reject")
      return invalid(head.spans.at(-1)?.from ?? 0, why);
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
    reasons: notes,
  });

  if (location === undefined) {
    const status = said?.code ?? 200;
    // RFC 3875 §6.3.1 asks for a type where there is a body; these two never have one.
    if (!hasType && status !== 204 && status !== 304) {
      const isTolerated = policy.missingContentType !== "reject";
      const why = scriptMessage("no-content-type", { isTolerated });
      if (!isTolerated) return invalid(head.spans.at(-1)?.from ?? 0, why);
      notes.push(why);
    }
    return done("document", status);
  }

  const { value } = location;
  if (value === "") return invalid(fieldOffset(head, location.index), scriptMessage("empty-location"));
  if (said === null && head.fields.length === 1 && localPathQuery.test(value) && policy.localRedirect === "serve")
    return done("local-redirect", null);
  const absolute = absoluteUri.test(value);
  if (!absolute && !value.startsWith("/")) {
    const isTolerated = policy.relativeLocation !== "reject";
    const why = scriptMessage("relative-location", { isTolerated });
    if (!isTolerated) return invalid(fieldOffset(head, location.index), why);
    notes.push(why);
  }
  if (said !== null && (said.code < 300 || said.code > 399)) {
    if (said.code === 200) notes.push(scriptMessage("location-with-status-200"));
    return done("document", said.code);
  }
  if (policy.localRedirect === "serve" || head.fields.length > 1)
    notes.push(...redirectNotes(head, { absolute, local: value.startsWith("/"), hasStatus: said !== null, hasType }));
  else if (!absolute && value.startsWith("/")) notes.push(scriptMessage("local-redirect-not-followed"));
  return done(hasType ? "client-redirect-document" : "client-redirect", said?.code ?? 302);
}

/**
 * How a redirect that the client is to follow departs from RFC 3875 §6.2.3 and §6.2.4. All servers
 * send these, and clients understand them.
 */
function redirectNotes(
  head: ScriptHead,
  it: { absolute: boolean; local: boolean; hasStatus: boolean; hasType: boolean },
): Message[] {
  const extended = head.fields.every(([name]) => /^(?:location$|x-cgi-)/i.test(name));
  if (!it.hasStatus && it.local) {
    const isAlone = extended && head.fields.length === 1;
    return [scriptMessage(isAlone ? "local-redirect-characters" : "local-redirect-with-fields")];
  }
  if (it.hasStatus && it.local) return [scriptMessage("local-redirect-with-status")];
  if (it.absolute && !it.hasStatus && !extended) return [scriptMessage("redirect-without-status")];
  if (it.absolute && it.hasStatus && !it.hasType) return [scriptMessage("redirect-without-document")];
  return [];
}

/** The Status field's, else the status line's; null when the script left it open. */
function statusOf(
  head: ScriptHead,
  field: CgiField | undefined,
  line: ScriptHead["statusLine"],
): Status | null | { readonly at: number; readonly why: Message } {
  const at = field === undefined ? 0 : fieldOffset(head, field.index);
  const match = field === undefined ? null : statusValue.exec(field.value);
  if (field !== undefined && match === null)
    return { at, why: scriptMessage("malformed-status", { value: quoteBytes(field.value) }) };
  const status: Status | null =
    match !== null
      ? { code: Number(match[1]), reason: match[2] === undefined || match[2] === "" ? null : byteString(match[2]) }
      : fromStatusLine(line);
  if (status === null) return null;
  if (status.code < 200) return { at, why: scriptMessage("interim-status", { status: status.code }) };
  if (status.code > 599) return { at, why: scriptMessage("unknown-status", { status: status.code }) };
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
