// The texts of the tour: about this very trace, and true for one without a body, with one, and one that failed.
import { describe, expect, test } from "vitest";
import type { TouredTrace } from "../../../../../renderer/features/tour/response-texts.js";
import { tourSteps } from "../../../../../renderer/features/tour/tour-steps.js";
import { asSentence, wordsOf } from "../../../../../server/contract/message.js";
import { noTiming } from "../../rows.js";

const noReasons = { why: null, code: null, data: null, reasons: [] };

const bytes = (count: number) => ({ bytes: count, captured: count, chunks: [] });
const document: NonNullable<TouredTrace["script"]> = {
  kind: "document",
  status: 200,
  reason: null,
  headers: [["Content-Type", "text/plain"]],
  spans: [],
  stoppedAt: null,
  ...noReasons,
};
const invalid = { ...document, kind: "invalid", status: null, why: asSentence("Line 1 has no colon.") } as const;
const sentResponse: NonNullable<TouredTrace["response"]> = {
  status: 200,
  reason: "OK",
  headers: [],
  framing: "chunked",
  added: [],
  changed: [],
  dropped: [],
  interim: [],
  body: bytes(2),
};
const localRedirect = { ...document, kind: "local-redirect", status: null } as const;
const sum: TouredTrace = {
  outcome: "ok",
  parent: null,
  request: { head: "", method: "GET", target: "/sum?a=1&b=2", httpVersion: "1.1", headers: [], body: bytes(0) },
  route: {
    kind: "script",
    file: "/somewhere/cgi-bin/sum.py",
    scriptName: "/sum",
    pathInfo: "",
    mode: "cgi",
    scriptHash: null,
  },
  env: [{ name: "QUERY_STRING", value: "a=1&b=2", source: "request-line", standing: "rfc" }],
  script: document,
  response: sentResponse,
  process: {
    pid: 4711,
    start: "native",
    exitCode: 0,
    signal: null,
    errno: null,
    userMs: 1,
    systemMs: 1,
    maxRssKb: null,
  },
  fastcgi: null,
  timing: { ...noTiming, spawnedAt: 2.5, firstByteAt: 20, headersAt: 20.1, doneAt: 24 },
};
const words = (trace: TouredTrace): readonly string[] => tourSteps(trace).map(({ text }) => text);

describe("the tour", () => {
  test("has eight steps, each with a title of its own and a place to point at", () => {
    const steps = tourSteps(sum);
    expect(steps).toHaveLength(8);
    expect(new Set(steps.map(({ title }) => title)).size).toBe(8);
    expect(steps.filter(({ at }) => at.length === 0)).toEqual([]);
  });

  test("tells this trace", () => {
    const [line, environment, start, stdin, headers, empty, , client] = words(sum);
    expect(line).toContain("the method GET, the path /sum and, after the “?”, the query a=1&b=2");
    expect(environment).toContain("The script finds “a=1&b=2” in QUERY_STRING");
    expect(start).toMatch(/^sum\.py runs in its own process \(pid 4711\).*2\.5 ms.*20\.0 ms/);
    expect(stdin).toContain("This GET request has no body");
    expect(headers).toContain("headers (one here)");
    expect(empty).toContain("20.1 ms, ends the headers");
    expect(client).toMatch(/\(200\).*2 bytes of body.*24\.0 ms/);
  });

  test("a FastCGI application is not said to be started", () => {
    const sent = { direction: "sent" as const, type: 1, requestId: 1, contentLength: 8, paddingLength: 0, offset: 0 };
    const fastcgi = {
      ...{
        worker: "worker 1",
        pid: 4711,
        nth: 3,
        role: "responder" as const,
        reused: true,
        attempts: 1,
        queuedAt: 0,
        readyAt: 0,
        connectedAt: 0,
      },
      ...{
        appStatus: 0,
        protocolStatus: 0,
        notes: [],
        noteCodes: [],
        records: [{ ...sent, at: 0.4 }],
        omitted: 0,
        sent: bytes(100),
        received: bytes(100),
      },
    };
    const [, parameters, step] = tourSteps({ ...sum, fastcgi });
    expect(parameters?.title).toBe("It becomes parameters");
    expect(parameters?.text).toContain("The application is running already");
    const [, begun, started] = words({ ...sum, fastcgi: { ...fastcgi, nth: 1 } });
    expect(begun).toContain("The application is running now");
    expect(started).toContain("pid 4711, started for this request");
    expect(step?.title).toBe("The application gets the request");
    expect(step?.text).toBe(
      "sum.py is a FastCGI application: it starts once and serves many requests (here pid 4711, this is its 3rd request). It received the first record 0.4 ms after the first byte of the request, and wrote its first byte at 20.0 ms.",
    );
    const inMode = (mode: "php-cgi" | "fastcgi-external", worker: string) =>
      tourSteps({ ...sum, route: { ...sum.route, mode }, fastcgi: { ...fastcgi, worker } })[2]?.text;
    expect(inMode("php-cgi", "worker 1")).toMatch(
      /^php-cgi reads sum\.py and runs it\. One process serves many requests \(here pid 4711, this is its 3rd request\)\./,
    );
    expect(inMode("fastcgi-external", "127.0.0.1:9000")).toMatch(
      /^The application at 127\.0\.0\.1:9000 runs elsewhere: the workbench connects to it and does not start it\./,
    );
    const all = tourSteps({ ...sum, fastcgi });
    expect(all.map(({ text }) => text).join(" ")).not.toMatch(
      /starts the script|in its own process|Click|Records, beside/,
    );
    expect(all.filter(({ at }) => at.some((id) => !id.startsWith("xray.")))).toEqual([]);
    expect(tourSteps({ ...sum, fastcgi: { ...fastcgi, pid: null, nth: null, records: [] } })[2]?.text).toBe(
      "sum.py is a FastCGI application: it starts once and serves many requests.",
    );
  });

  test("a question mark in the query is part of the query, and no query is none", () => {
    expect(words({ ...sum, request: { ...sum.request, target: "/x?a=?b" } })[0]).toContain(
      "the path /x and, after the “?”, the query a=?b.",
    );
    expect(words({ ...sum, request: { ...sum.request, target: "/x" } })[0]).toContain("the path /x. Each");
  });

  test("without a request body the tour shows the CONTENT_LENGTH that the script got", () => {
    expect(words(sum)[3]).toContain("CONTENT_LENGTH is not set");
    const env = [{ name: "CONTENT_LENGTH", value: "0", source: "header:Content-Length", standing: "rfc" } as const];
    expect(words({ ...sum, env })[3]).toContain("CONTENT_LENGTH is 0.");
  });

  test("the tour shows the length of a request body", () => {
    expect(words({ ...sum, request: { ...sum.request, method: "POST", body: bytes(1200) } })[3]).toContain(
      "the script reads 1,200 bytes, no more and no fewer",
    );
  });

  test("the tour says why output is not a CGI response, and invents no value that is missing", () => {
    const failed = words({ ...sum, script: invalid, response: null, process: null, timing: noTiming });
    expect(failed[5]).toContain(wordsOf(invalid.why));
    expect(failed.join(" ")).not.toMatch(/null|undefined|NaN|missing/);
  });

  const madeOfScript = "the script’s headers and its own";
  const sentBody = "goes to the client byte for byte";
  test.each<[string, Partial<TouredTrace>, RegExp]>([
    [
      "of the server: the output is invalid",
      { script: invalid, response: { ...sentResponse, status: 500 } },
      /\(500\) itself/,
    ],
    [
      "of the server: the script did not start",
      { script: null, response: { ...sentResponse, status: 500 } },
      /\(500\) itself/,
    ],
    ["of the server: a condition failed", { response: { ...sentResponse, status: 412 } }, /\(412\) itself/],
    ["of another script", { script: localRedirect }, /of that path \(200\)/],
    [
      "of the server: it refused a local redirect",
      { script: localRedirect, outcome: "invalid-output", response: { ...sentResponse, status: 500 } },
      /\(500\) itself/,
    ],
    ["none", { response: null }, /no response/],
    ["none, and no headers came", { script: null, response: null }, /no response/],
  ])("a response that is not the script’s is not said to be: %s", (_, its, is) => {
    const texts = words({ ...sum, ...its });
    expect(texts[7]).toMatch(is);
    expect(texts.join(" ")).not.toContain(madeOfScript);
    expect(texts[6]).not.toContain(sentBody);
  });

  test("the server adds nothing to what an NPH script writes", () => {
    const texts = words({ ...sum, script: { ...document, kind: "nph" } });
    expect(texts[6]).toContain(sentBody);
    expect(texts.join(" ")).not.toMatch(/must be among them|gets an error/);
    expect(texts[7]).not.toContain(madeOfScript);
  });

  test("the response of a redirected request is in another trace", () => {
    const texts = words({ ...sum, response: null, parent: { id: "first", kind: "local-redirect" } });
    expect(texts[6]).toContain(sentBody);
    expect(texts[7]).toContain("in the trace of the first request");
  });

  test("a response without a body has the script’s headers all the same", () => {
    const texts = words({ ...sum, response: { ...sentResponse, status: 304, body: bytes(0) } });
    expect(texts[6]).not.toContain(sentBody);
    expect(texts[7]).toContain(`(304), ${madeOfScript}, but no body`);
  });
});
