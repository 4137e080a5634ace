// What there is to say of a request before a script sees it: why its target is
// refused, and what of it the script does not get.
import { defineMessages } from "../contract/message.js";

/** Why a request target is refused. */
export const targetMessage = defineMessages({
  "target-empty": "The request target is empty.",
  "target-control-byte": "The request target holds a space or a control byte.",
  "target-asterisk": "The target * means the server as a whole (RFC 9112 §3.2.4); no script handles that.",
  "target-fragment": "The request target holds a #: a fragment is not part of a request (RFC 9112 §3.2).",
  "target-not-http": "The request target neither begins with / nor is an absolute http URI (RFC 9112 §3.2).",
  "target-userinfo": "The request target holds user information, which must not be sent (RFC 9110 §4.2.4).",
  "target-bad-host": "The request target names no proper host (RFC 9110 §4.2.1).",
  /** `at`: offset in the target, bytes. */
  "target-bad-percent": ({ at }: { at: number }) =>
    `The path holds a % that two hexadecimal digits do not follow, at position ${at} (RFC 3986 §2.1).`,
  "target-nul": "The path holds %00: no file name and no variable can hold a NUL.",
  "target-encoded-slash":
    "The path holds an encoded slash, %2F, which the script could no longer tell from a real one (RFC 3875 §4.1.5); policy.encodedSlash in cgi-workbench.json decodes it.",
});

/** Why a header field, or a variable, is not in the environment, and why a query did not become arguments. */
export const notExportedMessage = defineMessages({
  "repeated-content-type": "occurs more than once, and two types cannot be joined: the first one counts",
  "nul-in-value": "an environment cannot hold a value with NUL in it",
  "bad-variable-name": "an environment cannot hold a name that is empty or has = or NUL in it",
  "connection-header": "concerns the connection, not the request (RFC 3875 §4.1.18)",
  credentials: "credentials are the server's business (RFC 3875 §9.2); passAuthorization passes them on",
  httpoxy: "many programs take HTTP_PROXY for their proxy setting (httpoxy, CVE-2016-5385)",
  "debug-cookie": "held only the debugger’s cookie, which no script gets",
  "poses-as-content-type": "would pose as Content-Type",
  "poses-as-content-length": "would pose as Content-Length",
  "ambiguous-name": "only letters, digits and - of a header's name can be distinguished in a variable's name",
  "poses-as-other-header": ({ variable }: { variable: string }) =>
    `would pose as another header, whose variable is ${variable} too`,
  "trailer-field": "came after the body, as a trailer field, which only its receiver could interpret (RFC 9110 §6.5.1)",
  "query-word-empty": "a word of the query is empty",
  "query-word-bytes": "the query holds bytes a search word cannot have (RFC 3875 §4.4)",
  "query-bad-percent": "the query holds a % that two hexadecimal digits do not follow",
  "query-nul": "the query holds %00: an argument cannot hold a NUL",
  "query-option": 'a word of the query begins with "-": an interpreter could take it for an option (CVE-2012-1823)',
});
