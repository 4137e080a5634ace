// How long a request's body is (RFC 9112 §6): decided here and nowhere else, from the header lines as read.
// Every form that two servers could read in two ways is refused: two lengths, a length beside a coding, signs
// and lists in a length, an unknown coding.
import { withoutBlanks } from "../blanks.js";
import { valuesOf } from "../header-values.js";
import type { HeaderPair, RequestHead } from "../request.js";
import { type RequestFaultCode, requestFaultStatus } from "./request-fault.js";

export type BodyFraming =
  /** The request says nothing of a body, and has none. */
  { readonly kind: "none" } | { readonly kind: "length"; readonly bytes: number } | { readonly kind: "chunked" };

type FramingResult =
  | { readonly ok: true; readonly framing: BodyFraming }
  /** `header`: the index of the header line that is wrong. */
  | { readonly ok: false; readonly code: RequestFaultCode; readonly status: number; readonly header: number };

const none: FramingResult = { ok: true, framing: { kind: "none" } };
const chunked: FramingResult = { ok: true, framing: { kind: "chunked" } };
/** Fewer digits than a number that a double cannot hold exactly. */
const maxLengthDigits = 15;

export function bodyFraming({ headers, httpVersion }: Pick<RequestHead, "headers" | "httpVersion">): FramingResult {
  let length = -1;
  let coding = -1;
  for (let i = 0; i < headers.length; i++) {
    const name = headers[i]?.[0] ?? "";
    // Two names out of many: their lengths sort nearly all others out.
    if (name.length === 14 && name.toLowerCase() === "content-length") {
      if (length >= 0) return refused("content-length-repeated", i);
      length = i;
    } else if (name.length === 17 && coding < 0 && name.toLowerCase() === "transfer-encoding") coding = i;
  }
  if (coding >= 0) {
    if (length >= 0) return refused("content-length-and-transfer-encoding", coding);
    if (httpVersion === "1.0") return refused("transfer-encoding-in-http-1-0", coding);
    return codingFramed(headers, coding);
  }
  if (length < 0) return none;
  const value = headers[length]?.[1] ?? "";
  if (!/^\d+$/.test(value) || value.length > maxLengthDigits) return refused("content-length-invalid", length);
  return { ok: true, framing: { kind: "length", bytes: Number(value) } };
}

/** Several lines are one list (RFC 9110 §5.3). "chunked" alone is spoken here. */
function codingFramed(headers: readonly HeaderPair[], first: number): FramingResult {
  const codings = valuesOf(headers, "transfer-encoding")
    .flatMap((value) => value.split(","))
    .map((coding) => withoutBlanks(coding).toLowerCase());
  if (codings.length === 1 && codings[0] === "chunked") return chunked;
  if (codings.at(-1) !== "chunked" || codings.indexOf("chunked") < codings.length - 1)
    return refused(
      codings.includes("chunked") ? "transfer-encoding-not-chunked-last" : "transfer-encoding-unknown",
      first,
    );
  return refused("transfer-encoding-unknown", first);
}

const refused = (code: RequestFaultCode, header: number): FramingResult => ({
  ok: false,
  code,
  status: requestFaultStatus[code],
  header,
});

/** Whether the connection may serve another request after this one (RFC 9112 §9.3). */
export function isPersistent({ headers, httpVersion }: Pick<RequestHead, "headers" | "httpVersion">): boolean {
  let keepsAlive = httpVersion === "1.1";
  for (const [name, value] of headers) {
    if (name.length !== 10 || name.toLowerCase() !== "connection") continue;
    const options = value.toLowerCase().split(",");
    if (options.some((option) => withoutBlanks(option) === "close")) return false;
    if (options.some((option) => withoutBlanks(option) === "keep-alive")) keepsAlive = true;
  }
  return keepsAlive;
}

/**
 * Whether the client waits for "100 Continue" before it sends its body (RFC 9110 §10.1.1); HTTP/1.0 does not know that.
 */
export function expectsContinue({ headers, httpVersion }: Pick<RequestHead, "headers" | "httpVersion">): boolean {
  if (httpVersion === "1.0") return false;
  return headers.some(
    ([name, value]) => name.length === 6 && name.toLowerCase() === "expect" && value.toLowerCase() === "100-continue",
  );
}
