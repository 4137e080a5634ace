// The Host header names no host that is served here.
import type { accessMessage } from "../../../../http/access/messages.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<(typeof accessMessage.codes)[number]> = {
  "host-missing": "Send `Host: localhost`.",
  "host-repeated": "Send Host once.",
  "host-malformed": "Write a host name or address, and the port after a colon if it is not 80.",
  "host-not-served": "Use a loopback name in the address, or add the name to `server.hosts`.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "The Host header is missing, malformed or names another host",
  summary:
    "A page on the web could reach a local server under a name of its own, so the server answers only to names that it knows.",
  explanation:
    "The `Host` header carries the name and port that the client connected to. A web page from anywhere can make its own domain name point to your machine (DNS rebinding). The browser then lets that page read what this server answers. The name in `Host` gives such a request away, so the server accepts only the loopback names: `localhost`, names that end in `.localhost`, `127.0.0.1` and `[::1]`, and the names that you list under `server.hosts`.\n\nHTTP/1.1 requires exactly one `Host` header.",
  reference: "RFC 9110 §7.2",
  logged: [
    { server: "Apache", message: "AH00550: Client sent malformed Host header: TEXT", response: "400 Bad Request" },
    { server: "lighttpd", message: null, response: "400 Bad Request" },
    { server: "nginx", message: "client sent invalid host header", response: "400 Bad Request" },
  ],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
