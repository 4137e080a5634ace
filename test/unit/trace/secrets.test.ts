// Secrets in traces that are handed on: those of heads that nobody could parse, and what sentences quote of them.
import { describe, expect, test } from "vitest";
import { asSentence, wordsOf } from "../../../server/contract/message.js";
import type { Finding, TraceJson } from "../../../server/contract/trace.js";
import { errorPage } from "../../../server/http/response/error-page.js";
import { byteString, utf8 } from "../../../server/protocol/byte-string.js";
import { headersOf } from "../../../server/protocol/http1/head-grammar.js";
import { defaultPolicy } from "../../../server/protocol/policy.js";
import { quoteBytes } from "../../../server/protocol/quote.js";
import { exportForms, exportTrace } from "../../../server/trace/formats/export-trace.js";
import { readTraces } from "../../../server/trace/formats/read-file.js";
import { maskSecrets, SecretNames, secretsIn } from "../../../server/trace/formats/secrets.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import { readAgain } from "../../../server/trace/recorded-script.js";
import { problem } from "../../support/coded.js";
import { traceOf } from "../../support/stored-traces.js";

const names = new SecretNames();
const cause = (text: string) => ({ code: "not-a-cgi-response", data: null, text: asSentence(text) });

/** Whether a text is left anywhere in the masked trace. */
function leaks(trace: TraceJson, text: string): boolean {
  const shown = JSON.stringify(maskSecrets(trace, names), (key, item) =>
    key === "base64" ? Buffer.from(item, "base64").toString() : item,
  );
  return shown.includes(text);
}

/** As the gateway records a head that it refuses. */
function refused(head: string): TraceJson {
  const trace = toTraceJson(traceOf({ seq: 1, stdout: Buffer.from("") }));
  const request = { ...trace.request, head, headers: [] };
  const route = { ...trace.route, kind: "none" } as const;
  const nothingRan = { argv: null, env: null, stdin: null, stdout: null, script: null };
  return { ...trace, ...nothingRan, request, route, outcome: "bad-request" };
}

const answered = (stdout: string | Buffer): TraceJson => toTraceJson(traceOf({ seq: 1, stdout: Buffer.from(stdout) }));

function withFinding(trace: TraceJson, detail: string): TraceJson {
  const about = { stream: null, range: null, line: null, reference: null, fixes: [], evidence: [] };
  const finding: Finding = {
    rule: "r",
    severity: "error",
    title: asSentence("t"),
    detail: asSentence(detail),
    ...about,
  };
  return { ...trace, findings: [finding] };
}
const detailOf = (trace: TraceJson): string | undefined => wordsOf(maskSecrets(trace, names).findings[0]?.detail);

const oneBadLine =
  "GET /a HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer TOPSECRETTOKEN\r\nCookie: sid=SESSIONSECRET\r\nbad line\r\n\r\n";

describe("of a request that was refused", () => {
  test("no cURL command is made: it would be of another request", () => {
    expect(() => exportTrace(refused(oneBadLine), "curl", { isMasked: true })).toThrow(problem("not-a-request"));
  });

  const forms = exportForms.filter((form) => form !== "env" && form !== "capsule" && form !== "curl");
  test.each(forms)("none is exported as %s", (form) => {
    const { bytes, secrets } = exportTrace(refused(oneBadLine), form, { isMasked: true });
    expect(bytes.toString()).not.toMatch(/TOPSECRETTOKEN|SESSIONSECRET/);
    expect(secrets).toEqual(["Authorization", "Cookie"]);
  });

  test("the masked file can be imported, and all else is as it was", () => {
    const [read] = readTraces("file", exportTrace(refused(oneBadLine), "har", { isMasked: true }).bytes);
    const masked = oneBadLine
      .replace("Bearer TOPSECRETTOKEN", "*".repeat(21))
      .replace("sid=SESSIONSECRET", "*".repeat(17));
    expect(read?.request.head).toBe(masked);
  });

  test.each([
    ["any letter case", "cOOkie: sid=SESSIONSECRET\r\n"],
    ["spaces before the colon", "Cookie \t: sid=SESSIONSECRET\r\n"],
    ["bytes that no name may have", "\ufeffCookie\0: sid=SESSIONSECRET\r\n"],
    ["white space before the name", "  Cookie: sid=SESSIONSECRET\r\n"],
    ["a line feed alone", "X: y\nCookie: sid=SESSIONSECRET\nbad line\n"],
    ["carriage returns alone", "X: y\rCookie: sid=SESSIONSECRET\rbad line\r"],
    ["a carriage return in the value", "Cookie: sid=A\rSESSIONSECRET\r\n"],
    ["a second line", "Cookie: a=b;\r\n sid=SESSIONSECRET\r\n"],
    ["a third line", "Cookie: a=b;\r\n c=d;\r\n\tsid: SESSIONSECRET\r\n"],
    ["no line end", "Cookie: sid=SESSIONSECRET"],
    ["bytes that are not text", "X: \xff\r\nCookie: sid=SESSIONSECRET\r\n"],
    ["no colon", "Cookie sid=SESSIONSECRET\r\n"],
    ["an equals sign instead of the colon", "Authorization=SESSIONSECRET\r\n"],
    ["a colon in the value alone", "Cookie sid=SESSIONSECRET; at=12:30\r\n"],
    ["no colon, on two lines", "Authorization\r\n Bearer SESSIONSECRET\r\n"],
  ])("%s", (_, lines) => {
    const head = `GET / HTTP/1.1\r\nHost: h\r\n${lines}`;
    expect(leaks(refused(head), "SESSIONSECRET")).toBe(false);
    const asBytes = { base64: Buffer.from(head, "latin1").toString("base64") };
    const trace = refused("");
    expect(leaks({ ...trace, request: { ...trace.request, head: asBytes } }, "SESSIONSECRET")).toBe(false);
  });

  test("one that stands where the method belongs", () => {
    const trace = refused("Cookie:sid=SESSIONSECRET\r\n\r\n");
    const request = { ...trace.request, method: "Cookie:sid=SESSIONSECRET", target: "" };
    expect(maskSecrets({ ...trace, request }, names).request.method).toBe(`Cookie:${"*".repeat(17)}`);
  });

  test("one that stands where the request line belongs", () => {
    const trace = refused("Cookie a=b\r\n\r\n");
    const masked = maskSecrets({ ...trace, request: { ...trace.request, method: "Cookie", target: "a=b" } }, names);
    expect(masked.request).toMatchObject({ head: "Cookie ***\r\n\r\n", method: "Cookie", target: "***" });
  });

  test("lines around a secret stay", () => {
    const head =
      "GET /Cookie: HTTP/1.1\r\n folded\r\nX-Crumb: one\r\nCookie: sid=2345\r\nX: y\r\n z: w\r\n Cookie, X\r\nbad\r\n\r\n";
    expect(maskSecrets(refused(head), names).request.head).toBe(head.replace("sid=2345", "********"));
  });

  test("a short value that is a header's name hides no other value", () => {
    const head = "GET / HTTP/1.1\r\nCookie: a=Authorization\r\nAuthorization: xyz\r\nbad\r\n\r\n";
    expect(leaks(refused(head), "xyz")).toBe(false);
  });
});

describe("a value that is also a word of the head", () => {
  const target = "/cgi-bin/a.py";
  const variables = [
    ["CONTENT_LENGTH", "1234"],
    ["REQUEST_METHOD", "POST"],
    ["SERVER_PROTOCOL", "HTTP/1.1"],
  ] as const;
  const asked = (cookie: string, to = target): TraceJson => {
    const trace = traceOf({ seq: 1, method: "POST", target: to, body: Buffer.alloc(1234, "x") });
    const lines = ["Host: h", "User-Agent: curl", `Cookie: ${cookie}`, "Content-Length: 1234", "X-Test: Test"];
    const head = utf8(`POST ${to} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    const env = variables.map(([name, value]) => ({ name: utf8(name), value: utf8(value), source: "server" as const }));
    const request = { ...trace.request, head, headers: headersOf(head) };
    return toTraceJson({ ...trace, cwd: utf8("/srv"), env, request });
  };
  const masked = (cookie: string, to?: string): string => String(asked("*".repeat(cookie.length), to).request.head);

  test.each(["role=User", "last=POST", "v=HTTP", "x=Host", "id=1234", "a=Content"])(
    "%s: names, method, version and length stay, and the masked file can be imported",
    (cookie) => {
      const exported = (form: "har" | "capsule" | "http") => exportTrace(asked(cookie), form, { isMasked: true }).bytes;
      for (const form of ["har", "capsule"] as const)
        expect(readTraces("file", exported(form))[0]?.request.head).toBe(masked(cookie));
      expect(exported("http").toString()).toBe(masked(cookie) + "x".repeat(1234));
      const evidence = variables.map(([name, value]) => ({ kind: "variable" as const, name, value }));
      const { findings: found } = withFinding(asked(cookie), "d");
      const trace = { ...asked(cookie), findings: found.map((finding) => ({ ...finding, evidence })) };
      const { env, findings } = maskSecrets(trace, names);
      expect(env?.map(({ name, value }) => [name, value])).toEqual(variables);
      expect(findings.map((finding) => finding.evidence)).toEqual([evidence]);
    },
  );

  test("is masked in the target and in the values of other headers", () => {
    const [cookie, other] = ["id=SECRET; agent=curl; x=Test", `${target}?SECRET`];
    const { request } = maskSecrets(asked(cookie, other), names);
    expect(request.target).toBe(`${target}?******`);
    expect(request.head).toBe(masked(cookie, `${target}?******`).replace(/(?<=Agent: )curl|(?<=-Test: )Test/g, "****"));
    expect(readTraces("file", exportTrace(asked(cookie, other), "har", { isMasked: true }).bytes)).toHaveLength(1);
  });

  test("is no name in the script's output", () => {
    const { stdout } = maskSecrets(answered("Content-Type: a/b\nX-Kind: Type\nSet-Cookie: a=Type\n\nType"), names);
    expect(Buffer.from(stdout?.base64 ?? "", "base64").toString()).toBe(
      "Content-Type: a/b\nX-Kind: ****\nSet-Cookie: ******\n\n****",
    );
  });

  test("a head that is refused for a byte of a secret can be imported", () => {
    const trace = refused("GET / HTTP/1.1\r\nHost: h\r\nCookie: sid=SESSION\0SECRET\r\n\r\n");
    expect(leaks(trace, "SESSION")).toBe(false);
    expect(readTraces("file", exportTrace(trace, "har", { isMasked: true }).bytes)).toHaveLength(1);
  });
});

describe("of output that is no response", () => {
  test.each([
    [
      "behind a line that is no header",
      "Content-Type: text/html\nwarning here\nSet-Cookie: sid=SESSIONSECRET\n\nhello",
    ],
    ["before the colon a space", "Content-Type: text/html\nSet-Cookie : sid=SESSIONSECRET\n\nhello"],
    ["behind a byte order mark", "\ufeffSet-Cookie: sid=SESSIONSECRET\nContent-Type: text/html\n\nhello"],
    ["behind a blank line", "\nContent-Type: text/html\nSet-Cookie: sid=SESSIONSECRET\n\nhello"],
    ["lines that end twice", "Content-Type: text/html\r\r\nSet-Cookie: sid=SESSIONSECRET\r\r\n\r\r\nhello"],
    ["old line ends", "Content-Type: text/html\rSet-Cookie: sid=SESSIONSECRET\r\rhello"],
    ["without a colon", "Content-Type: text/html\nSet-Cookie sid=SESSIONSECRET\n\nhello"],
  ])("%s", (_, stdout) => {
    const trace = { ...answered(stdout), detail: asSentence("sid is SESSIONSECRET") };
    expect(secretsIn(trace, names)).toEqual(["Set-Cookie"]);
    expect(leaks(trace, "SESSIONSECRET")).toBe(false);
    expect(exportTrace(trace, "markdown", { isMasked: true }).bytes.toString()).toContain("hello");
  });

  test("of a script that answers the client itself, too", () => {
    const trace = answered("warning\nSet-Cookie: sid=SESSIONSECRET\n\nhello");
    const bytes = trace.stdout?.bytes ?? 0;
    const spans = [
      { from: 0, to: 8, is: "malformed" as const },
      { from: 8, to: bytes, is: "body" as const },
    ];
    const nph = trace.script && { ...trace.script, kind: "nph" as const, spans };
    expect(leaks({ ...trace, script: nph }, "SESSIONSECRET")).toBe(false);
  });

  test.each(["YWRhOnMzY3JldC1wYQ==", "YWRhOnMzY3JldC1wYQ"])(
    "the password in Basic %s, which it wrote to stderr",
    (pair) => {
      const header = ["Authorization", `Basic ${pair}`] as const;
      const trace = toTraceJson(traceOf({ seq: 1, header, stderr: Buffer.from("login ada s3cret-pa") }));
      expect(leaks(trace, "s3cret-pa")).toBe(false);
    },
  );

  test("a body has no headers", () => {
    const body = "Cookie: crumbs in the body\n";
    expect(leaks(answered(`Content-Type: text/plain\n\n${body}`), body.trim())).toBe(true);
    expect(secretsIn(answered(`Content-Type: text/plain\n\n${body}`), names)).toEqual([]);
  });

  test("only the beginning of output can be a head", () => {
    const far = `${"no header\n".repeat(10_000)}Set-Cookie: sid=SESSIONSECRET\n`;
    expect(secretsIn(answered(far), names)).toEqual([]);
  });
});

describe("in sentences", () => {
  const token = Array.from({ length: 12 }, (_, index) => `${index}tokenpart`).join("-");
  const response = (cookie: string): TraceJson =>
    answered(Buffer.from(`Content-Type: a/b\nSet-Cookie: ${cookie}\n\n`, "latin1"));

  test.each([
    ["a header", `sid=${token}`, `sid=${token}`],
    ["a cookie's value", `sid=${token}; Path=/`, token],
    ["a line, with what comes before", `sid=${token}`, `Set-Cookie: sid=${token}`],
  ])("the beginning of %s is masked where the quotation was cut", (_, cookie, quoted) => {
    const detail = `${quoteBytes(byteString(quoted))} is wrong.`;
    const masked = detailOf(withFinding(response(cookie), detail));
    expect(masked).not.toContain("tokenpart");
    expect(masked).toHaveLength(detail.length);
    expect(masked).toMatch(/\*…” is wrong\.$/);
  });

  test("escapes are masked, whole and cut", () => {
    const name = utf8("Zoë-Müller");
    for (const value of [name, byteString(`${name}${"-and-on".repeat(10)}`)]) {
      const masked = detailOf(withFinding(response(`name=${value}`), `${quoteBytes(value)}: é`));
      expect(masked).toMatch(/^“\*+…?”: é$/);
    }
  });

  test("a long beginning is masked where a message ends without a mark", () => {
    const masked = detailOf(withFinding(response(`sid=${token}`), `bad token ${token.slice(0, 100)}`));
    expect(masked).toBe(`bad token ${"*".repeat(100)}`);
  });

  test("other words stay: a short beginning is one only where a quotation was cut", () => {
    const detail = "token is a word, “token” and “token…” too… `nph-…`";
    expect(detailOf(withFinding(response("sid=token-and-more"), detail))).toBe(
      "token is a word, “token” and “*****…” too… `nph-…`",
    );
  });

  test("a script's reasons, and the gateway's error page, which quotes them", () => {
    const line = `Set-Cookie : sid=${token}&"${token}`;
    const trace = traceOf({ seq: 1, stdout: Buffer.from(`${line}\n\n`) });
    const script = readAgain(Buffer.from(`${line}\n\n`), defaultPolicy);
    const json = toTraceJson({ ...trace, script });
    const page = errorPage(502, cause(`The script's output is not a response: ${quoteBytes(byteString(line))}`), 1);
    const body = { bytes: page.body.length, captured: page.body.length, chunks: [] };
    const base64 = Buffer.from(page.body).toString("base64");
    const shown = { ...json, response: json.response && { ...json.response, body: { ...body, base64 } } };
    expect(JSON.stringify(json.script?.reasons)).toContain("tokenpart");
    expect(leaks(shown, "tokenpart")).toBe(false);
  });

  test("the reason phrase of a response, and paths that the request led to", () => {
    const given = response("sid=SESSIONSECRET");
    const path = "/srv/SESSIONSECRET";
    const evidence = [
      { kind: "mode" as const, path, mode: null },
      { kind: "file" as const, path, line: 1 },
    ];
    const shown = {
      ...withFinding(given, "d"),
      script: given.script && { ...given.script, reason: "Hello SESSIONSECRET" },
      response: given.response && { ...given.response, reason: "Hello SESSIONSECRET" },
      route: { ...given.route, file: `${path}/a.py`, scriptName: "/SESSIONSECRET/a.py" },
      cwd: path,
    };
    const trace = { ...shown, findings: shown.findings.map((finding) => ({ ...finding, evidence })) };
    expect(leaks(trace, "SESSIONSECRET")).toBe(false);
    for (const form of exportForms.filter((name) => name !== "capsule"))
      expect([form, exportTrace(trace, form, { isMasked: true }).bytes.includes("SESSIONSECRET")]).toEqual([
        form,
        false,
      ]);
  });

  test("the error page escapes what it quotes", () => {
    const value = `a&b"c<${"d".repeat(5)}`;
    const page = Buffer.from(errorPage(502, cause(`${quoteBytes(byteString(value))} is wrong`), 1).body).toString();
    expect(leaks(answered(`Set-Cookie: ${value}\nContent-Type: text/html\n\n${page}`), "ddddd")).toBe(false);
  });

  test("a mask has as many bytes as the text that it replaces", () => {
    const trace = { ...response(`name=${utf8("Zoë-Müller")}`), detail: asSentence("Zoë-Müller") };
    expect(maskSecrets(trace, names).detail).toBe("*".repeat(Buffer.byteLength("Zoë-Müller")));
  });
});

describe("what a person changed of a held request", () => {
  const edit = { name: "Set-Cookie", was: "sid=SECRETBEFORE", is: "sid=SECRETAFTER" } as const;
  test.each([
    ["a header", { ...edit, of: "header" }],
    ["a variable", { ...edit, of: "variable", name: "HTTP_COOKIE" }],
    ["a variable of the configuration, which no other part has", { ...edit, of: "variable", name: "API_TOKEN" }],
    ["one that was added", { ...edit, of: "header", was: null }],
    ["one that was removed", { ...edit, of: "variable", name: "HTTP_AUTHORIZATION", is: null }],
  ] as const)("%s", (_, change) => {
    const held: TraceJson["held"] = [{ at: 1, ms: 2, moment: "start", ended: "continued", edits: [change] }];
    const trace = { ...answered(`Content-Type: text/plain\n\n${change.is ?? change.was}`), held };
    expect([leaks(trace, "SECRETBEFORE"), leaks(trace, "SECRETAFTER")]).toEqual([false, false]);
  });
});
