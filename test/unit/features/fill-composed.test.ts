// The values of an environment in a composed request.
import { describe, expect, test } from "vitest";
import { composedRequest } from "../../../server/contract/requests-contract.js";
import { fillComposed } from "../../../server/features/saved/fill-composed.js";

const values = new Map([
  ["a", "b"],
  ["space", "a b"],
  ["upstream", "shop.example:443"],
  ["feed", "1\r\nX-Evil: 1"],
]);
const filled = (target: string, header = "x", method = "GET") =>
  fillComposed(composedRequest.parse({ method, target, headers: [["X-A", header]], body: null, mode: null }), values);

describe("values", () => {
  test("go into the target and the headers", () => {
    expect(filled("/?q={{a}}", "{{a}} {{space}}")).toMatchObject({ target: "/?q=b", headers: [["X-A", "b a b"]] });
  });

  test.each([
    ["/?q={{space}}", "x"],
    ["/?q={{feed}}", "x"],
    ["/", "{{feed}}"],
  ])("that would end the target %j or the header %j are refused", (target, header) => {
    expect(() => filled(target, header)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: "environments-invalid" }) }),
    );
  });

  test("go into the bytes of a body, also by names that are not ASCII", () => {
    const base64 = (text: string) => Buffer.from(text).toString("base64");
    const form = {
      method: "POST",
      target: "/",
      headers: [],
      body: { base64: base64("a={{a}}&b={{Größe}}") },
      mode: null,
    };
    const body = fillComposed(composedRequest.parse(form), new Map([...values, ["Größe", "ü"]])).body;
    expect(body).toEqual({ base64: base64("a=b&b=ü") });
  });

  test("do not go into the bytes of files", () => {
    const base64 = (text: string) => Buffer.from(text, "latin1").toString("base64");
    const body = { base64: base64("{{a}}\xff{{a}}{{a}}"), files: [[6, 11] as [number, number]] };
    const request = composedRequest.parse({ method: "POST", target: "/", headers: [], body, mode: null });
    expect(fillComposed(request, values).body).toEqual({ base64: base64("b\xff{{a}}b") });
  });

  test("are the whole target of CONNECT; other methods leave out the address", () => {
    expect(filled("{{upstream}}", "x", "CONNECT").target).toBe("shop.example:443");
    expect(filled("{{upstream}}").target).toBe("/");
  });

  test("what was typed is sent as it is", () => {
    expect(filled("/a b", "1\u0000")).toMatchObject({ target: "/a b", headers: [["X-A", "1\u0000"]] });
  });
});
