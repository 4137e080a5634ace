// Why our reader and node's disagree on a request: one decision a cause. A cause is named by
// who refuses, with the code of the refusal.

export interface Decision {
  /** "both": the specification leaves the choice. */
  readonly right: "we" | "node" | "both";
  readonly why: string;
}

/** Whatever else comes of it: node's parser reads a request differently when it asks for an upgrade. */
export const upgradeCause = "Upgrade changes what node reads";

const both = (why: string): Decision => ({ right: "both", why });
const we = (why: string): Decision => ({ right: "we", why });

export const nodeDecisions: Readonly<Record<string, Decision>> = {
  "we alone refuse: transfer-encoding-unknown": we(
    "A coding that a server does not understand is 501 (RFC 9112 §6.1). Node hands the body on with the coding still on it.",
  ),
  "we alone refuse: transfer-encoding-in-http-1-0": we(
    "A Transfer-Encoding in HTTP/1.0 is faulty framing (RFC 9112 §6.1): 400, as by lighttpd and nginx.",
  ),
  "we alone refuse: version-unsupported": both(
    "505 for a major version that is not spoken (RFC 9110 §15.6.6). Node takes HTTP/0.9 and HTTP/2.0 in the syntax of 1.1.",
  ),
  "we alone refuse: request-line-incomplete": both(
    "A request line without version is HTTP/0.9, which RFC 9112 no longer has: its response has no status line.",
  ),
  "we alone refuse: request-line-spaces": both(
    "One space stands between the parts of a request line; more may be taken (RFC 9112 §3), and Apache does not.",
  ),
  "we alone refuse: target-invalid-byte": both(
    "White space in the request line may be taken leniently (RFC 9112 §3), with care about smuggling; Apache and nginx refuse a target with a space.",
  ),
  "node alone refuses: HPE_INVALID_METHOD: Invalid method encountered": we(
    "Any token is a method (RFC 9110 §9.1, RFC 3875 §4.1.12). Node has a fixed list.",
  ),
  "node alone refuses: HPE_INVALID_URL: Unexpected char in url schema": both(
    "A target in none of the four forms (RFC 9112 §3.2): the gateway answers it 400 when it looks for the script.",
  ),
  "node alone refuses: HPE_INVALID_URL: Unexpected start char in url": both(
    "A target in none of the four forms (RFC 9112 §3.2): the gateway answers it 400 when it looks for the script.",
  ),
  "node alone refuses: HPE_INVALID_URL: Unexpected char in url server": both(
    "A target in none of the four forms (RFC 9112 §3.2): the gateway answers it 400 when it looks for the script.",
  ),
  "node alone refuses: HPE_INVALID_URL: Invalid char in url fragment start": both(
    "A target has no fragment (RFC 9112 §3.2): the gateway answers it 400 when it looks for the script.",
  ),
  "node alone refuses: HPE_INVALID_URL: Invalid char in url path": both(
    "Bytes above 0x7F are not in the grammar of a target (RFC 3986 §2); Apache and nginx take them, and so do we.",
  ),
  "node alone refuses: HPE_INVALID_URL: Invalid char in url query": both(
    "Bytes above 0x7F are not in the grammar of a target (RFC 3986 §2); Apache and nginx take them, and so do we.",
  ),
  "node alone refuses: HPE_INVALID_VERSION: Expected CRLF after version": both(
    "A line may end in LF alone (RFC 9112 §2.2): policy.bareLineFeed.",
  ),
  "node alone refuses: HPE_CR_EXPECTED: Missing expected CR after header value": both(
    "A line may end in LF alone (RFC 9112 §2.2): policy.bareLineFeed.",
  ),
  "node alone refuses: HPE_INVALID_HEADER_TOKEN: Invalid header field char": both(
    "The blank line may end in LF alone (RFC 9112 §2.2): policy.bareLineFeed.",
  ),
  "node alone refuses: HPE_INVALID_HEADER_TOKEN: Invalid header value char": both(
    "A folded line is refused, or joined with a space (RFC 9112 §5.2): policy.foldedRequestHeader.",
  ),
  "node alone refuses: HPE_INVALID_HEADER_TOKEN: Unexpected whitespace after header value": both(
    "A folded line is refused, or joined with a space (RFC 9112 §5.2): policy.foldedRequestHeader.",
  ),
  "node alone refuses: HPE_INVALID_CONTENT_LENGTH: Invalid character in Content-Length": we(
    "White space before and after a field value is not part of it, tabs included (RFC 9110 §5.5).",
  ),
  "node alone refuses: HPE_INVALID_TRANSFER_ENCODING: Request has invalid `Transfer-Encoding`": we(
    "White space before and after a field value is not part of it, tabs included (RFC 9110 §5.5).",
  ),
  "node alone refuses: HPE_INVALID_CONTENT_LENGTH: Content-Length can't be present with Transfer-Encoding": both(
    "A trailer line never changes the framing (RFC 9110 §6.5.1); we list it in the trace and pass it to nobody.",
  ),
  "node alone refuses: HPE_INVALID_CHUNK_SIZE: Invalid character in chunk size": both(
    "White space after a chunk size (RFC 9112 §7.1.1 has it before an extension): Apache, lighttpd and nginx take it.",
  ),
  "node alone refuses: HPE_STRICT: Invalid character in chunk extensions": both(
    "Nobody reads extensions. White space round their parts is in RFC 9112 §7.1.1; an empty one is taken by Apache, lighttpd and nginx.",
  ),
  "node alone refuses: HPE_STRICT: Invalid character in chunk extensions value": both(
    "Nobody reads extensions (RFC 9112 §7.1.1). Bytes above 0x7F in them are taken by Apache, lighttpd and nginx.",
  ),
  "we alone refuse: closed": we(
    "White space before and after a field value is not part of it (RFC 9110 §5.5): node does not see a close with a tab before it.",
  ),
  [upgradeCause]: we(
    "Asked to upgrade, node leaves a body unread whose Transfer-Encoding or length it takes for invalid, and reads it as the next request, or stops. Framing does not depend on Upgrade (RFC 9110 §7.8, RFC 9112 §6.3).",
  ),
};
