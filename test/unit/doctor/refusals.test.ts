// Each reason for which the server refuses a request has one finding of its own, with its bytes.
import { describe, expect, test } from "vitest";
import { asSentence, type Message } from "../../../server/contract/message.js";
import { examineInline } from "../../../server/doctor/engine/examine.js";
import { accessMessage } from "../../../server/http/access/messages.js";
import { connectionMessage, requestFaultMessage } from "../../../server/http/front/messages.js";
import { byteString } from "../../../server/protocol/byte-string.js";
import { routeMessage } from "../../../server/routing/messages.js";
import { traceOf } from "./written-traces.js";

const head = byteString("GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: \x01\xe9\r\n\r\n");

function findingsFor(cause: Message) {
  const trace = traceOf({ stdout: new Uint8Array(0) });
  const refused = { ...trace, cause, outcome: "bad-request", script: null, process: null, env: null } as const;
  return examineInline(
    { ...refused, route: { ...trace.route, kind: "none" }, request: { ...trace.request, head } },
    new Set(),
  );
}

/** The connection closed before the request's turn: it was never read, so there is nothing to explain. */
const unexplained = ["closed-before-turn"];
const connectionCodes = connectionMessage.codes.filter((code) => !unexplained.includes(code));

describe("one finding for", () => {
  test.each(requestFaultMessage.codes)("%s", (code) => {
    const [from, to] = [head.indexOf("Header"), head.indexOf("Header") + 6];
    const cause = requestFaultMessage(code, { from, to });
    const [finding, ...others] = findingsFor(cause);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ stream: "request" });
    if (finding?.rule === "chunk-malformed") expect(finding.range).toBeNull();
    else
      expect(finding).toMatchObject({
        range: [from, to],
        evidence: [{ of: "line 3 of the request, byte 5 (offset 0x25)", text: "Bad Header: \\x01\\xe9\\r" }],
      });
  });

  test.each(connectionCodes)("%s", (code) => expect(findingsFor(connectionMessage(code))).toHaveLength(1));

  test.each(accessMessage.codes)("%s", (code) => {
    const cause: Message = { code, data: null, text: asSentence("Refused.") };
    expect(findingsFor(cause)).toHaveLength(1);
  });

  test("a configuration that was never valid", () =>
    expect(findingsFor(routeMessage("configuration-invalid", { mistake: "It has a mistake." }))).toMatchObject([
      { rule: "configuration-invalid" },
    ]));

  test("a route that was never valid", () =>
    expect(findingsFor(routeMessage("route-invalid", { route: "/x/", mistake: "It has a mistake." }))).toMatchObject([
      { rule: "configuration-invalid" },
    ]));
});
