import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteString, toBytes } from "../../../server/protocol/byte-string.js";
import { defaultPolicy, type GatewayPolicy } from "../../../server/protocol/policy.js";
import { ScriptHeadParser } from "../../../server/protocol/script-head.js";
import { interpretScriptHead, type ScriptResponse } from "../../../server/protocol/script-response.js";
import { coded } from "../../support/coded.js";
import { bytesOver } from "./arbitraries.js";

function interpret(output: string, policy: Partial<GatewayPolicy> = {}): ScriptResponse {
  const parser = new ScriptHeadParser();
  return interpretScriptHead(parser.push(toBytes(byteString(output))) ?? parser.end(), { ...defaultPolicy, ...policy });
}

describe("document responses, RFC 3875 §6.2.1", () => {
  test("C53: 200 unless the script says otherwise", () => {
    expect(interpret("Content-Type: a/b\n\n")).toEqual({
      kind: "document",
      status: 200,
      reason: null,
      headers: [["Content-Type", "a/b"]],
      location: null,
      stoppedAt: null,
      reasons: [],
    });
  });

  test.each([
    ["404 Not Here", 404, "Not Here"],
    ["404", 404, null],
    ["404 ", 404, null],
    ["599 M\xfcll", 599, "M\xfcll"],
  ])("C57: Status: %s", (value, status, reason) => {
    expect(interpret(`Status: ${value}\nContent-Type: a/b\n\n`)).toMatchObject({
      kind: "document",
      status,
      reason,
      reasons: [],
    });
  });

  test.each(["404Not", "abc", "42 Foo", "4040", "", "150 Wait", "100 Continue", "600 x", "999", "HTTP/1.1 404 x"])(
    "C57: Status: %s is invalid",
    (value) => {
      expect(interpret(`Content-Type: a/b\nStatus: ${value}\n\n`)).toMatchObject({
        kind: "invalid",
        status: null,
        stoppedAt: 18,
        reasons: [{ code: expect.stringMatching(/-status$/) }],
      });
    },
  );

  test("C53: without Content-Type tolerated or refused, as the policy says; 204 and 304 need none", () => {
    expect(interpret("Status: 200 OK\n\n")).toMatchObject({
      kind: "document",
      status: 200,
      reasons: [coded("no-content-type", { isTolerated: true })],
    });
    expect(interpret("Status: 200 OK\n\n", { missingContentType: "reject" })).toMatchObject({
      kind: "invalid",
      stoppedAt: 15,
    });
    expect(interpret("Status: 204 No\n\n", { missingContentType: "reject" })).toMatchObject({
      kind: "document",
      status: 204,
      reasons: [],
    });
    expect(interpret("Status: 304\n\n", { missingContentType: "reject" })).toMatchObject({
      kind: "document",
      status: 304,
      reasons: [],
    });
  });

  test.each(["\nbody", "X-Foo: bar\n\n", "Warning: x\n\n"])(
    "C51: %j has no CGI field and is invalid where the policy says so",
    (output) => {
      expect(interpret(output, { missingCgiField: "reject" })).toMatchObject({
        kind: "invalid",
        reasons: [coded(output.startsWith("\n") ? "no-fields" : "no-cgi-field")],
      });
    },
  );

  test("C52: a CGI field said twice: the last one counts, or invalid", () => {
    const output = "Content-Type: a/b\nstatus: 404 x\nStatus: 405 y\n\n";
    expect(interpret(output, { missingCgiField: "reject" })).toMatchObject({
      kind: "document",
      status: 405,
      reasons: [coded("field-repeated", { name: "Status" })],
    });
    expect(interpret(output, { repeatedCgiField: "reject" })).toMatchObject({ kind: "invalid", stoppedAt: 32 });
    expect(interpret("X: 1\nX: 2\nContent-Type: a/b\n\n", { repeatedCgiField: "reject" }).kind).toBe("document");
  });

  test("C51: without a CGI field tolerated, as all servers do", () => {
    expect(interpret("X-Foo: bar\n\n")).toMatchObject({
      kind: "document",
      status: 200,
      reasons: [coded("no-cgi-field"), coded("no-content-type")],
    });
  });

  test("C58: an HTTP status line refused, honoured or skipped, as the policy says; Status wins over it", () => {
    expect(interpret("HTTP/1.1 404 Nope\nContent-Type: a/b\n\n", { httpStatusLine: "ignore" })).toMatchObject({
      kind: "document",
      status: 200,
      reason: null,
    });
    expect(interpret("HTTP/1.1 404 Nope\n\n", { httpStatusLine: "ignore" })).toMatchObject({ kind: "invalid" });
    expect(interpret("HTTP/1.1 404 Nope\nContent-Type: a/b\n\n", { httpStatusLine: "tolerate" })).toMatchObject({
      kind: "document",
      status: 404,
      reason: "Nope",
      reasons: [coded("http-status-line")],
    });
    expect(
      interpret("HTTP/1.1 404 Nope\nStatus: 403\nContent-Type: a/b\n\n", { httpStatusLine: "tolerate" }),
    ).toMatchObject({ status: 403, reason: null });
    expect(interpret("HTTP/1.1 404 Nope\nContent-Type: a/b\n\n")).toMatchObject({ kind: "invalid", stoppedAt: 0 });
    expect(interpret("HTTP/1.1 100 Continue\n\n", { httpStatusLine: "tolerate" })).toMatchObject({
      kind: "invalid",
      stoppedAt: 0,
    });
  });

  test("what the parser could not read is invalid, with its words", () => {
    expect(interpret("A: b\nbroken\n")).toMatchObject({
      kind: "invalid",
      headers: [["A", "b"]],
      stoppedAt: 5,
      reasons: [coded("no-colon")],
    });
    expect(interpret("")).toMatchObject({ kind: "invalid", stoppedAt: 0, reasons: [coded("no-output")] });
  });
});

describe("redirects", () => {
  test.each(["/x", "/x?y=1&z", "/", "//x"])("C54: Location: %s alone is a local redirect, §6.2.2", (location) => {
    expect(interpret(`Location: ${location}\r\n\r\n`)).toMatchObject({
      kind: "local-redirect",
      status: null,
      location,
      reasons: [],
    });
  });

  test.each([
    "Location: /x\nContent-Type: a/b\n\n",
    "Set-Cookie: a\nLocation: /x\n\n",
    "Location: /x#f\n\n",
    "Location: /\xfc\n\n",
  ])("C54: %j is none: the client is sent there", (output) => {
    const response = interpret(output);
    expect(response).toMatchObject({
      status: 302,
      reasons: [{ code: expect.stringMatching(/^local-redirect-(characters|with-fields)$/) }],
    });
    expect(response.kind).toBe(output.includes("Content-Type") ? "client-redirect-document" : "client-redirect");
  });

  test("C55: an absolute Location alone is 302, §6.2.3", () => {
    expect(interpret("Location: http://a/b#c\nX-CGI-Note: 1\n\n")).toMatchObject({
      kind: "client-redirect",
      status: 302,
      location: "http://a/b#c",
      reasons: [],
    });
    expect(interpret("Location: mailto:a@b\n\n")).toMatchObject({ kind: "client-redirect", reasons: [] });
    expect(interpret("Location: http://a/\nSet-Cookie: a\n\n")).toMatchObject({
      kind: "client-redirect",
      status: 302,
      reasons: [coded("redirect-without-status")],
    });
  });

  test("C56: with Status and Content-Type the document goes along, §6.2.4", () => {
    expect(interpret("Status: 301 Moved\nLocation: http://a/\nContent-Type: a/b\n\n")).toMatchObject({
      kind: "client-redirect-document",
      status: 301,
      reason: "Moved",
      reasons: [],
    });
    expect(interpret("Status: 301 Moved\nLocation: /x\n\n")).toMatchObject({
      kind: "client-redirect",
      status: 301,
      location: "/x",
      reasons: [coded("local-redirect-with-status")],
    });
    expect(interpret("Status: 303\nLocation: http://a/\n\n")).toMatchObject({
      kind: "client-redirect",
      status: 303,
      reasons: [coded("redirect-without-document")],
    });
  });

  test("a Location beside another status is part of a document", () => {
    expect(interpret("Status: 201 Created\nLocation: /new\nContent-Type: a/b\n\n")).toMatchObject({
      kind: "document",
      status: 201,
      location: "/new",
      reasons: [],
    });
    expect(interpret("Status: 200 OK\nLocation: /new\nContent-Type: a/b\n\n")).toMatchObject({
      kind: "document",
      status: 200,
      reasons: [coded("location-with-status-200")],
    });
  });

  test("a relative Location is sent as it is or refused; an empty one is invalid, §6.3.2", () => {
    expect(interpret("Location: exit1\n\n")).toMatchObject({
      kind: "client-redirect",
      status: 302,
      location: "exit1",
      reasons: [coded("relative-location", { isTolerated: true })],
    });
    expect(interpret("Location: exit1\n\n", { relativeLocation: "reject" })).toMatchObject({
      kind: "invalid",
      stoppedAt: 0,
    });
    expect(interpret("A: b\nLocation: \n\n")).toMatchObject({ kind: "invalid", stoppedAt: 5 });
  });
});

test("every output has an interpretation: a final status, a target, or a reason", () => {
  const line = fc.tuple(
    fc.constantFrom("Content-Type", "Status", "Location", "X-A", "HTTP/1.1 200 OK", "?"),
    bytesOver("/:120 a#\xfc", 8),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), (lines) => {
      const response = interpret(`${lines.map(([name, value]) => `${name}: ${value}\n`).join("")}\n`);
      if (response.kind === "invalid")
        expect(response).toMatchObject({
          status: null,
          stoppedAt: expect.any(Number),
          reasons: [{ code: expect.any(String) }],
        });
      else if (response.kind === "local-redirect") expect(response.location).toMatch(/^\//);
      else expect(response.status).toSatisfy((status: number) => status >= 200 && status <= 599);
    }),
    { numRuns: 2000 },
  );
});
