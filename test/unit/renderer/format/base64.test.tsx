import { describe, expect, it } from "vitest";
import { whyNotAgain } from "../../../../renderer/features/inspector/actions.js";
import { toBase64 } from "../../../../renderer/format/bytes-text.js";
import { declaredCharset } from "../../../../renderer/model/traces/declared-charset.js";

const request = {
  head: "",
  method: "POST",
  target: "/a?b",
  httpVersion: "1.1",
  headers: [],
  body: { bytes: 3, captured: 3, chunks: [] },
};

describe("sending again", () => {
  it("is refused, with the reason, when it could not be the same request", () => {
    expect(whyNotAgain({ request })).toBeNull();
    expect(whyNotAgain({ request: { ...request, body: { bytes: 9, captured: 3, chunks: [] } } })).toContain("body");
    expect(whyNotAgain({ request: { ...request, method: "", target: "" } })).toContain("No byte");
    expect(whyNotAgain({ request: { ...request, method: "", target: "", head: { base64: "/A==" } } })).toBeNull();
  });
  it("carries any bytes", () => {
    const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index & 255);
    expect(Buffer.from(toBase64(bytes), "base64").equals(Buffer.from(bytes))).toBe(true);
  });
});

describe("the declared charset", () => {
  it("is that of the Content-Type, whatever its case", () => {
    expect(declaredCharset([["content-type", 'text/html; Charset="ISO-8859-1"']])).toBe("iso-8859-1");
    expect([declaredCharset([["Content-Type", "text/html"]]), declaredCharset([])]).toEqual([null, null]);
  });
});
