// The head of what a script writes, RFC 3875 §6.2 and §6.3: what is a response and what is none. Each test looks at
// the bytes on the socket and at the trace.
import { describe, expect, test } from "vitest";
import { coded } from "../../support/coded.js";
import { bodyOf, headOf, request, startGateway, type TestGateway } from "../../support/gateway.js";

const close = "Connection: close";
const fine = 'printf "Content-Type: text/plain\\n\\nfine"';

/** Writes exactly these bytes to stdout, piece by piece. */
function writes(gateway: TestGateway, name: string, ...pieces: readonly string[]): void {
  for (const [n, piece] of pieces.entries()) gateway.file(`${name}.${n}`, Buffer.from(piece, "latin1"));
  gateway.script(name, pieces.map((_, n) => `cat "$DOCUMENT_ROOT/${name}.${n}"`).join("; sleep 0.05; "));
}

/** The script's answer with a healthy one behind it on the same connection, and its trace. */
async function answerOf(gateway: TestGateway, target: string) {
  gateway.script("ok.sh", fine);
  const before = gateway.endedSoFar;
  const response = await gateway.ask(request("GET", target) + request("GET", "/ok.sh", [close]));
  expect(response, "the connection stays in step").toMatch(
    /HTTP\/1\.1 200 OK\r\n(?:[^\r]+\r\n)+\r\n4\r\nfine\r\n0\r\n\r\n$/,
  );
  const trace = (await gateway.ended(before + 2))[before];
  if (!trace) throw new Error("no trace");
  return { response: response.slice(0, response.lastIndexOf("HTTP/1.1 200 OK\r\n")), trace };
}

test("C50: lines end in LF or CR LF, mixed, and in any pieces; CR LF goes out", async () => {
  await using gateway = await startGateway();
  const output = "Content-Type: text/plain\r\nX-A: b\nX-C:d  \r\n\nbody\r\nmore\n";
  writes(gateway, "whole.sh", output);
  writes(gateway, "pieces.sh", "Content-Ty", "pe: text/plain\r", "\nX-A: b", "\nX-C:d  \r\n", "\nbody\r", "\nmore\n");
  for (const target of ["/whole.sh", "/pieces.sh"]) {
    const { response, trace } = await answerOf(gateway, target);
    expect(headOf(response)).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain\r\nX-A: b\r\nX-C: d\r\n/);
    expect(headOf(response).replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(bodyOf(response).replace(/(?:^|\r\n)[0-9a-f]+\r\n/g, "")).toBe("body\r\nmore\n\r\n");
    expect(trace).toMatchObject({ outcome: "ok", script: { kind: "document", reasons: [] } });
    expect(trace.script?.spans.at(-1)).toMatchObject({ is: "body", from: output.indexOf("body") });
  }
});

test("C51: header fields without a CGI field are sent as all servers send them, and a finding says what is missing", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "W3m-Control: BACK\\n\\nbody"');
  const { response, trace } = await answerOf(gateway, "/x.sh");
  expect(headOf(response)).toMatch(/^HTTP\/1\.1 200 OK\r\nW3m-Control: BACK\r\n/);
  expect(headOf(response)).not.toContain("Content-Type");
  expect(trace).toMatchObject({ outcome: "ok", findings: [{ rule: "cgi-field-missing", severity: "warning" }] });
});

describe("C51: output without a CGI field (where the policy refuses it) or without an end of its head is 500, with the reason", () => {
  test.each([
    ["nothing", "true", "no-output-written", null],
    ["nothing, with exit code 2", "exit 2", "failed-without-output", null],
    ["no empty line", 'printf "Content-Type: text/plain\\n"', "not-a-cgi-response", "no-empty-line"],
    ["the body first", 'echo "<html>hello"', "not-a-cgi-response", "markup"],
    ["an empty line first", 'printf "\\nContent-Type: text/plain\\n\\nx"', "not-a-cgi-response", "no-fields"],
    ["no CGI field", 'printf "X-A: b\\n\\nbody"', "not-a-cgi-response", "no-cgi-field"],
  ])("C51: %s", async (_name, code, cause, problem) => {
    await using gateway = await startGateway({ config: { policy: { missingCgiField: "reject" } } });
    gateway.script("x.sh", code);
    const { response, trace } = await answerOf(gateway, "/x.sh");
    expect(response).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\nContent-Type: text\/html.*Trace #1 /s);
    expect(trace).toMatchObject({
      outcome: cause === "failed-without-output" ? "crashed" : "invalid-output",
      cause: problem === null ? coded(cause) : coded(cause, { problem: coded(problem) }),
      response: { status: 500, framing: "length" },
      findings: [{ severity: "error" }],
    });
  });
});

test("C52: a CGI field said twice is told; the last one counts and goes out alone, or the response is invalid", async () => {
  const output = "Content-Type: text/plain\nContent-Type: text/html\nStatus: 404 A\nStatus: 405 B\n\nx";
  await using gateway = await startGateway();
  writes(gateway, "x.sh", output);
  const { response, trace } = await answerOf(gateway, "/x.sh");
  expect(response).toMatch(/^HTTP\/1\.1 405 B\r\nContent-Type: text\/html\r\n/);
  expect(headOf(response).match(/Content-Type/g)).toHaveLength(1);
  expect(trace).toMatchObject({
    outcome: "ok",
    script: {
      status: 405,
      reasons: ["Content-Type", "Status"].map((name) => coded("field-repeated", { name, isTolerated: true })),
    },
  });

  await using strict = await startGateway({ config: { policy: { repeatedCgiField: "reject" } } });
  writes(strict, "x.sh", output);
  expect((await answerOf(strict, "/x.sh")).trace).toMatchObject({
    outcome: "invalid-output",
    script: { stoppedAt: 25 },
    response: { status: 500 },
  });
});

test("C53: a document is 200 unless it says otherwise; without Content-Type it is told, or refused where the policy says so", async () => {
  await using gateway = await startGateway();
  gateway.script("x.sh", 'printf "Content-Type: text/plain\\n\\nhello"');
  gateway.script("untyped.sh", 'printf "Status: 404 Not Here\\n\\nx"');
  expect((await answerOf(gateway, "/x.sh")).response).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain\r\n/);
  const { response, trace } = await answerOf(gateway, "/untyped.sh");
  expect(response).toMatch(/^HTTP\/1\.1 404 Not Here\r\n/);
  expect(trace.script).toMatchObject({ kind: "document", reasons: [coded("no-content-type")] });

  await using strict = await startGateway({ config: { policy: { missingContentType: "reject" } } });
  strict.script("untyped.sh", 'printf "Status: 404 Not Here\\n\\nx"');
  expect((await answerOf(strict, "/untyped.sh")).response).toMatch(/^HTTP\/1\.1 500 /);
});

/** What is wrong with a Status. */
const statusProblem = (status: string): string =>
  /^1\d\d /.test(status) ? "interim-status" : /^[6-9]\d\d( |$)/.test(status) ? "unknown-status" : "malformed-status";

describe("C57: Status is three digits and a reason", () => {
  test.each([
    ["404 Gone Fishing", "404 Gone Fishing"],
    ["503", "503 Service Unavailable"],
    ["299 ", "299 "],
  ])("C57: Status: %s goes out", async (status, line) => {
    await using gateway = await startGateway();
    writes(gateway, "x.sh", `Status: ${status}\nContent-Type: text/plain\n\nx`);
    const { response, trace } = await answerOf(gateway, "/x.sh");
    expect(response.startsWith(`HTTP/1.1 ${line}\r\n`)).toBe(true);
    expect(trace).toMatchObject({ outcome: "ok", script: { status: Number(status.slice(0, 3)) } });
  });

  test.each(["404Not", "abc", "42 Foo", "", "100 Continue", "150 Early", "600 x", "999"])(
    "C57: Status: %s is 500, and the body stays here",
    async (status) => {
      await using gateway = await startGateway();
      writes(gateway, "x.sh", `Status: ${status}\nContent-Type: text/plain\n\nthe body`);
      const { response, trace } = await answerOf(gateway, "/x.sh");
      expect(response).toMatch(/^HTTP\/1\.1 500 /);
      expect(response).not.toContain("the body");
      expect(trace).toMatchObject({
        outcome: "invalid-output",
        script: { kind: "invalid", stoppedAt: 0, reasons: [coded(statusProblem(status))] },
      });
    },
  );

  test.each([204, 304])("C57: %d has no body, whatever the script writes", async (status) => {
    await using gateway = await startGateway();
    writes(gateway, "x.sh", `Status: ${status} X\nContent-Type: text/plain\nContent-Length: 4\n\nbody`);
    const { response, trace } = await answerOf(gateway, "/x.sh");
    expect(response).toMatch(new RegExp(`^HTTP/1\\.1 ${status} X\\r\\n(?:[^\\r]+\\r\\n)+\\r\\n$`));
    expect(trace).toMatchObject({ outcome: "ok", response: { status, framing: "none" } });
  });
});

test("C58: an HTTP status line is not CGI: it is reported, and honoured or skipped if the policy says so", async () => {
  const output = "HTTP/1.1 404 Nope\nContent-Type: text/plain\n\nx";
  for (const [httpStatusLine, line] of [
    ["reject", "HTTP/1.1 500 Internal Server Error"],
    ["tolerate", "HTTP/1.1 404 Nope"],
    ["ignore", "HTTP/1.1 200 OK"],
  ] as const) {
    await using gateway = await startGateway(
      httpStatusLine === "reject" ? {} : { config: { policy: { httpStatusLine } } },
    );
    writes(gateway, "x.sh", output);
    const { response, trace } = await answerOf(gateway, "/x.sh");
    expect(response.startsWith(`${line}\r\n`)).toBe(true);
    expect(trace).toMatchObject({
      outcome: line.includes("500") ? "invalid-output" : "ok",
      script: { reasons: [coded("http-status-line")] },
    });
    expect(trace.script?.spans[0]).toEqual({ from: 0, to: 17, is: "status-line" });
  }
});

test("C59: Content-Type goes out as the script wrote it, and none is invented", async () => {
  await using gateway = await startGateway();
  for (const type of ["text/html", "text/html;charset=ISO-8859-1", "Text/PLAIN ; Charset=x", "nonsense"]) {
    writes(gateway, "x.sh", `Content-Type:   ${type}\n\n<html>\xe4`);
    const { response, trace } = await answerOf(gateway, "/x.sh");
    expect(headOf(response)).toContain(`\r\nContent-Type: ${type}\r\n`);
    expect(trace.response?.changed).toEqual([]);
  }
  writes(gateway, "untyped.sh", "Status: 200 OK\n\n<html>");
  expect(headOf((await answerOf(gateway, "/untyped.sh")).response)).not.toContain("Content-Type");
});

describe("C60: a field's name has no space before its colon, and a field no second line", () => {
  test.each([
    ["Content-type : text/html\n\nx", "space-before-colon", 0],
    ["Content-Type: text/html\nX-A: b\n c\n\nx", "folded-field", 31],
    [": x\nContent-Type: text/html\n\nx", "no-field-name", 0],
    ["Content-Type: text/html\n<!-- oops: x -->\n\nx", "markup", 24],
    ["\xef\xbb\xbfContent-Type: text/html\n\nx", "byte-order-mark", 0],
    ["Content-Type: text/html\r\rx", "carriage-return", 0],
    ["debug here\nContent-Type: text/html\n\nx", "no-colon", 0],
    ["Content-Type: text/html\nX-\xe4: b\n\nx", "bad-field-name", 24],
  ])("C60: %j", async (output, code, stoppedAt) => {
    await using gateway = await startGateway();
    writes(gateway, "x.sh", output);
    const { response, trace } = await answerOf(gateway, "/x.sh");
    expect(response).toMatch(/^HTTP\/1\.1 500 /);
    expect(trace).toMatchObject({
      outcome: "invalid-output",
      script: { kind: "invalid", stoppedAt, reasons: [coded(code)] },
    });
  });
});

test("C69: a head of 64 KiB and a thousand fields is taken, and one beyond is 500", async () => {
  await using gateway = await startGateway();
  const type = "Content-Type: text/plain\n";
  const fields = (count: number) => Array.from({ length: count }, (_, n) => `X-${n}: y\n`).join("");
  const line = (bytes: number) => `X-Long: ${"y".repeat(bytes - 9)}\n`;
  const cases: [output: string, status: number, code: string | null][] = [
    [`${type}${fields(999)}\nx`, 200, null],
    [`${type}${fields(1000)}\nx`, 500, "too-many-fields"],
    [`${type}${line(65_536 - type.length - 1)}\nx`, 200, null],
    [`${type}${line(65_536 - type.length)}\nx`, 500, "head-too-large"],
    ["y".repeat(200_000), 500, "head-too-large"],
  ];
  for (const [output, status, code] of cases) {
    writes(gateway, "x.sh", output);
    const { response, trace } = await answerOf(gateway, "/x.sh");
    expect(response.startsWith(`HTTP/1.1 ${status} `)).toBe(true);
    expect(trace.script?.reasons[0]?.code ?? null).toBe(code);
  }
});
