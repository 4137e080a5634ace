// What the messages about FastCGI applications say.
import { expect, test } from "vitest";
import { notFastcgiMessage } from "../../../server/protocol/fastcgi/messages.js";
import { applicationMessage, fastcgiMessage, whoAt } from "../../../server/runners/fastcgi/messages.js";
import { poolMessage } from "../../../server/runners/pool/messages.js";

const who = whoAt("tcp:127.0.0.1:9000");
const ended = { ...who, errno: null, record: null, inside: null, haveBytes: null, needBytes: null };
const fact = fastcgiMessage("ended-unanswered", { ...ended, errno: "ECONNRESET" });

test.each([
  [
    fastcgiMessage("connection-refused", { address: "tcp:127.0.0.1:9000", from: "configuration" }),
    "No FastCGI application listens at tcp:127.0.0.1:9000: the connection was refused. Start it, or fix the address in cgi-workbench.json.",
  ],
  [
    fastcgiMessage("socket-missing", { address: "/run/app.sock", from: "command-line" }),
    "There is no socket file /run/app.sock. Start the FastCGI application that creates it, or give another address.",
  ],
  [
    fastcgiMessage("ended-in-response", {
      ...ended,
      stdoutBytes: 12,
      record: "STDOUT",
      inside: "content",
      haveBytes: 12,
      needBytes: 26,
    }),
    "The FastCGI application at tcp:127.0.0.1:9000 closed the connection in the middle of its response, after 12 bytes, without END_REQUEST. It ended inside a STDOUT record: 12 of 26 bytes of its content came.",
  ],
  [
    fastcgiMessage("died-of-split-value", { fact, names: ["BIG"] }),
    "The FastCGI application at tcp:127.0.0.1:9000 broke the connection (ECONNRESET) without a response. The value of BIG is longer than one record holds (65,535 bytes) and was split over two records, which php-cgi and others do not accept. Send a shorter value.",
  ],
  [
    fastcgiMessage("not-fastcgi", { ...who, problem: notFastcgiMessage("speaks-http", { line: "“HTTP/1.1 400”" }) }),
    "The FastCGI application at tcp:127.0.0.1:9000 does not speak FastCGI correctly. An HTTP server answered there: it said “HTTP/1.1 400”. Give the port on which the application speaks FastCGI, not the one for browsers.",
  ],
  [
    poolMessage("died-in-request", {
      worker: "1",
      pid: 4711,
      exitCode: null,
      signal: "SIGKILL",
      fact: fastcgiMessage("ended-unanswered", {
        ...ended,
        address: null,
        worker: "1",
        application: "cgi-bin/cart.fcgi",
      }),
    }),
    "Worker 1 (process 4711) was ended by SIGKILL in the middle of the request. Worker 1 of cgi-bin/cart.fcgi closed the connection without a response.",
  ],
  [
    poolMessage("cgi-program", {
      application: "plain.sh",
      exitCode: 0,
      signal: null,
      said: "Content-Type: text/plain",
      header: "Content-Type: text/plain",
    }),
    "plain.sh ended with exit code 0 before it had answered a request. It wrote a CGI header, “Content-Type: text/plain”, to its standard output. It is a plain CGI program. Switch it back to CGI.",
  ],
  [
    applicationMessage("values-result", { connections: null, requests: "5", multiplexes: "0" }),
    "It accepts 5 requests at once, one request at a time on a connection.",
  ],
  [
    applicationMessage("values-result", { connections: null, requests: null, multiplexes: null }),
    "It responded, but reported none of its limits.",
  ],
])("%#", ({ text }, sentence) => expect(text).toBe(sentence));
