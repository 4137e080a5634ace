// Files of other tools: headers that HTTP could not carry, and forms that are told what they are.
import { expect, test } from "vitest";
import { readTraces } from "../../../server/trace/formats/read-file.js";

const harOf = (request: readonly object[], response: readonly object[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      log: {
        entries: [
          {
            startedDateTime: "2026-11-02T10:00:00.000Z",
            request: { method: "GET", url: "http://127.0.0.1:8080/a", headers: request },
            response: { status: 200, headers: response },
          },
        ],
      },
    }),
  );

test("lines of one value in a HAR file are several headers (RFC 9110 §5.5)", () => {
  const [trace] = readTraces(
    "a.har",
    harOf(
      [{ name: "Accept", value: "a" }],
      [
        { name: "set-cookie", value: "a=1; Expires=Wed, 01 Dec 2027 10:00:00 GMT\nb=2; Path=/" },
        { name: "Vary", value: "\nA\n\nB\r" },
        { name: "Empty", value: "\n" },
      ],
    ),
  );
  expect(trace?.request.headers.slice(1)).toEqual([["Accept", "a"]]);
  expect(trace?.response?.headers).toEqual([
    ["set-cookie", "a=1; Expires=Wed, 01 Dec 2027 10:00:00 GMT"],
    ["set-cookie", "b=2; Path=/"],
    ["Vary", "A"],
    ["Vary", "B"],
    ["Empty", ""],
  ]);
});

test.each([
  ["CR LF", "Basic realm=a\r\nBearer realm=b", ["Basic realm=a", "Bearer realm=b"]],
  ["CR alone", "a=1\rb=2", ["a=1", "b=2"]],
  ["blanks around, as in a folded line", "a\n\tb \n c", ["a", "b", "c"]],
  ["empty lines between", "a\n\n\r\n\nb\n", ["a", "b"]],
  ["line ends of Unicode, which HTTP does not know", "a\u2028b\u0085c", ["a\u2028b\u0085c"]],
])("%s in a response's value", (_, value, values) => {
  const [trace] = readTraces("a.har", harOf([], [{ name: "X", value }]));
  expect(trace?.response?.headers).toEqual(values.map((one) => ["X", one]));
});

test("a reason never has two lines", () => {
  const file = harOf([], []).toString().replace('"status":200', '"status":200,"statusText":"OK\\r\\nSet-Cookie: a=1"');
  expect(readTraces("a.har", Buffer.from(file))[0]?.response?.reason).toBe("OK Set-Cookie: a=1");
});

const refusal = (code: string, data: object): unknown =>
  expect.objectContaining({ problem: expect.objectContaining({ code, data: expect.objectContaining(data) }) });

test.each([
  ["a line end in a request", "X", harOf([{ name: "X", value: "a\r\nGET / HTTP/1.1" }], [])],
  ["a name with a line end", "X\nSet-Cookie", harOf([], [{ name: "X\nSet-Cookie", value: "a=1" }])],
  ["a null byte", "X", harOf([], [{ name: "X", value: "a\0b" }])],
])("a header that HTTP could not carry is named: %s", (_, name, file) => {
  const why = expect.objectContaining({ code: "line-end-in-header", data: { name } });
  expect(() => readTraces("a.har", file)).toThrow(refusal("not-imported", { why }));
});

test.each([
  ["petshop.yaml", "# A pet shop\nopenapi: 3.1.0\n", "OpenAPI"],
  ["swagger.json", '{"swagger": "2.0"}', "OpenAPI"],
  ["shop.wsdl", '<?xml version="1.0"?>\n<wsdl:definitions name="x"/>', "WSDL"],
  ["load.jmx", "<jmeterTestPlan/>", "JMeter"],
  ["session.saz", "PK\x03\x04\x14", "ZIP"],
])("%s is refused by the name of its form", (path, text, form) => {
  const named = refusal("import-other-form", { path, form: expect.stringContaining(form) });
  expect(() => readTraces(path, Buffer.from(text))).toThrow(named);
});

test.each([
  ["empty.yaml", " \n", "file-empty"],
  ["list.json", '{"a": [1]}', "no-field-log"],
])("%s is refused with the reason", (path, text, code) => {
  const why = expect.objectContaining({ code });
  expect(() => readTraces(path, Buffer.from(text))).toThrow(refusal("not-imported", { path, why }));
});
