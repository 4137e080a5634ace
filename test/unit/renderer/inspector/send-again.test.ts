import { describe, expect, it } from "vitest";
import { resendable, toBase64 } from "../../../../renderer/features/inspector/send-again.js";
import { declaredCharset } from "../../../../renderer/features/inspector/stream-charset.js";

const request = {
  head: "",
  method: "POST",
  target: "/a?b",
  httpVersion: "1.1",
  headers: [
    ["Host", "127.0.0.1:8080"],
    ["X-Test", "1"],
    ["Content-Length", "3"],
  ] as [string, string][],
  body: { bytes: 3, captured: 3, chunks: [] },
};

describe("sending again", () => {
  it("keeps method, target and headers, except those that the sender writes itself", () => {
    expect(resendable({ request })).toEqual({ ok: true, request: { method: "POST", target: "/a?b", headers: [["X-Test", "1"]], mode: null }, bodyBytes: 3 });
  });
  it("is refused, with the reason, when it could not be the same request", () => {
    const why = (differences: Partial<Parameters<typeof resendable>[0]["request"]>) => resendable({ request: { ...request, ...differences } });
    expect(why({ body: { bytes: 9, captured: 3, chunks: [] } })).toMatchObject({ ok: false, why: expect.stringContaining("body") });
    expect(why({ headers: [["X", { base64: "/A==" }]] })).toMatchObject({ ok: false, why: expect.stringContaining("header") });
    expect(why({ method: "", target: "" })).toMatchObject({ ok: false });
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
