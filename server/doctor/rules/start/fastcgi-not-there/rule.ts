// Nothing listens at the address of an external FastCGI application.
import { apache, lighttpd, nginx, unproved } from "../../../base/logged.js";
import type { DeferredRule } from "../../../base/rule.js";
import { upstreamFailure } from "../../../evidence/upstream-failure.js";

const notThere = [
  ...["ECONNREFUSED", "ENOENT", "ENOTSOCK", "EPROTOTYPE", "ENOTFOUND", "EAI_AGAIN"],
  ...["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ECONNRESET", "path-too-long"],
];

export const rule: DeferredRule = {
  severity: "error",
  title: "No FastCGI application listens at this address",
  summary:
    "The route names an address on which no process listens: the application is not started, has exited or uses another address.",
  explanation:
    "A FastCGI application runs all the time and waits for requests on a port or a socket file. Nothing listens at the address of this route. The application was not started, has exited (by default `php-cgi` exits after 500 requests), listens at another address, or was killed and left its socket file behind. Start the application, or correct the address.",
  reference: "FastCGI §7",
  logged: [
    unproved(nginx.says("connect() failed (111: Connection refused) while connecting to upstream", 502)),
    unproved(lighttpd.says("all handlers for U are down.", 503)),
    unproved(
      lighttpd.says("unexpected close of gw connection for U (no gw process on socket: tcp:127.0.0.1:9000)", 502),
    ),
    unproved(apache.says("AH00957: FCGI: attempt to connect to 127.0.0.1:9000 failed", 503)),
  ],
  on: "failures",
  check: (facts) => {
    const failure = upstreamFailure(facts, ...notThere);
    if (failure === null) return null;
    return { detail: facts.cause?.text ?? rule.summary, evidence: [{ kind: "errno", errno: failure }] };
  },
};
