// A request is the same in whatever pieces its bytes come: each case of the grammar and of the conformance tests in two
// pieces at every place, and a byte at a time.
import { describe, expect, test } from "vitest";
import { defaultPolicy, type GatewayPolicy } from "../../../../server/protocol/policy.js";
import { malformedChunks, malformedHeads, malformedRequests } from "../../../support/requests/cases.js";
import { generateWith, productions } from "../../../support/requests/generate.js";
import { readByFront } from "../../../support/requests/read-connection.js";

const strict: GatewayPolicy = { ...defaultPolicy, foldedRequestHeader: "reject", bareLineFeed: "reject" };
const site = { path: "/x", host: "localhost" };
/** Beyond this many bytes: cuts at so many places, in equal steps. */
const maxCuts = 1500;

function expectSame(text: string, policy: GatewayPolicy = defaultPolicy): void {
  const bytes = Buffer.from(text, "latin1");
  const whole = readByFront([bytes], policy);
  for (let at = 1; at < bytes.length; at += Math.ceil(bytes.length / maxCuts))
    expect(readByFront([bytes.subarray(0, at), bytes.subarray(at)], policy), `cut at ${at}`).toEqual(whole);
  expect(
    readByFront(
      Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)),
      policy,
    ),
    "byte by byte",
  ).toEqual(whole);
}

describe("every split reads the same", () => {
  test.each(malformedRequests)("%s", (_name, bytes) => {
    expectSame(bytes);
    expectSame(bytes, strict);
  });

  test.each(malformedHeads)("head %j: %s", (head, _code, _range, by) => {
    expectSame(head, by === "strict" ? strict : defaultPolicy);
  });

  test.each(malformedChunks)("chunked body %j", (coded) => {
    expectSame(`POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${coded}GET /next HTTP/1.1\r\n\r\n`);
  });

  test.each(productions)("%s", (production) => {
    for (let n = 0; n < 3; n++) expectSame(generateWith(1, n, production, site).bytes.slice(0, 2000));
  });
});
