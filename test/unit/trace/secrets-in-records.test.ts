// Secrets in the raw bytes of a FastCGI conversation, and where the beginning of a stream was kept.
import { describe, expect, test } from "vitest";
import { byteString } from "../../../server/protocol/byte-string.js";
import { encodeParams } from "../../../server/protocol/fastcgi/encode-params.js";
import { encodeRecord } from "../../../server/protocol/fastcgi/encode-record.js";
import { recordType } from "../../../server/protocol/fastcgi/record-types.js";
import { fastcgiNote } from "../../../server/runners/fastcgi/messages.js";
import { maskSecrets, SecretNames } from "../../../server/trace/formats/secrets.js";
import { toTraceJson } from "../../../server/trace/formats/trace-json.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { inRecords, traceOf } from "../../support/stored-traces.js";

const output = "Content-Type: text/html\nSet-Cookie: sid=SESSIONSECRET\n\nhello SESSIONSECRET";
const answered = (contentBytes: number, stdout = output): TraceRecord =>
  inRecords(traceOf({ seq: 1, stdout: Buffer.from(stdout) }), contentBytes);

function masked(trace: TraceRecord, hidden: readonly string[] = []) {
  const { fastcgi, ...others } = maskSecrets(toTraceJson(trace), new SecretNames(hidden));
  const bytesOf = (base64: string | undefined): Buffer => Buffer.from(base64 ?? "", "base64");
  return { ...others, fastcgi, sent: bytesOf(fastcgi?.sent.base64), received: bytesOf(fastcgi?.received.base64) };
}

const inStdout = (text: string, contentBytes: number): Buffer => {
  const bytes = Buffer.from(text);
  const records: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += contentBytes)
    records.push(encodeRecord(recordType.stdout, 1, bytes.subarray(at, at + contentBytes), 0));
  return Buffer.concat(records);
};

describe("records", () => {
  test.each([1, 7, 40, 1000])("of %i bytes each: a value is masked wherever they cut it, and nothing else", (size) => {
    const shown = output.replace("sid=SESSIONSECRET", "*".repeat(17)).replace("SESSIONSECRET", "*".repeat(13));
    expect(masked(answered(size)).received).toEqual(inStdout(shown, size));
  });

  test("short values are masked where they are the header's and the variable's own", () => {
    const trace = answered(1000, "Content-Type: text/html\nSet-Cookie: x=1\n\nx=1");
    trace.env = [{ name: byteString("HTTP_COOKIE"), value: byteString("a=b"), source: "header:Cookie" }];
    const variables = (cookie: string) =>
      encodeParams(1, [
        [byteString("QUERY_STRING"), byteString("a=b")],
        [byteString("HTTP_COOKIE"), byteString(cookie)],
      ]).bytes;
    trace.fastcgi?.sent.add(variables("a=b"), 1);
    const { sent, received } = masked(trace);
    expect(sent).toEqual(Buffer.from(variables("***")));
    expect(received).toEqual(inStdout("Content-Type: text/html\nSet-Cookie: ***\n\nx=1", 1000));
  });

  test("bytes that are no records are masked as they stand", () => {
    const trace = answered(1000);
    trace.fastcgi?.received.add(Buffer.from("HTTP/1.1 SESSIONSECRET"), 4);
    expect(masked(trace).received.toString("latin1")).toMatch(/HTTP\/1\.1 \*{13}$/);
  });

  test("a note that quotes a value is masked, with its data", () => {
    const trace = answered(1000);
    trace.fastcgi?.note(fastcgiNote("unexpected-record", { record: "SESSIONSECRET" }));
    expect(JSON.stringify(masked(trace).fastcgi)).not.toContain("SESSIONSECRET");
  });
});

test("the beginning of a value is masked where the end of a stream was not kept", () => {
  const trace = traceOf({ seq: 1, header: ["Cookie", "sid=SESSIONSECRET"], stderr: Buffer.from("got SESSIONS") });
  const json = toTraceJson(trace);
  const stderrOf = (bytes: number): string => {
    const shown = maskSecrets({ ...json, stderr: json.stderr && { ...json.stderr, bytes } }, new SecretNames());
    return Buffer.from(shown.stderr?.base64 ?? "", "base64").toString();
  };
  expect(stderrOf(500)).toBe("got ********");
  expect(stderrOf(12)).toBe("got SESSIONS"); // all of it: these are other words
});

test("who names the variable of a header means the header, too", () => {
  const trace = traceOf({ seq: 1, header: ["X-Pin", "123"], variable: ["HTTP_X_PIN", "123"] });
  const { request, env } = masked(trace, ["HTTP_X_PIN"]);
  expect(request.headers).toEqual([["X-Pin", "***"]]);
  expect(request.head).not.toContain("123");
  expect(env?.[0]?.value).toBe("***");
});
