import { describe, expect, it } from "vitest";
import { madeHead } from "../../../../../renderer/features/xray/made-head.js";

describe("the head of a request that the server made itself", () => {
  it("reads as if it had been sent, bytes above 0x7F included", () => {
    expect(
      madeHead({ method: "GET", target: "/b?x", httpVersion: "1.1", headers: [["X-Name", { base64: "/A==" }]] }),
    ).toBe("GET /b?x HTTP/1.1\r\nX-Name: \u00fc\r\n\r\n");
  });
  it("is empty without a request line", () => {
    expect(madeHead({ method: "", target: "", httpVersion: "1.1", headers: [] })).toBe("");
  });
});
