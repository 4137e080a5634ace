import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rowName } from "../../../../../renderer/features/traces/row-name.js";
import { scaleOf, segmentsOf } from "../../../../../renderer/features/traces/waterfall.js";
import { clockOf, dateTimeOf } from "../../../../../renderer/format/clock.js";
import {
  endText,
  exitText,
  modeName,
  outcomeName,
  statusText,
  statusTone,
} from "../../../../../renderer/format/trace-labels.js";
import { splitForEllipsis } from "../../../../../renderer/ui/middle-ellipsis.js";
import { splitTarget } from "../../../../../renderer/ui/target-text.js";
import { noTiming, rowOf } from "../../rows.js";

describe("the waterfall", () => {
  const parts = (row: ReturnType<typeof rowOf>) => segmentsOf(row).map(({ is, from, to }) => [is, from, to]);

  it("shows start, script and body", () => {
    expect(parts(rowOf(1))).toEqual([
      ["start", 0, 1],
      ["script", 1, 15],
      ["body", 15, 20],
    ]);
  });
  it("shows what was waited for a turn, when it is worth a look", () => {
    const timing = { ...noTiming, headAt: 0.5, admittedAt: 8, spawnedAt: 9, headersAt: 15 };
    expect(parts(rowOf(1, { timing }))).toEqual([
      ["wait", 0, 8],
      ["start", 8, 9],
      ["script", 9, 15],
      ["body", 15, 20],
    ]);
    expect(parts(rowOf(1, { timing: { ...timing, admittedAt: 1 } }))).toHaveLength(3);
  });
  it("shows a script that failed before its headers as one red part", () => {
    expect(
      parts(
        rowOf(1, { outcome: "crashed", status: 500, timing: { ...noTiming, spawnedAt: 2, doneAt: 31 }, tookMs: 31 }),
      ),
    ).toEqual([
      ["start", 0, 2],
      ["failed", 2, 31],
    ]);
  });
  it("shows when a FastCGI application was told of the request, not when a process was started", () => {
    const timing = { ...noTiming, headAt: 0.5, admittedAt: 1, spawnedAt: 15.5, headersAt: 15 };
    const row = (readyAt: number) =>
      rowOf(1, { mode: "fastcgi", timing, fastcgi: { readyAt, connectedAt: null, begunAt: 8.5 } });
    expect(parts(row(8))).toEqual([
      ["wait", 0, 8],
      ["start", 8, 8.5],
      ["script", 8.5, 15],
      ["body", 15, 20],
    ]);
    expect(segmentsOf(row(1)).map(({ name }) => name)).toEqual(["connect", "script", "body"]);
  });
  it("shows a file as one quiet part, and nothing while nothing is known", () => {
    expect(parts(rowOf(1, { kind: "static", mode: null, timing: noTiming, tookMs: 0.2 }))).toEqual([["file", 0, 0.2]]);
    expect(parts(rowOf(1, { outcome: null, tookMs: null, timing: noTiming }))).toEqual([]);
  });
  it("has one round scale for all rows", () => {
    expect([
      scaleOf([rowOf(1, { tookMs: 23.4 }), rowOf(2, { tookMs: 31 })]),
      scaleOf([rowOf(1, { tookMs: 0.2 })]),
      scaleOf([]),
    ]).toEqual([50, 1, 1]);
    expect(scaleOf([rowOf(1, { tookMs: null, timing: { ...noTiming, lastByteAt: 700 } })])).toBe(1000); // still running
  });
});

describe("words of a row", () => {
  it("say how it was run", () => {
    expect([
      modeName(rowOf(1)),
      modeName({ kind: "static", mode: null }),
      modeName({ kind: "none", mode: null }),
    ]).toEqual(["CGI", "file", "–"]);
  });
  it("give the status, or how it ended, with a colour that is never the only sign", () => {
    expect([statusText(rowOf(1)), statusTone(rowOf(1))]).toEqual(["200", "ok"]);
    expect([
      statusText({ status: null, outcome: "client-gone" }),
      statusTone({ status: null, outcome: "client-gone" }),
    ]).toEqual(["client left", "bad"]);
    expect([statusText({ status: null, outcome: "ok" }), statusTone({ status: null, outcome: "ok" })]).toEqual([
      "–",
      "dim",
    ]);
    expect(statusText({ status: 0, outcome: "invalid-output" })).toBe(outcomeName("invalid-output"));
    expect([statusText({ status: null, outcome: null }), statusTone({ status: null, outcome: null })]).toEqual([
      "running",
      "dim",
    ]);
    expect([
      statusTone(rowOf(1, { status: 404 })),
      statusTone(rowOf(1, { status: 304 })),
      statusTone(rowOf(1, { status: 302 })),
    ]).toEqual(["warn", "dim", "ok"]);
  });
  it("cut a long target in its middle, never through a character", () => {
    expect(splitForEllipsis("/cgi-bin/guestbook.py/list?name=J%C3%BCrgen", 14)).toEqual([
      "/cgi-bin/guestbook.py/list?na",
      "me=J%C3%BCrgen",
    ]);
    expect(splitForEllipsis("/short", 14)).toEqual(["/short", ""]);
    expect(splitForEllipsis("/aaaaaaaa😀bbb", 4)).toEqual(["/aaaaaaaa", "😀bbb"]);
    expect(splitForEllipsis("invoice-reader.py", 14)).toEqual(["invoice-", "reader.py"]);
  });
  it("know the script's name in a target, which stays readable", () => {
    expect(splitTarget("/cgi-bin/guestbook.py/list?name=a/b", "cgi-bin/guestbook.py")).toEqual({
      folder: "/cgi-bin/",
      name: "guestbook.py",
      rest: "/list?name=a/b",
    });
    expect(splitTarget("/a%20b.py/x/", "a b.py")).toEqual({ folder: "/", name: "a%20b.py", rest: "/x/" });
    expect(splitTarget("/docs/missing?x", null)).toEqual({ folder: "/docs/", name: "missing", rest: "?x" });
    expect(splitTarget("/?x=1", "index.cgi")).toEqual({ folder: "", name: "/", rest: "?x=1" });
    expect(splitTarget("/%zz/", null)).toEqual({ folder: "/", name: "%zz", rest: "/" });
    expect(splitTarget("*", null)).toEqual({ folder: "", name: "*", rest: "" });
  });
  it("lose nothing of a target", () => {
    fc.assert(
      fc.property(fc.string(), fc.option(fc.string()), (target, file) => {
        const { folder, name, rest } = splitTarget(target, file);
        expect(folder + name + rest).toBe(target);
      }),
    );
  });
  it("name the row, with a failure or finding, its marks and what a search found", () => {
    const plain = rowName(rowOf(1), false, null);
    expect(plain).toBe("#1 GET /cgi-bin/a.py, 200, 20.0 ms");
    expect(rowName(rowOf(1, { outcome: null, tookMs: null }), false, null)).toBe("#1 GET /cgi-bin/a.py, 200, running");
    expect(rowName(rowOf(1, { tookMs: null }), false, null)).toBe(
      "#1 GET /cgi-bin/a.py, 200, held, debugged or slowed down",
    );
    expect(rowName(rowOf(1, { tookMs: null, mode: "websocket", status: 101 }), false, null)).toBe(
      "#1 GET /cgi-bin/a.py, 101, a connection",
    );
    const waiting = { outcome: null, tookMs: null };
    expect(rowName(rowOf(1, { ...waiting, status: null }), false, null, "held")).toBe(
      "#1 GET /cgi-bin/a.py, held, held",
    );
    expect(rowName(rowOf(1, waiting), false, null, "held")).toBe("#1 GET /cgi-bin/a.py, 200, held");
    expect(rowName(rowOf(1, { ...waiting, status: null }), false, null, "debugged")).toBe(
      "#1 GET /cgi-bin/a.py, debugged, in the debugger",
    );
    expect(rowName(rowOf(1, { outcome: "crashed", severity: "warning" }), false, null)).toContain(
      outcomeName("crashed"),
    );
    const withoutStatus = rowName(rowOf(1, { status: null, outcome: "client-gone" }), false, null);
    expect(withoutStatus.split(outcomeName("client-gone"))).toHaveLength(2);
    const [error, warning] = (["error", "warning"] as const).map((severity) =>
      rowName(rowOf(1, { severity }), false, null),
    );
    expect(new Set([plain, error, warning]).size).toBe(3);
    const hit = { part: "request-header", name: "Cookie", at: null, before: "a=", found: "Möbel", after: ";" } as const;
    expect(rowName(rowOf(1, { pinned: true }), true, hit)).toBe(
      `${plain}, pinned, marked for comparison, request header: Cookie: a=Möbel;`,
    );
  });
  it("name the exit code behind a whole response", () => {
    const text = (exitCode: number | null, outcome: "ok" | "crashed") => exitText({ outcome, exitCode });
    expect([text(1, "ok"), text(0, "ok"), text(null, "ok"), text(1, "crashed")]).toEqual(["exit 1", null, null, null]);
    const ended = rowOf(1, { exitCode: 1 });
    expect([statusTone(ended), endText(ended), rowName(ended, false, null)]).toEqual([
      "warn",
      "exit 1",
      "#1 GET /cgi-bin/a.py, 200, exit 1, 20.0 ms",
    ]);
    expect(statusTone({ ...ended, outcome: "crashed" })).toBe("bad");
  });
  it("tell the time with milliseconds", () => {
    expect(clockOf(new Date(2026, 0, 2, 4, 5, 6, 7).getTime())).toBe("04:05:06.007");
    expect(dateTimeOf(new Date(2026, 0, 2, 4, 5, 6, 7).getTime())).toBe("2026-01-02 04:05:06");
  });
});
