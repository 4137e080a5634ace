// The client speaks another protocol, or another version of HTTP.
import type { RequestFaultCode } from "../../../../protocol/http1/request-fault.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<RequestFaultCode> = {
  "not-http": "Check that the client uses http:// and this port.",
  "tls-hello": "Use http:// instead of https:// in the client, or set up a proxy that terminates TLS.",
  "http2-preface": "Let the client use HTTP/1.1. With curl: `--http1.1`.",
  "version-invalid": "End the request line in HTTP/1.1.",
  "version-unsupported": "End the request line in HTTP/1.1.",
  "method-connect": "The client is configured to use this server as a proxy. Remove that setting.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "The client does not speak HTTP/1.1 or HTTP/1.0",
  summary: "The first bytes on the connection are not an HTTP request that this server can read.",
  explanation:
    "An HTTP request begins with a method, a target and a version: `GET /path HTTP/1.1`. Other first bytes mean that the client speaks another protocol. The usual cause is an address that begins with https:// although the server speaks plain HTTP; the bytes 16 03 are the beginning of a TLS handshake. Clients that are configured for HTTP/2 without negotiation begin with `PRI * HTTP/2.0`.\n\nCheck the address, the scheme and the port in the client, or in the proxy in front of this server.",
  reference: "RFC 9112 §3",
  logged: [
    { server: "Apache", message: "AH00566: request failed: malformed request line", response: "400 Bad Request" },
    { server: "lighttpd", message: null, response: "400 Bad Request" },
    {
      server: "nginx",
      message: "client sent invalid method while reading client request line",
      response: "400 Bad Request",
    },
  ],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
