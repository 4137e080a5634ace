// Why our gateway, Apache, lighttpd and nginx disagree on a request: one decision for each production on which they do.
import type { Production } from "./mutations.js";

export interface PeerDecision {
  /** What we do with it. "both": it depends on where the production lies, and is decided for each place. */
  readonly we: "serve" | "refuse" | "both";
  readonly why: string;
  /** Apache, lighttpd and nginx agree, and we differ. */
  readonly alone?: true;
}

const serve = (why: string, ...names: Production[]) => decided({ we: "serve", why }, names);
const refuse = (why: string, ...names: Production[]) => decided({ we: "refuse", why }, names);
const either = (why: string, ...names: Production[]) => decided({ we: "both", why }, names);
const decided = (decision: PeerDecision, names: Production[]): [Production, PeerDecision][] =>
  names.map((name) => [name, decision]);

export const peerDecisions: ReadonlyMap<string, PeerDecision> = new Map<Production, PeerDecision>([
  ...serve(
    "Any token is a method, and the script decides (RFC 9110 §9.1, RFC 3875 §4.1.12).",
    ...(["method-unknown", "method-lower-case", "method-long"] as const),
  ),
  ...refuse("400 or 501 for what is no method (RFC 9112 §3).", "method-invalid-byte", "method-empty"),
  ...decided({ we: "refuse", why: "501: CONNECT is not implemented (RFC 9110 §9.3.6); others say 4xx.", alone: true }, [
    "method-connect",
  ]),
  ...refuse("An http server serves http URIs (RFC 9110 §7.4).", "target-absolute-other-scheme"),
  ...refuse("The gateway has no file for OPTIONS * (RFC 9110 §9.3.7).", "target-asterisk"),
  ...either(
    "Raw bytes and unsafe characters reach QUERY_STRING as they came (RFC 3875 §4.1.7); lighttpd escapes or refuses them.",
    ...(["target-raw-bytes", "target-raw-bytes-in-path", "target-unsafe-character"] as const),
  ),
  ...either(
    "A path that cannot be decoded, or has a NUL, is 400 (RFC 3875 §4.1.5); a query is not decoded (§4.1.7).",
    ...(["target-bad-escape", "target-escaped-nul"] as const),
  ),
  ...refuse("A target has no fragment (RFC 9112 §3.2).", "target-fragment"),
  ...refuse(
    "One space stands between the parts of a request line (RFC 9112 §3).",
    ...(["target-space", "line-two-spaces-before-target", "line-two-spaces-after-target"] as const),
    ...(["line-tab", "line-trailing-space", "line-leading-space"] as const),
  ),
  ...refuse("HTTP/0.9 is not spoken (RFC 9112 §2.3).", "version-missing", "version-0.9"),
  ...refuse(
    "The version is HTTP/1.1 or HTTP/1.0, in digits of one; another is 505 (RFC 9110 §15.6.6).",
    ...(["version-1.2", "version-2.0", "version-other-name"] as const),
  ),
  ...decided({ we: "refuse", why: "505 for digits without end, where others say 400 (RFC 9112 §2.3).", alone: true }, [
    "version-many-digits",
  ]),
  ...either("A Transfer-Encoding in HTTP/1.0 is faulty framing (RFC 9112 §6.1).", "version-1.0"),
  ...refuse("A Transfer-Encoding in HTTP/1.0 is faulty framing (RFC 9112 §6.1).", "coding-in-1.0"),
  ...serve(
    "A line may end in LF alone (RFC 9112 §2.2): policy.bareLineFeed, taken as by nginx.",
    ...(["line-feed-alone-after-request-line", "line-feed-alone-after-field"] as const),
    ...(["line-feed-alone-blank-line", "line-feeds-alone", "line-feeds-before"] as const),
  ),
  ...serve("Blank lines before a request line are skipped (RFC 9112 §2.2).", "blank-lines-before"),
  ...serve(
    "A folded line is joined with a space (RFC 9112 §5.2): policy.foldedRequestHeader.",
    ...(["field-folded", "field-folded-blank", "length-folded", "coding-folded"] as const),
  ),
  ...refuse(
    "A field line is a token, a colon and a value without control bytes (RFC 9112 §5, RFC 9110 §5.5).",
    ...(["field-without-colon", "field-name-invalid-byte", "field-name-raw-byte"] as const),
    ...(["field-value-control-byte", "field-value-delete-byte"] as const),
  ),
  ...refuse(
    "A carriage return ends no line alone (RFC 9112 §2.2).",
    ...(["carriage-return-alone-in-value", "carriage-return-alone-after-field"] as const),
    ...(["carriage-return-twice-after-field"] as const),
  ),
  ...either("nginx refuses some fields that come twice (RFC 9110 §5.3 leaves that to the field).", "field-repeated"),
  ...refuse("A request has one Host (RFC 9112 §3.2).", "host-twice"),
  ...refuse("A length is digits (RFC 9110 §8.6).", "length-empty", "length-huge"),
  ...serve(
    "White space round a value is not part of it, tabs included (RFC 9110 §5.5).",
    ...(["length-blanks", "coding-blanks"] as const),
  ),
  ...serve("Any method may have a body (RFC 9110 §9.3.1 for GET).", "length-of-get", "coding-of-get"),
  ...serve("A request without length has no body (RFC 9112 §6.3).", "length-missing"),
  ...refuse(
    "A length beside a coding is how requests are smuggled (RFC 9112 §6.1).",
    ...(["length-after-coding", "length-before-coding"] as const),
  ),
  ...refuse(
    "chunked alone is spoken: another coding is 501, chunked not last or twice is 400 (RFC 9112 §6.1).",
    ...(["coding-unknown", "coding-made-up", "coding-before-chunked", "coding-after-chunked"] as const),
    ...(["coding-chunked-twice", "coding-two-lines", "coding-chunked-two-lines", "coding-identity"] as const),
    ...(["coding-identity-before-chunked", "coding-empty", "coding-empty-element"] as const),
    ...(["coding-empty-element-first", "coding-parameter", "coding-quoted", "coding-control-byte"] as const),
  ),
  ...refuse(
    "Lines of the chunked coding end in CR LF and hold no control bytes (RFC 9112 §7.1).",
    ...(["chunk-extension-carriage-return", "chunk-extension-control-byte", "chunk-size-line-feed"] as const),
    ...(["chunk-size-carriage-return", "chunk-data-end-line-feed", "chunk-data-shorter"] as const),
    ...(["last-chunk-line-feed", "chunk-size-word-after", "chunk-size-huge"] as const),
  ),
  ...serve("Extensions have a bound of 16 KiB a body (RFC 9112 §7.1.1 asks for one).", "chunk-extension-long"),
  ...refuse(
    "The trailer section has the grammar of field lines (RFC 9112 §7.1.2).",
    ...(["trailer-section-end-line-feed", "trailer-line-feed", "trailer-without-colon"] as const),
    ...(["trailer-space-before-colon", "trailer-control-byte"] as const),
  ),
  ...serve("Apache closes behind a body that it did not ask for (RFC 9110 §10.1.1).", "expect-continue"),
  ...serve("An unknown expectation may be ignored (RFC 9110 §10.1.1); Apache answers 417.", "expect-other"),
  ...either("What follows is read as the next request, by the same rules.", "garbage-after", "truncated"),
]);
