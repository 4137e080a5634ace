// What the gateway did to a response's header fields, and why.
import { defineMessages } from "../contract/message.js";

/** Completes "the field was put in, altered or left out: …". */
export const fieldMessage = defineMessages({
  // put in
  "chunked-framing": "the length is not known before the body ends (RFC 9112 §7.1)",
  "length-known": "the whole body was known before the head was sent",
  "no-body-205": "205 has no body (RFC 9110 §15.3.6)",
  "date-added": "an origin server with a clock sends it (RFC 9110 §6.6.1)",
  "server-added": "the same as SERVER_SOFTWARE (RFC 3875 §4.1.17)",
  "close-framing": "HTTP/1.0 and no known length: the body ends with the connection (RFC 9112 §6.3)",
  "connection-close": "the connection ends with this response (RFC 9112 §9.6)",
  "connection-keep-alive": "the HTTP/1.0 client asked to keep the connection",
  "close-after-malformed": "after a malformed request it is not clear where the next one begins",
  // altered
  "status-not-final": ({ status }: { status: number }) => `${status} is not a final status (RFC 9110 §15); 502 instead`,
  "reason-control-byte": "the reason held a control byte and was left out",
  /** Bytes. */
  "length-corrected": ({ declared, actual }: { declared: number; actual: number }) =>
    `${declared} was declared, the body has ${actual} ${actual === 1 ? "byte" : "bytes"}`,
  // left out
  "became-status-line": "became the status line (RFC 3875 §6.3.3)",
  "set-by-server": "the server sets its own (RFC 3875 §6.3.4)",
  "connection-specific": "concerns the connection, which is the server's (RFC 3875 §6.3.4)",
  "bad-name": "a name holds only letters, digits and !#$%&'*+-.^_`|~ (RFC 9110 §5.1)",
  "bad-value": "the value holds a control byte (RFC 9110 §5.5)",
  "cgi-extension-field": "meant for the server, not for the client (RFC 3875 §6.3.5)",
  "repeated-field": "a later one replaces it: it may occur only once",
  "no-length-204": "204 has no body and no length (RFC 9110 §8.6)",
  "no-type-304": "304 has no body whose type it could be (RFC 9110 §15.4.5)",
  "no-body-304": "it belongs to the body, which 304 does not have: the client keeps its own (RFC 9110 §15.4.5)",
  "status-became-304": "304 replaces it: the client has this response already (RFC 9110 §13.2)",
  "length-not-a-number": "not a whole number (RFC 9110 §8.6)",
  "lengths-differ": "declared more than once, with different values (RFC 9112 §6.3)",
});
