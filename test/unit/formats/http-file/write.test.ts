// Writing a request and reading it gives the same request, whatever its bytes are.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Assertion,
  type Capture,
  comparisons,
  type Expression,
  parseAssertion,
  parseCapture,
  type TextTest,
  writeAssertion,
  writeCapture,
} from "../../../../server/formats/http-file/conditions.js";
import { parseHttpFile } from "../../../../server/formats/http-file/parse-http-file.js";
import { targetOf } from "../../../../server/formats/http-file/variables.js";
import {
  isInline,
  type RequestToWrite,
  withRequest,
  writeRequest,
} from "../../../../server/formats/http-file/write-request.js";
import { fromBytes, utf8 } from "../../../../server/protocol/byte-string.js";

const token = fc.string({ unit: fc.constantFrom(..."abcXYZ019-_.!~"), minLength: 1, maxLength: 12 });
const expression: fc.Arbitrary<Expression> = fc.record({
  pattern: fc.constantFrom("a", "a/b", "\\d+", "(x|y)", "[/]", "^a b$", "é"),
  flags: fc.constantFrom("", "i", "m", "s", "im", "ims"),
});
const value = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constant("two words"),
);
const textTest: fc.Arbitrary<TextTest> = fc.oneof(
  fc.record({ is: fc.constantFrom("==", "!=", "contains", "lacks"), value }),
  expression.map((one) => ({ is: "matches" as const, ...one })),
  fc.record({ is: fc.constantFrom("exists", "missing", "empty") }),
);
const name = fc.constantFrom("Content-Type", "PATH_INFO", "x");
const hundreds = fc.integer({ min: 1, max: 9 }).map((digit) => digit * 100);
const assertion: fc.Arbitrary<Assertion> = fc.oneof(
  fc.record({
    subject: fc.constant("status"),
    is: fc.constantFrom(...comparisons),
    range: fc.oneof(
      fc.integer({ min: 100, max: 999 }).map((status): [number, number] => [status, status]),
      hundreds.map((status): [number, number] => [status, status + 99]),
    ),
  }),
  fc.record({
    subject: fc.constant("took"),
    is: fc.constantFrom(...comparisons),
    ms: fc.integer({ min: 0, max: 99_999 }),
  }),
  fc.record({ subject: fc.constant("finding"), above: fc.constantFrom(null, "hint", "warning") }),
  fc.record({ subject: fc.constantFrom("field", "env"), name, test: textTest }),
  fc.record({ subject: fc.constantFrom("body", "stderr"), test: textTest }),
);
const capture: fc.Arbitrary<Capture> = fc.record({
  variable: fc.constantFrom("token", "a_b", "x-1"),
  source: fc.oneof(
    fc.constant({ kind: "body" as const }),
    fc.record({ kind: fc.constantFrom("field", "cookie"), name: fc.constantFrom("Location", "sid") }),
  ),
  matches: fc.option(expression),
});

describe("conditions", () => {
  test("an assertion that is written reads the same", () => {
    fc.assert(
      fc.property(assertion, (one) => {
        expect(parseAssertion(writeAssertion(one))).toEqual({ value: one });
      }),
    );
  });

  test("a capture that is written reads the same", () => {
    fc.assert(
      fc.property(capture, (one) => {
        expect(parseCapture(writeCapture(one))).toEqual({ value: one });
      }),
    );
  });
});

const target = fc.oneof(
  token.map((text) => `/${text}`),
  fc.constantFrom("/", "*", "/a?b=c&d=%7B%7Be%7D%7D", "/caf\u00e9"),
);
const pieceOfBody = fc.constantFrom(
  ...[
    "a=1",
    "\n",
    "\r\n",
    "### x",
    "< ./a",
    "<@ b",
    "> {% x %}",
    "<> a",
    "{{x}}",
    " ",
    "\t",
    "# @assert x",
    ">> x",
    "é",
    "\0",
    "---",
  ],
);
const body = fc.oneof(
  fc.uint8Array().map((bytes) => fromBytes(bytes)),
  fc.array(pieceOfBody).map((parts) => utf8(parts.join(""))),
);
const request: fc.Arbitrary<RequestToWrite> = fc.record({
  name: fc.string({ minLength: 1 }).map(
    (text) =>
      text
        .replace(/\s+/g, " ")
        .replace(/^[#\s]+/, "")
        .trim() || "name",
  ),
  method: fc.constantFrom("GET", "POST", "X-OWN").map(utf8),
  target: target.map(utf8),
  headers: fc.array(
    fc.tuple(token.map(utf8), fc.oneof(token, fc.constantFrom("", "a b", "é", "città", "# x", "a: b")).map(utf8)),
    { maxLength: 4 },
  ),
  body,
  assertions: fc.array(assertion, { maxLength: 3 }),
  captures: fc.array(capture, { maxLength: 2 }),
});

describe("a request", () => {
  test("that is written reads the same, after any others", () => {
    fc.assert(
      fc.property(request, request, fc.constantFrom("", "{{host}}", "http://127.0.0.1:8080"), (one, before, origin) => {
        const options = { origin, bodyFile: "./a.http-body" };
        const [first, second] = [writeRequest(before, options), writeRequest(one, options)];
        if (first === null || second === null) throw new Error("not writable");
        const text = withRequest(withRequest("", first.text, "http://localhost"), second.text, null);
        const { requests, mistakes, variables } = parseHttpFile(text);
        expect(mistakes).toEqual([]);
        expect(variables.map(({ value }) => value.text)).toEqual(["http://localhost"]);
        expect(requests).toHaveLength(2);
        const [, read] = requests;
        expect(read).toMatchObject({ name: one.name, method: { text: one.method } });
        expect(utf8(read?.target.text ?? "")).toBe((one.target === "*" ? "" : utf8(origin)) + one.target);
        expect(read?.fields.map(({ name, value }) => [utf8(name.text), utf8(value.text)])).toEqual(one.headers);
        expect(read?.assertions.map((placed) => placed.assertion)).toEqual(one.assertions);
        expect(read?.captures.map((placed) => placed.capture)).toEqual(one.captures);
        if (second.needsBodyFile) expect(read?.body).toMatchObject({ kind: "file", path: "./a.http-body" });
        else expect(read?.body?.kind === "text" ? utf8(read.body.text) : "").toBe(one.body);
      }),
      { numRuns: 500 },
    );
  });

  test("takes no byte from a file that ends with the byte A0", () => {
    expect(withRequest("POST /\n\na\n\xa0\n\n", "GET /\n", null)).toBe("POST /\n\na\n\xa0\n\nGET /\n");
  });

  test("for the server itself has no origin", () => {
    const whole = { name: "a", method: utf8("OPTIONS"), target: utf8("*"), headers: [], body: utf8("") };
    const options = { origin: "http://127.0.0.1:8080", bodyFile: "" };
    const text = writeRequest({ ...whole, assertions: [], captures: [] }, options)?.text ?? "";
    expect(text).toContain("\nOPTIONS * HTTP/1.1\n");
    expect(parseHttpFile(text).requests.map(({ target }) => targetOf(target.text))).toEqual(["*"]);
  });

  test.each(["a=1&b=2", "line\n\nline", '{\n  "a": 1\n}', "é"])("the body %j stands in the file", (text) => {
    expect(isInline(utf8(text))).toBe(true);
  });

  test.each(["\na", "a\n", "a\r\nb", "{{x}}", "### a", "a\n< ./b", "\0", "a\n// @assert x", "# @name b", "a\n>> b\nc"])(
    "the body %j has a file of its own",
    (text) => {
      expect(isInline(utf8(text))).toBe(false);
    },
  );

  test.each([
    ["multipart/form-data; boundary=B", "--B--"],
    ["application/x-www-form-urlencoded", "a=1\n&b=2"],
  ])("so has a body of the type %s whose lines would be sent otherwise", (type, text) => {
    const whole = { name: "a", method: utf8("POST"), target: utf8("/"), assertions: [], captures: [] };
    const headers = [[utf8("content-type"), utf8(type)] as const];
    const written = writeRequest({ ...whole, headers, body: utf8(text) }, { origin: "", bodyFile: "./b" });
    expect(written).toMatchObject({ needsBodyFile: true });
  });

  test.each([
    { method: utf8("#GET") },
    { method: utf8("G T") },
    { target: utf8("/a b") },
    { target: utf8("a") },
    { target: utf8("/{{x}}") },
    { target: fromBytes(new Uint8Array([0x2f, 0xff])) },
    { headers: [[utf8("X"), utf8("{{x}}")] as const] },
    { headers: [[utf8("X"), utf8("a\u00a0")] as const] },
    { headers: [[utf8("#X"), utf8("1")] as const] },
    { headers: [[utf8("X"), fromBytes(new Uint8Array([0xff]))] as const] },
  ])("what a file cannot hold is refused: %j", (change) => {
    const plain = { name: "a", method: utf8("GET"), target: utf8("/"), headers: [], body: utf8("") };
    const whole = { ...plain, assertions: [], captures: [], ...change };
    expect(writeRequest(whole, { origin: "", bodyFile: "" })).toBeNull();
  });
});
