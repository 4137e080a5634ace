import { describe, expect, it } from "vitest";
import { coloursOf } from "../../../../../renderer/features/xray/colours.js";
import {
  environmentLines,
  environmentOwner,
  sourceLabel,
} from "../../../../../renderer/features/xray/environment-lines.js";
import { findingTarget, marksOf } from "../../../../../renderer/features/xray/finding-marks.js";
import { outcomeFacts, outcomeTitle } from "../../../../../renderer/features/xray/outcome-box.js";
import { bodyLines, headLines } from "../../../../../renderer/features/xray/output-lines.js";
import { requestLines, variablesOf } from "../../../../../renderer/features/xray/request-lines.js";
import { lastLines } from "../../../../../renderer/features/xray/stderr-tail.js";
import { bodyStart } from "../../../../../renderer/model/traces/body-start.js";
import { asSentence } from "../../../../../server/contract/message.js";
import type { Variable } from "../../../../../server/contract/trace.js";
import { byteString } from "../../../../../server/protocol/byte-string.js";
import { variableStanding } from "../../../../../server/protocol/variable-standing.js";

const route = { scriptName: byteString("/cgi-bin/guestbook.py"), pathInfo: byteString("/list") };
const head = byteString(
  "GET /cgi-bin/guestbook.py/list?name=J%C3%BCrgen HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept-Language: de\r\nProxy: evil\r\n\r\n",
);
const known = new Set([
  "REQUEST_METHOD",
  "SCRIPT_NAME",
  "PATH_INFO",
  "QUERY_STRING",
  "HTTP_HOST",
  "HTTP_ACCEPT_LANGUAGE",
]);

describe("whose environment it is", () => {
  const argv = ["/usr/bin/env", "python3", "/x/cgi-workbench-agent.py", "--mode=prefork", "/srv/cart.py"];
  const route = {
    kind: "script",
    file: "/srv/cart.py",
    scriptName: "/cart.py",
    pathInfo: "",
    scriptHash: null,
  } as const;
  const fastcgi: Parameters<typeof environmentOwner>[0]["fastcgi"] = {
    ...{ worker: "worker 1", pid: 1, role: "responder", nth: 1, reused: false, attempts: 1, queuedAt: null },
    ...{ readyAt: null, connectedAt: null, appStatus: 0, protocolStatus: 0, notes: [], noteCodes: [], records: [] },
    ...{ omitted: 0, sent: { bytes: 0, captured: 0, chunks: [] }, received: { bytes: 0, captured: 0, chunks: [] } },
  };
  it("is the script's, also when an agent runs it, and a FastCGI application has parameters", () => {
    expect(environmentOwner({ argv, route: { ...route, mode: "prefork" }, fastcgi })).toEqual({
      isScript: true,
      name: "cart.py",
    });
    expect(
      environmentOwner({ argv: ["/srv/cart.py", "two"], route: { ...route, mode: "cgi" }, fastcgi: null }),
    ).toEqual({
      isScript: true,
      name: "cart.py two",
    });
    expect(environmentOwner({ argv: ["/srv/app.fcgi"], route: { ...route, mode: "fastcgi" }, fastcgi })).toEqual({
      isScript: false,
      name: "app.fcgi",
    });
    expect(environmentOwner({ argv: null, route: { ...route, mode: "fastcgi-external" }, fastcgi }).name).toBe("");
  });
});

describe("the request's lines", () => {
  const lines = requestLines(head, route, known, []);
  const texts = (index: number) =>
    lines[index]?.pieces.map((piece) => [head.slice(piece.from, piece.to), piece.variable]);

  it("name the variable of each piece of the request line", () => {
    expect(texts(0)?.filter(([, variable]) => variable !== null)).toEqual([
      ["GET", "REQUEST_METHOD"],
      ["/cgi-bin/guestbook.py", "SCRIPT_NAME"],
      ["/list", "PATH_INFO"],
      ["name=J%C3%BCrgen", "QUERY_STRING"],
    ]);
  });
  it("show a header's name and value as one piece", () => {
    expect(texts(2)).toEqual([["Accept-Language: de", "HTTP_ACCEPT_LANGUAGE"]]);
  });
  it("say which headers the script does not get", () => {
    expect(lines[3]?.pieces[0]).toMatchObject({ variable: null, withheld: "HTTP_PROXY" });
  });
  it("leave usual line ends out, and show a lone line feed", () => {
    expect(lines.flatMap((line) => line.pieces).some((piece) => piece.is === "line-end")).toBe(false);
    const bare = requestLines(byteString("GET / HTTP/1.0\nHost: a\n\n"), route, known, []);
    expect(bare[0]?.pieces.at(-1)?.is).toBe("line-end");
  });
  it("cover the head without doubling a byte", () => {
    let at = 0;
    for (const piece of lines.flatMap((line) => line.pieces)) {
      expect(piece.from).toBeGreaterThanOrEqual(at);
      at = piece.to;
    }
  });
  it("lists the variables in the request's order", () => {
    expect(variablesOf(lines)).toEqual([
      "REQUEST_METHOD",
      "SCRIPT_NAME",
      "PATH_INFO",
      "QUERY_STRING",
      "HTTP_HOST",
      "HTTP_ACCEPT_LANGUAGE",
    ]);
  });
});

describe("colours", () => {
  it("are the same for the parts of the request line in every request", () => {
    expect(coloursOf(["QUERY_STRING", "PATH_INFO"]).get("QUERY_STRING")).toBe(4);
  });
  it("are one for all other headers, and the body's own for what tells of the body", () => {
    const colours = coloursOf(["REQUEST_METHOD", "HTTP_HOST", "HTTP_ACCEPT", "CONTENT_TYPE", "SERVER_PROTOCOL"]);
    expect(["HTTP_HOST", "HTTP_ACCEPT"].map((name) => colours.get(name))).toEqual(["header", "header"]);
    expect(["CONTENT_TYPE", "CONTENT_LENGTH"].map((name) => colours.get(name))).toEqual([5, 5]);
    expect(colours.has("SERVER_PROTOCOL")).toBe(false);
  });
});

describe("the environment's lines", () => {
  const variable = (name: string, value: string, source: Variable["source"]): Variable => ({
    name,
    value,
    source,
    standing: variableStanding(name),
  });
  const env = [
    variable("SERVER_PORT", "8080", "connection"),
    variable("REQUEST_METHOD", "GET", "request-line"),
    variable("QUERY_STRING", "", "request-line"),
    variable("HTTP_ACCEPT", "*/*", "header:Accept"),
    variable("PATH", "/usr/bin", "inherited"),
  ];
  const lines = environmentLines(env, (entry) => String(entry.name), ["REQUEST_METHOD", "HTTP_ACCEPT"], {
    bodyBytes: 0,
    hasQuestionMark: false,
  });

  it("show what the request became, in its order, and count the rest by source", () => {
    expect(lines.shown.map((entry) => entry.name)).toEqual(["REQUEST_METHOD", "HTTP_ACCEPT"]);
    expect(lines.others).toEqual([
      { source: "connection", count: 1 },
      { source: "inherited", count: 1 },
    ]);
  });
  it("say what is not set and why (RFC 3875 §4.1.2, §4.1.5, §4.1.7)", () => {
    expect(lines.absent.map(({ name, state, why }) => `${name} ${state}: ${why}`)).toEqual([
      "PATH_INFO not set: nothing follows the script’s name in the path",
      "QUERY_STRING empty: no “?” in the target",
      "CONTENT_LENGTH not set: no request body",
    ]);
  });
  it("distinguish an empty Content-Type header from an absent one", () => {
    const why = (...its: readonly Variable[]) =>
      environmentLines(its, (entry) => String(entry.name), [], { bodyBytes: 8, hasQuestionMark: true }).absent.find(
        ({ name }) => name === "CONTENT_TYPE",
      )?.why;
    expect(why(variable("CONTENT_TYPE", "", "header:Content-Type"))).not.toBe(why());
  });
  it("show the length of a body that no header gave", () => {
    const chunked = environmentLines(
      [variable("CONTENT_LENGTH", "8", "connection")],
      (entry) => String(entry.name),
      [],
      {
        bodyBytes: 8,
        hasQuestionMark: false,
      },
    );
    expect(chunked.shown.map((entry) => entry.name)).toEqual(["CONTENT_LENGTH"]);
  });
  it("put sources into words", () => {
    expect([sourceLabel("header:Accept-Language"), sourceLabel("request-line"), sourceLabel("config")]).toEqual([
      "header Accept-Language",
      "request line",
      "config",
    ]);
  });
});

describe("the output's lines", () => {
  const text = "Status: 200\nX: y\r\n\nbody\nmore";
  const spans = [
    { from: 0, to: 6, is: "name" },
    { from: 6, to: 7, is: "colon" },
    { from: 7, to: 8, is: "space" },
    { from: 8, to: 11, is: "value" },
    { from: 11, to: 12, is: "line-end" },
    { from: 12, to: 13, is: "name" },
    { from: 13, to: 14, is: "colon" },
    { from: 14, to: 15, is: "space" },
    { from: 15, to: 16, is: "value" },
    { from: 16, to: 18, is: "line-end" },
    { from: 18, to: 19, is: "empty-line" },
    { from: 19, to: 28, is: "body" },
  ] as const;

  it("are header lines and the empty line", () => {
    expect(headLines(spans).lines.map(({ is, from, to }) => [is, from, to])).toEqual([
      ["header", 0, 12],
      ["header", 12, 18],
      ["empty-line", 18, 19],
    ]);
    expect(bodyStart(spans)).toBe(19);
  });
  it("call a line malformed when any of it is", () => {
    expect(
      headLines([
        { from: 0, to: 5, is: "malformed" },
        { from: 5, to: 6, is: "line-end" },
      ]).lines.map((line) => line.is),
    ).toEqual(["malformed"]);
  });
  it("go on with the body, cut at its line feeds", () => {
    expect(bodyLines(new TextEncoder().encode(text), 19, "body").map(({ from, to }) => text.slice(from, to))).toEqual([
      "body\n",
      "more",
    ]);
  });
  it("show a bounded beginning of the body", () => {
    expect(bodyLines(new Uint8Array(5000).fill(0x0a), 0, "body").length).toBe(10);
    expect(bodyLines(new Uint8Array(5000).fill(0x61), 0, "body").map(({ to }) => to)).toEqual([1024]);
    const wide = Uint8Array.of(0x41, 0, 0x0a, 0, 0x0a, 0x0a, 0x42, 0);
    expect(bodyLines(wide, 0, "body", "utf-16le").map(({ to }) => to)).toEqual([4, 8]);
    expect(bodyLines(wide.subarray(1, 7), 0, "body", "utf-16be").map(({ to }) => to)).toEqual([2, 4, 6]);
  });
});

describe("how it ended", () => {
  const base = {
    outcome: "ok",
    detail: null,
    response: null,
    route: { kind: "script", file: null, scriptName: "", pathInfo: "", mode: null, scriptHash: null },
  } as const;
  it("is told only when there is something to tell", () => {
    expect(outcomeTitle(base)).toBeNull();
    expect(outcomeTitle({ ...base, outcome: null })).toBeNull();
    expect(outcomeTitle({ ...base, outcome: "crashed" })).toContain("ended before");
    expect(outcomeTitle({ ...base, outcome: "timeout" })).not.toContain("script"); // it may be the client's
  });
  it("comes with its facts", () => {
    const process = {
      pid: 1,
      start: "native",
      exitCode: 1,
      signal: null,
      errno: null,
      userMs: null,
      systemMs: null,
      maxRssKb: null,
    } as const;
    expect(outcomeFacts({ process, response: null })).toEqual(["exit code 1", "no response sent"]);
    expect(outcomeFacts({ process: { ...process, signal: "SIGSEGV" }, response: null })).toEqual([
      "ended by SIGSEGV",
      "no response sent",
    ]);
  });
  it("has the last lines of stderr", () => {
    const bytes = new TextEncoder().encode("one\ntwo\nthree\n");
    const lines = (count: number) =>
      lastLines(bytes, count).map(({ from, to }) => new TextDecoder().decode(bytes.subarray(from, to)));
    expect([lines(2), lines(9), lastLines(new Uint8Array(), 3)]).toEqual([
      ["two", "three"],
      ["one", "two", "three"],
      [],
    ]);
    expect(lastLines(new TextEncoder().encode("\n\na"), 5).map(({ from, to }) => [from, to])).toEqual([
      [0, 0],
      [1, 1],
      [2, 3],
    ]);
  });
});

describe("findings", () => {
  const finding = {
    rule: "r",
    severity: "warning",
    title: asSentence(""),
    detail: asSentence(""),
    stream: "stdout",
    range: [3, 3],
    line: null,
    reference: null,
    fixes: [],
    evidence: [],
  } as const;
  it("mark their bytes, at least one", () => {
    expect(marksOf([{ ...finding, range: [3, 3], fixes: [], evidence: [] }], "stdout")).toEqual([
      { from: 3, to: 4, severity: "warning" },
    ]);
    expect(marksOf([{ ...finding, range: [3, 3], fixes: [], evidence: [] }], "stderr")).toEqual([]);
  });
  it("lead to the tab that holds the bytes", () => {
    expect([
      findingTarget({ stream: "stdout", range: [0, 1] }),
      findingTarget({ stream: "request", range: [0, 1] }),
      findingTarget({ stream: "stdout", range: null }),
    ]).toEqual(["stdout", null, null]);
  });
});
