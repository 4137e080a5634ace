// A request that ran out of time: whose delay it was, and the limit to change, by the code of its cause.
import { expect, test } from "vitest";
import type { Message } from "../../../server/contract/message.js";
import { exchangeMessage } from "../../../server/http/exchange/messages.js";
import { connectionMessage } from "../../../server/http/front/messages.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { explain } from "../../support/explain.js";
import { latin1, traceOf } from "./written-traces.js";

const page = "Content-Type: text/plain; charset=utf-8\n\npage\n";
const limit = { limitMs: 1500 };
const script = { responder: "script", ...limit } as const;

function timedOut(cause: Message, announcedBytes = 0): TraceRecord {
  const trace = traceOf({ stdout: latin1(page) });
  Object.assign(trace, { outcome: "timeout", cause });
  trace.route = { ...trace.route, mode: "cgi" };
  const value = byteString(String(announcedBytes));
  if (announcedBytes > 0) trace.env = [{ name: utf8("CONTENT_LENGTH"), value, source: "server" }];
  explain(trace);
  return trace;
}

test.each([
  {
    cause: exchangeMessage("silent-responder", script),
    severity: "error",
    title: "The script paused too long",
    setting: "limits.silenceMs",
  },
  {
    cause: exchangeMessage("total-timeout", limit),
    severity: "error",
    title: "longer than the total limit",
    setting: "limits.totalMs",
  },
  {
    cause: exchangeMessage("client-not-reading", limit),
    severity: "warning",
    title: "read the response too slowly",
    setting: "limits.silenceMs",
  },
  {
    cause: exchangeMessage("running-after-response", script),
    severity: "error",
    title: "kept running after its response",
    setting: "limits.silenceMs",
  },
])("$cause.code", ({ cause, severity, title, setting }) => {
  const [finding, ...others] = timedOut(cause).findings;
  expect([finding?.rule, finding?.severity, others]).toEqual(["timeout", severity, []]);
  expect(finding?.title).toContain(title);
  expect(finding?.detail).toContain(setting);
});

test("a script that runs on after its response, and a client that does not read it, did not wait for the body", () => {
  const rules = (cause: Message) => timedOut(cause, 10).findings.map(({ rule }) => rule);
  expect(rules(exchangeMessage("running-after-response", script))).toEqual(["timeout"]);
  expect(rules(exchangeMessage("client-not-reading", limit))).toEqual(["timeout"]);
  expect(rules(exchangeMessage("total-timeout", limit))).toEqual(["body-incomplete"]);
});

test("a request that gave way to others did not take too long", () => {
  expect(timedOut(connectionMessage("too-much-held")).findings.map(({ rule }) => rule)).not.toContain("timeout");
});
