// What holds of a response, what is taken from it, and what variables stand for.
import { describe, expect, test } from "vitest";
import { asSentence, wordsOf } from "../../../../server/contract/message.js";
import {
  type CheckTools,
  captureFrom,
  checkAssertion,
  type Observed,
  type Search,
  textOf,
} from "../../../../server/formats/http-file/check.js";
import { parseAssertion, parseCapture } from "../../../../server/formats/http-file/conditions.js";
import { environmentNames, readEnvironments, valuesOf } from "../../../../server/formats/http-file/environments.js";
import { parseHttpFile } from "../../../../server/formats/http-file/parse-http-file.js";
import { lookupIn, substitute, targetOf } from "../../../../server/formats/http-file/variables.js";
import { byteString, fromBytes, latin1, utf8 } from "../../../../server/protocol/byte-string.js";

const observed: Observed = {
  status: 302,
  headers: [
    [byteString("Content-Type"), byteString("text/html; charset=utf-8")],
    [byteString("Set-Cookie"), byteString("sid=old; Path=/")],
    [byteString("Set-Cookie"), byteString("sid=a1b2; HttpOnly")],
    [byteString("location"), byteString("/cart?token=t1")],
  ],
  body: utf8("<p>total: 12 €</p>\n"),
  tookMs: 80,
  findings: [
    { severity: "hint", title: asSentence("A hint") },
    { severity: "warning", title: asSentence("A warning") },
  ],
  env: [{ name: byteString("PATH_INFO"), value: byteString("/x") }],
  stderr: byteString(""),
  stderrBytes: 0,
};
const search: Search = ({ pattern, flags }, text) => {
  const found = new RegExp(pattern, flags).exec(text);
  return found && [...found].map((group) => group ?? null);
};

const tools: CheckTools = {
  search,
  encode: utf8,
  decode: textOf,
  fill: (bytes, quote = (value) => value) =>
    latin1(bytes.replace("{{x}}", quote("text/html")).replace("{{sign}}", () => quote("p>t.*[$"))),
};

function check(text: string, change: Partial<Observed> = {}, others: Partial<CheckTools> = {}) {
  const parsed = parseAssertion(text);
  if ("mistake" in parsed) throw new Error(wordsOf(parsed.mistake.why.text));
  return checkAssertion(parsed.value, { ...observed, ...change }, { ...tools, ...others });
}

describe("an assertion", () => {
  test.each([
    ...[
      "status == 302",
      "status == 3xx",
      "status != 200",
      "status < 400",
      "status >= 3xx",
      "status <= 302",
      "status > 200",
    ],
    ...["field content-type contains text/html", "field Content-Type contains {{x}}", "field X-None missing"],
    ...["field Set-Cookie exists", "field set-cookie matches /^sid=a/", "field X-None != a", "field X-None lacks a"],
    ...[
      "body contains total",
      "body matches /total: \\d+ €/",
      'body equals "<p>total: 12 €</p>\\n"',
      "body lacks error",
    ],
    ...[
      "took < 200ms",
      "took <= 0.08s",
      "no finding above warning",
      "env PATH_INFO == /x",
      "env NONE missing",
      "stderr empty",
    ],
    ...['stderr == ""'],
  ])("%s holds", (text) => {
    expect(check(text)).toBeNull();
  });

  test.each([
    ["status == 200", { expected: "== 200", got: "302" }],
    ["status < 3xx", { expected: "< 3xx", got: "302" }],
    ["field Content-Type == text/plain", { expected: "== text/plain", got: "text/html; charset=utf-8" }],
    ["field X-None exists", { expected: "exists", got: null }],
    ["field X-None contains a", { expected: "contains a", got: null }],
    ["field Location missing", { expected: "missing", got: "/cart?token=t1" }],
    ["field Set-Cookie lacks old", { expected: "lacks old", got: "sid=old; Path=/, sid=a1b2; HttpOnly" }],
    ["took < 50ms", { expected: "< 50 ms", got: "80 ms" }],
    ["no finding above hint", { expected: "no finding above hint", got: "warning: A warning" }],
    ["no finding", { expected: "no finding", got: "hint: A hint; warning: A warning" }],
    ["env PATH_INFO == /y", { expected: "== /y", got: "/x" }],
  ])("%s fails", (text, failure) => {
    expect(check(text)).toEqual(failure);
  });

  test("nothing is not empty", () => {
    const nothing = { status: null, headers: [], body: byteString(""), tookMs: null, env: null };
    expect(check("status == 200", nothing)).toEqual({ expected: "== 200", got: null });
    expect(check("body empty", nothing)).toEqual({ expected: "empty", got: null });
    expect(check("took < 1s", nothing)).toEqual({ expected: "< 1000 ms", got: null });
    expect(check("env PATH_INFO exists", nothing)).toEqual({ expected: "exists", got: null });
  });

  test.each([
    ...["body lacks Fatal", "body != x", "field X missing", "field X != a", "field X lacks a"],
    ...["env X missing", "env X != a"],
  ])("%s fails where nothing was observed", (text) => {
    const nothing = { status: null, headers: [], body: byteString(""), tookMs: null, env: null };
    expect(check(text, nothing)).toMatchObject({ got: null });
  });

  test.each([
    ["stderr empty", "fails"],
    ["stderr lacks Trace", "cut"],
    ["stderr lacks warn", "fails"],
    ["stderr != other", "holds"],
    ["stderr != warning", "holds"],
    [`stderr != warning${"!".repeat(893)}`, "cut"],
    [`stderr != ${"!".repeat(900)}`, "holds"],
    ["stderr == warning", "cut"],
    ["stderr == other", "fails"],
    ["stderr contains warn", "holds"],
    ["stderr exists", "holds"],
  ])("%s of stderr of which the beginning was kept: %s", (text, result) => {
    const failure = check(text, { stderr: byteString("warning"), stderrBytes: 900 });
    expect(failure === null ? "holds" : failure.cut ? "cut" : "fails").toBe(result);
  });

  test("stderr of which nothing was kept is not empty", () => {
    const cut = { captured: 0, bytes: 900 };
    expect(check("stderr empty", { stderrBytes: 900 })).toEqual({ expected: "empty", got: "", cut });
  });

  test("stderr that is not text is shown with U+FFFD", () => {
    expect(check("stderr empty", { stderr: fromBytes(new Uint8Array([0x61, 0xff])), stderrBytes: 2 })?.got).toBe(
      "a\ufffd",
    );
  });
});

describe("an expression", () => {
  test("has the values of its variables, each character for itself", () => {
    expect(check("field Content-Type matches /^{{x}};/")).toBeNull();
    expect(check("body matches /<{{sign}}o/", { body: utf8("<p>t.*[$o") })).toBeNull();
    expect(check("body matches /<{{sign}}/")).toEqual({
      expected: "matches /<p\\>t\\.\\*\\[\\$/",
      got: "<p>total: 12 €</p>\n",
    });
  });

  test.each(["(?i)x", "(?s)a.b", "(?i:a)b", "a(?-s:.)b", "(?P<name>a)", "[a-{{end}}]", "\\(?i\\)"])(
    "may be /%s/, as RE2 reads it",
    (pattern) => {
      const expected = { subject: "body", test: { is: "matches", pattern, flags: "" } };
      expect(parseAssertion(`body matches /${pattern}/`)).toEqual({ value: expected });
    },
  );

  test.each(["(?i", "(?x)a", "\\\\(?i", "(?P=a)"])("may not be /%s/", (pattern) => {
    expect(parseAssertion(`body matches /${pattern}/`)).toMatchObject({
      mistake: { why: { code: "expression-invalid" } },
    });
  });
});

test.each(["body contains K\xf6ln", 'body == "K\xf6ln"', "body matches /^K\xf6ln$/", "env K\xf6ln exists"])(
  "in a file that is not UTF-8, %s holds of these bytes",
  (text) => {
    const bytes = { encode: latin1, decode: (one: string) => one };
    const env = [{ name: latin1("K\xf6ln"), value: latin1("") }];
    expect(check(text, { body: latin1("K\xf6ln"), env }, bytes)).toBeNull();
    expect(check(text, { body: utf8("K\xf6ln"), env: [] }, bytes)).not.toBeNull();
  },
);

describe("a capture", () => {
  const capture = (text: string, change: Partial<Observed> = {}) => {
    const parsed = parseCapture(text);
    if ("mistake" in parsed) throw new Error(wordsOf(parsed.mistake.why.text));
    return captureFrom(parsed.value, { ...observed, ...change }, search);
  };
  test.each([
    ["a = body matches /total: (\\d+)/", "12"],
    ["a = body matches /total/", "total"],
    ["a = body matches /sum: (\\d+)|total: (\\d+)/", "12"],
    ["a = field Location", "/cart?token=t1"],
    ["a = field Location matches /token=(\\w+)/", "t1"],
    ["a = cookie sid", "a1b2"],
    ["a = cookie none", null],
    ["a = field X-None", null],
    ["a = body matches /none/", null],
  ])("%s", (text, value) => {
    expect(capture(text)).toBe(value);
  });

  test("of a cookie takes a letter whose last byte is A0 whole", () => {
    const headers = [[utf8("Set-Cookie"), utf8("who=voilà ; Path=/")] as const];
    expect(capture("a = cookie who", { headers })).toBe("voilà");
  });

  test("there is none without a response", () => {
    expect(capture("a = body", { status: null })).toBeNull();
  });
});

describe("variables", () => {
  const file = parseHttpFile("@a = 1\n@b = {{a}}-{{outside}}\nGET /1\n###\n@a = 2\n@loop = {{loop}}\nGET /2\n");
  const values = (nth: number) => {
    const request = file.requests[nth];
    if (request === undefined) throw new Error("no request");
    return lookupIn(
      file,
      request,
      (name) => (name === "captured" ? "c" : null),
      (name) => (name === "outside" || name === "a" ? "o" : null),
    );
  };

  test("captured ones come first, then the file's, then those from outside", () => {
    expect(["a", "b", "captured", "outside", "none"].map(values(0))).toEqual(["1", "1-o", "c", "o", null]);
    expect(["a", "b"].map(values(1))).toEqual(["2", "2-o"]);
  });

  test("ones that double with every line, or lie too deep below each other, have no value", () => {
    const lastValue = (count: number, value: (before: string) => string) => {
      const lines = Array.from({ length: count }, (_, nth) => `@v${nth + 1} = ${value(`{{v${nth}}}`)}`);
      const long = parseHttpFile(`@v0 = x\n${lines.join("\n")}\nGET /{{v${count}}}\n`);
      const [request] = long.requests;
      if (request === undefined) throw new Error("no request");
      const none = () => null;
      return lookupIn(long, request, none, none)(`v${count}`);
    };
    expect(lastValue(10, (before) => before + before)).toBe("x".repeat(1024));
    expect(lastValue(60, (before) => before + before)).toBeNull();
    expect(lastValue(20_000, (before) => before)).toBeNull();
  });

  test("one that needs itself has no value", () => {
    expect(values(1)("loop")).toBeNull();
  });

  test("values are not looked at again", () => {
    expect(substitute("{{x}} {{ y }} {{no name!", (name) => (name === "x" ? "{{y}}" : null))).toEqual({
      text: "{{y}} {{ y }} {{no name!",
      missing: ["y"],
    });
    expect(substitute("{{#each}}{{/each}}", () => null).missing).toEqual([]);
  });

  test.each([
    ["/a?b#c", "/a?b"],
    ["http://example.com", "/"],
    ["https://user@example.com:1/a", "/a"],
    ["http://h?x", "/?x"],
    ["*", "*"],
    ["localhost:8080/a?b", "/a?b"],
    ["localhost", "/"],
    ["[::1]:8080?x", "/?x"],
    ["127.0.0.1/a", "/a"],
    ["shop.example:80/a", "/a"],
    ["example.com/a", null],
    ["a.py:/b", null],
    ["", null],
  ])("the target of %s", (text, target) => {
    expect(targetOf(text)).toBe(target);
  });
});

describe("environments", () => {
  const read = (text: string) => {
    const given = readEnvironments("e.json", text);
    return "mistake" in given ? given.mistake.code : given.environments;
  };

  test("are objects of texts, numbers and booleans", () => {
    const environments = read('{"$shared": {"a": "1"}, "dev": {"b": 2, "a": true, "Security": {"x": 1}}, "live": {}}');
    if (typeof environments === "string") throw new Error(environments);
    expect(environmentNames(environments, new Map([["other", new Map()]]))).toEqual(["dev", "live", "other"]);
    expect([...valuesOf(environments, "dev")]).toEqual([
      ["a", "true"],
      ["b", "2"],
    ]);
    expect([...valuesOf(environments, null)]).toEqual([["a", "1"]]);
  });

  test("a mistake in them quotes nothing", () => {
    const secret = readEnvironments("e.json", '{"dev": {"token": "hunter2" oops}}');
    expect("mistake" in secret && secret.mistake.code).toBe("environment-syntax");
    expect(JSON.stringify(secret)).not.toContain("hunter2");
    expect([read("[]"), read('{"dev": 1}')]).toEqual(["environment-shape", "environment-shape"]);
  });
});
