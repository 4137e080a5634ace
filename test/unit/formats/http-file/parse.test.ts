// Files of requests: what is read from them, where it is, and what is wrong in them.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FileRequest,
  type HttpFile,
  lineAndColumn,
  linesIn,
  offsetOfLine,
  requestAt,
  titleOf,
} from "../../../../server/formats/http-file/http-file.js";
import { parseHttpFile } from "../../../../server/formats/http-file/parse-http-file.js";

function only(text: string): FileRequest {
  const { requests, mistakes } = parseHttpFile(text);
  expect(mistakes).toEqual([]);
  expect(requests).toHaveLength(1);
  const [request] = requests;
  if (request === undefined) throw new Error("no request");
  return request;
}

/** Code, and the text that is marked. */
const wrong = (text: string): readonly (readonly [string, string])[] =>
  parseHttpFile(text).mistakes.map(({ from, to, why }) => [why.code, text.slice(from, to)]);

const bodyText = ({ body }: FileRequest): string | null => (body?.kind === "text" ? body.text : null);
const fieldsOf = ({ fields }: FileRequest): string[][] => fields.map(({ name, value }) => [name.text, value.text]);

describe("a request", () => {
  test("has a method, a target, headers and a body", () => {
    const request = only("POST /cgi-bin/sum.py?x=1 HTTP/1.1\nContent-Type: text/plain\nX-Empty:\n\na=1\n\n b\n\n");
    expect([request.method.text, request.target.text]).toEqual(["POST", "/cgi-bin/sum.py?x=1"]);
    expect(fieldsOf(request)).toEqual([
      ["Content-Type", "text/plain"],
      ["X-Empty", ""],
    ]);
    expect(bodyText(request)).toBe("a=1\n\n b");
    expect(titleOf(request)).toBe("POST /cgi-bin/sum.py?x=1");
  });

  test.each([
    ["/index.html", "GET", "/index.html"],
    ["GET /a", "GET", "/a"],
    ["{{host}}/a HTTP/1.1", "GET", "{{host}}/a"],
    ["OPTIONS * HTTP/1.1", "OPTIONS", "*"],
    ["DELETE {{ host }}/a", "DELETE", "{{ host }}/a"],
    ["https://example.com/a", "GET", "https://example.com/a"],
    ["GET /search\n    ?q=1\n    &p=2\nAccept: */*", "GET", "/search?q=1&p=2"],
    ["PATCH\t/a\t", "PATCH", "/a"],
  ])("%j has its request line", (text, method, target) => {
    const request = only(text);
    expect([request.method.text, request.target.text]).toEqual([method, target]);
  });

  test("several are separated by ###, with names", () => {
    const { requests } = parseHttpFile(
      "GET /first\n\n### Log in\n# @name login\nPOST /login\n\na=1\n###\n// a comment\nGET /last\n### only words\n# nothing\n",
    );
    expect(requests.map(titleOf)).toEqual(["GET /first", "login", "GET /last"]);
    expect(requests.map(bodyText)).toEqual([null, "a=1", null]);
  });

  test("its body may be a file", () => {
    expect(only("POST /a\n\n< ./my upload.bin \n").body).toMatchObject({
      kind: "file",
      path: "./my upload.bin",
      hasVariables: false,
    });
    expect(only("POST /a\n\n<@ ./a.json").body).toMatchObject({ kind: "file", path: "./a.json", hasVariables: true });
    expect(bodyText(only("POST /a\n\n<root>\n</root>"))).toBe("<root>\n</root>");
  });

  test("line ends in its body stay, those around it do not count", () => {
    expect(bodyText(only("POST /a\r\nX: y\r\n\r\n\r\na\r\nb\r\n\r\n"))).toBe("a\r\nb");
    expect(bodyText(only("POST /a\n\nwithout an end"))).toBe("without an end");
  });

  test("scripts of other tools are left out", () => {
    const text =
      "< {%\n request.x = 1\n%}\nPOST /a\n\nbody\n\n> {% client.test('a', () => {}); %}\n<> 200.json\n###\nGET /b\n";
    const { requests, mistakes } = parseHttpFile(text);
    expect(mistakes).toEqual([]);
    expect(requests.map(bodyText)).toEqual(["body", null]);
    expect(requests[0]?.scripts.map(({ from, to }) => text.slice(from, to))).toEqual([
      "< {%\n request.x = 1\n%}",
      "> {% client.test('a', () => {}); %}",
      "<> 200.json",
    ]);
  });

  test.each([
    ["first\n>> second\nthird", "first\n>> second\nthird", []],
    ["> a.js\n>>! b\n\nlast", "> a.js\n>>! b\n\nlast", []],
    ["first\n\n> a.js\n\n>>! b\n>> c\n\n", "first", ["> a.js", ">>! b", ">> c"]],
    ["a\n>> b\nc\n>> d\n<> e\n# a comment\n", "a\n>> b\nc", [">> d", "<> e"]],
    ["a\n> {%\n// @assert x\n%}\n// a comment", "a", ["> {%\n// @assert x\n%}"]],
  ])("of a body %j, lines that only look like a script's are sent", (text, sent, scripts) => {
    const whole = `POST /a\n\n${text}`;
    const request = only(whole);
    expect(bodyText(request)).toBe(sent);
    expect(request.scripts.map(({ from, to }) => whole.slice(from, to))).toEqual(scripts);
  });

  test("variables stand anywhere before a request line", () => {
    const { variables } = parseHttpFile("@host = http://127.0.0.1:8080\n@empty =\n###\n@a.b-c=  x y \nGET {{host}}/");
    expect(variables.map(({ name, value }) => [name.text, value.text])).toEqual([
      ["host", "http://127.0.0.1:8080"],
      ["empty", ""],
      ["a.b-c", "x y"],
    ]);
  });

  test("assertions and captures are comments", () => {
    const request = only(
      "# @assert status == 200\n// @assert stderr empty\n# @no-log\n# words @assert\nGET /a\n# @capture token = body matches /t=(\\w+)/\n",
    );
    expect(request.assertions.map(({ text }) => text)).toEqual(["status == 200", "stderr empty"]);
    expect(request.captures.map(({ text }) => text)).toEqual(["token = body matches /t=(\\w+)/"]);
  });

  test("its bytes may be characters: one that looks like white space belongs to a letter", () => {
    const { requests, variables } = parseHttpFile("@city = citt\xc3\xa0\nGET /\nX-City: \tcitt\xc3\xa0 \n");
    expect(requests.map(fieldsOf)).toEqual([[["X-City", "citt\xc3\xa0"]]]);
    expect(variables.map(({ value }) => value.text)).toEqual(["citt\xc3\xa0"]);
  });

  test("a byte order mark comes before it", () => {
    expect(only("\ufeffGET /a").method.text).toBe("GET");
    expect(only("\xef\xbb\xbfGET /a").method.text).toBe("GET");
  });
});

describe("mistakes", () => {
  test.each<[string, string, string]>([
    ["GET", "target-missing", "GET"],
    ["GET /a b", "target-space", "/a b"],
    ["GET /a HTTP/2", "http-version-unsupported", "HTTP/2"],
    ["GET /a\nno header", "line-without-colon", "no header"],
    ["GET /a\nX Y: 1", "header-name-invalid", "X Y"],
    ["@ = 1\nGET /a", "variable-without-name", "@ = 1"],
    ["# @asert status == 200\nGET /a", "directive-unknown", "@asert"],
    ["# @expects x\nGET /a", "directive-unknown", "@expects"],
    ...["asser", "assrt", "assret", "Assert", "asssert", "capure", "captrue", "catpure", "expct", "EXPECT"].map(
      (directive): [string, string, string] => [`# @${directive} x\nGET /a`, "directive-unknown", `@${directive}`],
    ),
    ["# @status == 404\nGET /a", "directive-unknown", "@status"],
    ["GET /a\n// @body contains x", "directive-unknown", "@body"],
    ["POST /a\n\na\n# @assert status == 200", "check-in-body", "# @assert status == 200"],
    ["POST /a\n\n  //@capture a = body", "check-in-body", "  //@capture a = body"],
    ["POST /a\n\na\n\n> {% x %}\n## @assert took < 1s", "check-in-body", "## @assert took < 1s"],
    ["# @name one\nGET /a\n\n# @name two\nGET /b", "check-in-body", "# @name two"],
    ["POST /a\n\na\n> {% x %}\nlost\nlost, too", "text-behind-trailer", "lost"],
    ["POST /a\n\na\n<> b\n# a comment\n{", "text-behind-trailer", "{"],
    ["< {%\nGET /a", "script-open", "< {%"],
    ["# @assert staus == 200\nGET /a", "subject-unknown", "staus"],
    ["# @assert status = 200\nGET /a", "test-unknown", "="],
    ["# @assert status == ok\nGET /a", "status-invalid", "ok"],
    ["# @assert took < 200\nGET /a", "time-invalid", "200"],
    ["# @assert no finding above info\nGET /a", "severity-unknown", "info"],
    ["# @assert field\nGET /a", "subject-name-missing", "field"],
    ["# @assert body contains\nGET /a", "value-missing", "contains"],
    ["# @assert stderr empty now\nGET /a", "value-unexpected", "now"],
    ['# @assert body == "open\nGET /a', "value-open-quote", '"open'],
    ["# @assert body matches /(/\nGET /a", "expression-invalid", "/(/"],
    ["# @assert body matches x\nGET /a", "expression-invalid", "x"],
    ["# @capture token\nGET /a", "capture-invalid", "token"],
    ["# @assert status == 200\n", "target-missing", "status == 200"],
  ])("%j", (text, code, marked) => {
    expect(wrong(text)).toEqual([[code, marked]]);
  });

  test.each([
    "@author Ada",
    "@note",
    "@no-redirect",
    "@prompt x",
    "@body of the page",
    "@except",
    "@no finding is known",
  ])("the comment %s is none", (comment) => {
    expect(wrong(`# ${comment}\nGET /a`)).toEqual([]);
  });

  test("do not hide what comes after them", () => {
    const { requests, mistakes } = parseHttpFile("GET /a b\nbad\nX: 1\n###\nGET /c\n");
    expect(mistakes).toHaveLength(2);
    expect(requests.map(({ target }) => target.text)).toEqual(["/a b", "/c"]);
  });
});

describe("places", () => {
  test("lines and columns count from 1", () => {
    const text = "GET /a\r\n# @assert nothing\r\n";
    const [mistake] = parseHttpFile(text).mistakes;
    expect(lineAndColumn(text, mistake?.from ?? 0)).toEqual({ line: 2, column: 11 });
    expect([1, 2, 3, 9].map((line) => offsetOfLine(text, line))).toEqual([0, 8, text.length, text.length]);
  });

  test("of any offset are those that counting finds", () => {
    const text = fc.array(fc.constantFrom("\n", "\r\n", "a", "é")).map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.nat(30), (given, offset) => {
        const lines = given.slice(0, offset).split("\n");
        const column = offset - lines.slice(0, -1).join("\n").length + (lines.length > 1 ? 0 : 1);
        expect(linesIn(given)(offset)).toEqual({ line: lines.length, column });
      }),
    );
  });

  test("of many requests are found in one walk over the text", () => {
    const text = "GET /\n###\n".repeat(50_000);
    const placeOf = linesIn(text);
    const { requests } = parseHttpFile(text);
    expect(requests.map(({ method }) => placeOf(method.from).line)).toEqual(requests.map((_, nth) => 2 * nth + 1));
  });

  test("each line belongs to the request that begins above it", () => {
    const text = "@a = 1\nGET /1\n\n### two\n\nGET /2\n\nbody\n";
    const file = parseHttpFile(text);
    const at = (line: number) => requestAt(file, offsetOfLine(text, line))?.target.text;
    expect([1, 2, 3, 4, 6, 8].map(at)).toEqual(["/1", "/1", "/1", "/2", "/2", "/2"]);
    expect(requestAt(parseHttpFile("# nothing"), 0)).toBeNull();
  });

  const pieces = fc.constantFrom(
    ...[
      "###",
      "### a",
      "\n",
      "\n\n",
      "\r\n",
      "GET ",
      "/a",
      "{{b}}",
      " HTTP/1.1",
      "X: y",
      "# @assert ",
      "status == 200",
    ],
    ...[
      "body matches /(/",
      "# @capture a = ",
      "field Location",
      "< ./a",
      "<@",
      "> {%",
      "%}",
      "@v = 1",
      " ",
      "\t",
      ":",
      "é",
      "\ud800",
    ],
  );
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(pieces).map((parts) => parts.join("")),
  );

  test("of any text, no piece lies outside, and each is the text at its place", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const file: HttpFile = parseHttpFile(text);
        const exact = [
          ...file.variables.flatMap(({ name, value }) => [name, value]),
          ...file.requests.flatMap(({ method, fields, body, assertions, captures }) => [
            ...(method.from === method.to ? [] : [method]),
            ...fields.flatMap(({ name, value }) => [name, value]),
            ...(body?.kind === "text" ? [body] : []),
            ...assertions,
            ...captures,
          ]),
        ];
        for (const { text: piece, from, to } of exact) expect(text.slice(from, to)).toBe(piece);
        for (const { from, to } of [...file.mistakes, ...file.requests]) {
          expect(from).toBeLessThanOrEqual(to);
          expect(to).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
