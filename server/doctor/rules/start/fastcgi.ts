// Rules for a FastCGI application that did not take the request: a table by the failure. The key is the rule's id.
import type { Evidence } from "../../../contract/trace.js";
import type { FactsWithFile } from "../../base/facts.js";
import { apache, lighttpd, nginx, unproved } from "../../base/logged.js";
import { type DeferredRule, family, type RuleTexts } from "../../base/rule.js";
import { recordLocation, upstreamFailure } from "../../evidence/fastcgi-failure.js";

interface FailureRule extends RuleTexts {
  /** Codes of the runner, or errors of the system. */
  readonly failures: readonly string[];
  readonly evidence: (failure: string, facts: FactsWithFile) => Evidence[];
}

const errorOf = (errno: string): Evidence[] => [{ kind: "errno", errno }];
const bytesOf = (_: string, facts: FactsWithFile): Evidence[] => recordLocation(facts);

const failureRules: Readonly<Record<string, FailureRule>> = {
  // Nothing listens at the address of an external FastCGI application.
  "fastcgi-not-there": {
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
    failures: [
      ...["ECONNREFUSED", "ENOENT", "ENOTSOCK", "EPROTOTYPE", "ENOTFOUND", "EAI_AGAIN"],
      ...["ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "ECONNRESET", "path-too-long"],
    ],
    evidence: errorOf,
  },
  // The application has no room for another request.
  "fastcgi-overloaded": {
    severity: "error",
    title: "The FastCGI application is overloaded",
    summary: "The application refused the request, or too many connections already wait for it.",
    explanation:
      "An application serves a limited number of requests at once, and all its slots are taken. Either it refused the request (`FCGI_OVERLOADED` or `FCGI_CANT_MPX_CONN`), or the system refused the connection because the queue of waiting connections is full. Start more workers, or find out what keeps them busy.",
    reference: "FastCGI §5.5",
    logged: [
      unproved(
        nginx.says(
          "connect() to unix:S failed (11: Resource temporarily unavailable) while connecting to upstream",
          502,
        ),
      ),
      unproved(apache.silent(503)),
    ],
    failures: ["overloaded", "busy", "EAGAIN"],
    evidence: (failure) =>
      failure === "EAGAIN"
        ? errorOf(failure)
        : [{ kind: "quote", of: "END_REQUEST", text: failure === "busy" ? "CANT_MPX_CONN" : "OVERLOADED" }],
  },
  // The application rejects the role, or ends the request with an unknown protocol status.
  "fastcgi-refused": {
    severity: "error",
    title: "The FastCGI application refuses the request",
    summary: "The application was written for another role, or its library has a bug.",
    explanation:
      "FastCGI has three roles: a responder answers requests, an authorizer decides who has access, and a filter processes files. This application replied that it does not support the responder role, or it ended the request with a protocol status that FastCGI does not define.",
    reference: "FastCGI §6",
    logged: [
      unproved(
        nginx.says("upstream sent unexpected FastCGI record: 3 while reading response header from upstream", 502),
      ),
    ],
    failures: ["refused-role", "refused"],
    evidence: bytesOf,
  },
  // The socket file exists, and the server's user has no permission to connect to it.
  "fastcgi-socket-permission": {
    severity: "error",
    title: "Permission denied for the FastCGI application's socket",
    summary:
      "The server's user has no write permission for the socket file, or no search permission for a folder above it.",
    explanation:
      "To connect to a socket file, the server's user needs write permission for the file and the execute bit of every folder above it. php-fpm sets both with `listen.owner` and `listen.mode`; other applications use a umask. Check the socket with `ls -l`.",
    logged: [
      unproved(nginx.says("connect() to unix:S failed (13: Permission denied) while connecting to upstream", 502)),
      unproved(apache.says("AH02454: FCGI: attempt to connect to Unix domain socket S failed", 503)),
    ],
    failures: ["EACCES", "EPERM"],
    evidence: errorOf,
  },
  // The peer answered, but not in FastCGI records.
  "fastcgi-wrong-protocol": {
    severity: "error",
    title: "The program at this address does not speak FastCGI",
    summary:
      "The first byte of a FastCGI response is 1. This response begins with another byte: HTTP, SCGI, TLS or text.",
    explanation:
      "FastCGI sends its response in records, and each record begins with the version number 1. This response has another byte there. 72 is an `H`: an HTTP server listens at the address, and the request needs a proxy instead. 83 is an `S`: an SCGI application, or a CGI program on a socket. 123 is `{`: JSON. A 0 in the middle of a response means that the application's library counted its padding wrong.",
    reference: "FastCGI §3.3",
    logged: [
      unproved(
        nginx.says(
          "upstream sent unsupported FastCGI protocol version: 72 while reading response header from upstream",
          502,
        ),
      ),
      unproved(apache.says("AH01068: Got bogus version 72", 502)),
    ],
    failures: ["wrong-protocol"],
    evidence: bytesOf,
  },
};

export const rules = family<FailureRule, DeferredRule>(failureRules, ({ failures, evidence, ...texts }) => ({
  ...texts,
  on: "failures",
  check: (facts) => {
    const failure = upstreamFailure(facts, ...failures);
    return failure === null ? null : { detail: facts.cause?.text ?? texts.summary, evidence: evidence(failure, facts) };
  },
}));
