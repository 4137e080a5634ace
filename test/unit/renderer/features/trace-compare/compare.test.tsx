import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changedWords } from "../../../../../renderer/features/trace-compare/changed-words.js";
import {
  comparePairs,
  differences,
  onlyExpected,
} from "../../../../../renderer/features/trace-compare/compare-pairs.js";
import { environmentFacts, requestFacts, timingFacts } from "../../../../../renderer/features/trace-compare/facts.js";
import { drawnLines } from "../../../../../renderer/features/trace-compare/shown-lines.js";
import { diffLines, withContext } from "../../../../../renderer/format/diff-lines.js";
import { noTiming } from "../../rows.js";

const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 25 });

/** The length of the longest common subsequence, the plain way. */
function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const left of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++)
      next.push(left === b[j] ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return row[b.length] ?? 0;
}

describe("the facts of a request", () => {
  const refused = {
    method: "GET",
    target: "/",
    httpVersion: "1.1",
    headers: [],
    body: { bytes: 0, captured: 0, chunks: [] },
  };
  it("are its lines where the server refused it: a header that was sent is not said to be missing", () => {
    const head = "GET / HTTP/1.1\r\nHost: here\r\nBad Header: 1\r\nno colon\r\n\r\n";
    expect(requestFacts({ request: { head, ...refused } }).map(([name, value]) => [name, value])).toEqual([
      ["Method", "GET"],
      ["Target", "/"],
      ["Version", "1.1"],
      ["Host", "here"],
      ["Bad Header", "1"],
      ["Line 4", "no colon"],
      ["Body", "0 B"],
    ]);
    expect(requestFacts({ request: { head: "GET / HTTP/1.0\r\n\r\n", ...refused } })).toHaveLength(4);
  });
});

describe("the difference of two texts", () => {
  it("leads from one to the other, by as few changes as can be", () => {
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const diff = diffLines(a, b);
        expect(diff.flatMap(({ is, text }) => (is === "added" ? [] : text))).toEqual(a);
        expect(diff.flatMap(({ is, text }) => (is === "removed" ? [] : text))).toEqual(b);
        expect(diff.filter(({ is }) => is === "same")).toHaveLength(commonLength(a, b));
      }),
      { numRuns: 500 },
    );
  });
  it("stops early at texts that have nothing in common, and is still right", () => {
    const a = Array.from({ length: 2000 }, (_, index) => `a${index}`);
    const b = Array.from({ length: 2000 }, (_, index) => `b${index}`);
    expect(diffLines(a, b)).toHaveLength(4000);
  });
  it("is shown with some lines round each change", () => {
    const left = Array.from({ length: 20 }, (_, index) => `line ${index}`);
    const shown = withContext(diffLines(left, left.with(10, "other")), 2);
    expect(shown.map((line) => (line.is === "skipped" ? line.count : `${line.is} ${line.text}`))).toEqual([
      8,
      "same line 8",
      "same line 9",
      "removed line 10",
      "added other",
      "same line 11",
      "same line 12",
      7,
    ]);
    expect(withContext(diffLines(left, left), 2)).toEqual([{ is: "skipped", count: 20 }]);
  });
});

describe("the words of a changed line", () => {
  const shown = (words: readonly { readonly text: string; readonly isChanged: boolean }[] | undefined) =>
    words?.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join("");

  it("are marked where they are others, characters never cut", () => {
    const words = changedWords("name=J\xc3\xbcrgen&page=3", "name=J\xc3\xb6rg&page=3");
    expect([shown(words?.left), shown(words?.right)]).toEqual([
      "name=[J\xc3\xbcrgen]&page=3",
      "name=[J\xc3\xb6rg]&page=3",
    ]);
    expect(changedWords("nothing alike", "42")).toBeNull();
  });
  it("give the lines again", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (left, right) => {
        const words = changedWords(left, right);
        if (words)
          expect([words.left, words.right].map((side) => side.map(({ text }) => text).join(""))).toEqual([left, right]);
      }),
    );
  });
  it("belong to the lines that replaced each other", () => {
    const diff = diffLines(["a 1 b\n", "same\n", "gone\n"], ["a 2 b\n", "same\n"]);
    const words = drawnLines(diff, 2).lines.map((line) => (line.is === "skipped" ? null : line.words));
    expect(words.map((each) => each && shown(each))).toEqual(["a [1] b", "a [2] b", null, null]);
  });
});

describe("two lists of names and values", () => {
  it("are matched by name, repeated names by their place", () => {
    const rows = comparePairs(
      [
        ["Set-Cookie", "a=1"],
        ["set-cookie", "b=1"],
        ["X-Gone", "1"],
        ["Date", "now"],
        ["X-Bytes", { base64: "/A==" }],
      ],
      [
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2"],
        ["Date", "later"],
        ["X-Bytes", { base64: "/A==" }],
        ["X-New", "2"],
      ],
    );
    expect(rows.map(({ name, is }) => [name, is])).toEqual([
      ["Set-Cookie", "same"],
      ["set-cookie", "changed"],
      ["X-Gone", "left"],
      ["Date", "changed"],
      ["X-Bytes", "same"],
      ["X-New", "right"],
    ]);
    expect(differences(rows)).toBe(3); // the date differs by its nature
  });
  it("are headers in either case, and variables in one", () => {
    const variable = (name: string, value: string) => [name, value, "variable"] as const;
    const rows = comparePairs(
      [variable("NO_PROXY", "a"), variable("no_proxy", "b"), ["Accept", "a"]],
      [variable("no_proxy", "b"), ["ACCEPT", "a"]],
    );
    expect(rows.map(({ name, is }) => [name, is])).toEqual([
      ["NO_PROXY", "left"],
      ["no_proxy", "same"],
      ["Accept", "same"],
    ]);
  });
  it("have as many differences with their sides swapped", () => {
    const word = fc.constantFrom("Date", "date", "X", "REMOTE_PORT", "remote_port");
    const value = fc.constantFrom("1", "2");
    const pair = fc.oneof(fc.tuple(word, value), fc.tuple(word, value, fc.constantFrom("variable", "fact")));
    const side = fc.array(pair, { maxLength: 4 });
    const count = (...sides: Parameters<typeof comparePairs>) => differences(comparePairs(...sides));
    fc.assert(fc.property(side, side, (left, right) => count(left, right) === count(right, left)));
    expect([count([["Date", "1"]], []), count([["Date", "1"]], [["date", "2"]])]).toEqual([1, 0]);
    expect(count([["REMOTE_PORT", "1", "variable"]], [["REMOTE_PORT", "2", "variable"]])).toBe(0);
  });
});

it("where only what differs by its nature is different, that is named", () => {
  const pairs = (port: string, unique: string, name = "x"): Parameters<typeof comparePairs>[0] => [
    ["REMOTE_PORT", port, "variable"],
    ["UNIQUE_ID", unique, "variable"],
    ["NAME", name, "variable"],
  ];
  const words = (...sides: Parameters<typeof comparePairs>) => onlyExpected(comparePairs(...sides));
  expect(words(pairs("1", "a"), pairs("1", "a"))).toBeUndefined();
  expect(words(pairs("1", "a"), pairs("2", "a"))).toBe("only the client’s port differs");
  expect(words(pairs("1", "a"), pairs("2", "b"))).toBe("only the client’s port and UNIQUE_ID differ");
  expect(words(pairs("1", "a"), pairs("2", "a", "y"))).toBeUndefined();
});

it("a fact about the trace is not a header or a variable of the same name", () => {
  const route = { kind: "script", file: "/a", scriptName: "/a", pathInfo: "", mode: null } as const;
  const env = [{ name: "VERSION", value: "2", source: "config" as const, standing: "own" as const }];
  const of = (scriptHash: string | null) =>
    environmentFacts({ env, argv: null, cwd: null, route: { ...route, scriptHash } });
  expect(comparePairs(of("abc"), of(null)).map(({ name, is }) => [name, is])).toEqual([
    ["version", "left"],
    ["VERSION", "same"],
  ]);
});

describe("one script as CGI and as FastCGI", () => {
  it("is told as such, with the parts of both times in the order in which they came", () => {
    const timing = {
      ...noTiming,
      headAt: 0.2,
      admittedAt: 0.3,
      spawnedAt: 2,
      firstByteAt: 20,
      lastByteAt: 21,
      exitAt: 22,
      doneAt: 23,
    };
    const route = { kind: "script", file: "/a.pl", scriptName: "/a.pl", pathInfo: "", scriptHash: null } as const;
    const record = {
      at: 0.7,
      direction: "sent" as const,
      type: 1,
      requestId: 1,
      contentLength: 8,
      paddingLength: 0,
      offset: 0,
    };
    const turn = { readyAt: 0.5, connectedAt: 0.6, reused: false, records: [record] };
    const cgi = { timing, process: null, fastcgi: null };
    expect(timingFacts(cgi, { ...cgi, fastcgi: turn }).map(({ name }) => name)).toEqual([
      ...[
        "Request headers",
        "Waiting",
        "Start",
        "Queue",
        "Connect",
        "Hand over",
        "To first byte",
        "Body",
        "To exit",
        "To end",
        "To the client",
        "All",
      ],
    ]);
    expect(environmentFacts({ env: [], argv: null, cwd: null, route: { ...route, mode: "fastcgi" } })).toEqual([
      ["run as", "FastCGI", "fact"],
    ]);
  });
});
