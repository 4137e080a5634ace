// Which outputs are CGI's, and which changes that an agent reports are leaks.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AgentReport, leaksOf, memoryLeak } from "../../../server/features/leaks/agent-reports.js";
import { ExpectedOutput, type Output } from "../../../server/features/leaks/compare-outputs.js";
import { ExpectedBody } from "../../../server/features/leaks/expected-body.js";

const firstDifference = (bodies: readonly string[], body: string): number | null =>
  new ExpectedBody(bodies).firstDifference(body);
const output = (change: Partial<Output> = {}): Output => ({ status: 200, headers: [], body: "hello", ...change });

describe("outputs", () => {
  test("an output of CGI is CGI's, whatever the others are", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 3 }), fc.nat(), (bodies, index) => {
        expect(firstDifference(bodies, bodies[index % bodies.length] ?? "")).toBeNull();
      }),
    );
  });

  test("where CGI repeats itself the first byte that differs is found", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (same, cgi, found) => {
        const offset = firstDifference([same + cgi, same + cgi], same + found);
        if (cgi === found) expect(offset).toBeNull();
        else {
          expect(offset).toBeGreaterThanOrEqual(same.length);
          expect((same + cgi).slice(0, offset ?? 0)).toBe((same + found).slice(0, offset ?? 0));
          expect((same + cgi)[offset ?? 0]).not.toBe((same + found)[offset ?? 0]);
        }
      }),
    );
  });

  test("a word that CGI does not repeat may be another; the words around it may not", () => {
    const cgi = ["at 12:00:01 you are 1", "at 12:00:05 you are 1"];
    expect(firstDifference(cgi, "at 12:00:03 you are 1")).toBeNull();
    expect(firstDifference(cgi, "at 12:00:03 you are 2")).toBe(20);
    expect(firstDifference(cgi, "at 12:00:03 you are 1 more")).toBe(21);
    expect(firstDifference(cgi, "at 12:00:03 you are")).toBe(19);
  });

  test("what lies around such a word is compared to its last byte", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, after, other) => {
        const around = (word: string, end: string): string => `${before} ${word} ${end}`;
        const offset = firstDifference([around("1", after), around("2", after)], around("3", other));
        const differsAt = [...after].findIndex((character, at) => character !== other[at]);
        const length = differsAt < 0 ? after.length : differsAt;
        expect(offset).toBe(after === other ? null : before.length + 3 + length);
      }),
    );
  });

  test("what differs over a long way is compared line by line", () => {
    const long = (time: number, line: string): string => `at ${time}\n${"%;".repeat(600_000)}\n${line}until ${time}\n`;
    const cgi = [long(1, "same\n"), long(2, "same\n")];
    expect(firstDifference(cgi, long(3, "same\n"))).toBeNull();
    expect(firstDifference(cgi, long(3, "some\n"))).toBe(long(3, "").indexOf("until") + 1);
    expect(firstDifference(cgi, long(3, ""))).not.toBeNull();
  });

  test("a long line is compared in its middle, and one beyond 1 MiB at its beginning and its end", () => {
    const long =
      (bytes: number) =>
      (time: number, change: Readonly<Record<number, string>> = {}) => {
        const part = (nth: number): string => change[nth] ?? `"${nth}":"${"same ".repeat(bytes / 5)}",`;
        return `{${part(0)}"at":${time},${part(1)}"until":${time},${part(2)}}`;
      };
    const line = long(300 << 10);
    const cgi = [line(111), line(122), line(113)];
    expect(firstDifference(cgi, line(234))).toBeNull();
    for (const nth of [0, 1, 2])
      expect(firstDifference(cgi, line(234, { [nth]: '"other"' }))).toBe(line(234).indexOf(`"${nth}"`) + 1);
    const longest = long(3 << 19);
    const longestOfCgi = [longest(111), longest(122)];
    expect(firstDifference(longestOfCgi, longest(2345))).toBeNull();
    expect(firstDifference(longestOfCgi, longest(234, { 0: '"0":"some"' }))).toBe(7);
    const changed = longest(234, { 2: '"2":"some' });
    expect(firstDifference(longestOfCgi, changed)).toBe(changed.length - 2);
  });

  test("a line of other words each time is left out, and one after it is compared", () => {
    const cgi = ["a b\nsame\n", "a b c\nsame\n"];
    expect(firstDifference(cgi, "a\nsame\n")).toBeNull();
    expect(firstDifference(cgi, "a\nsome\n")).toBe(3);
  });

  test("status and headers: what CGI does not repeat is named, and no difference", () => {
    const known = new ExpectedOutput([
      output({
        headers: [
          ["x-pid", "1"],
          ["x-same", "a"],
        ],
      }),
      output({
        headers: [
          ["x-pid", "2"],
          ["x-same", "a"],
        ],
      }),
    ]);
    expect(known.varies("/x")).toEqual([{ target: "/x", part: "header", name: "x-pid" }]);
    expect(
      known.differences(
        output({
          headers: [
            ["x-pid", "3"],
            ["x-same", "a"],
          ],
        }),
      ),
    ).toEqual([]);
    expect(
      known.differences(
        output({
          status: 500,
          headers: [
            ["x-pid", "3"],
            ["set-cookie", "b"],
          ],
        }),
      ),
    ).toEqual([
      { part: "status", name: null, offset: null, cgi: "200", found: "500" },
      { part: "header", name: "x-same", offset: null, cgi: "a", found: null },
      { part: "header", name: "set-cookie", offset: null, cgi: null, found: "b" },
    ]);
  });

  test("a Content-Length is compared, unless it is that of a body that varies", () => {
    const ofLength = (body: string, length = String(body.length)): Output =>
      output({ body, headers: [["content-length", length]] });
    const known = new ExpectedOutput([ofLength("at 0.25\n"), ofLength("at 0.75\n")]);
    expect(known.differences(ofLength("at 0.5\n"))).toEqual([]);
    expect(known.varies("/x")).toEqual([{ target: "/x", part: "body", name: null }]);
    expect(known.differences(ofLength("at 0.5\n", "8"))).toMatchObject([{ name: "content-length", found: "8" }]);
    expect(known.differences(output({ body: "at 0.5\n" }))).toMatchObject([{ name: "content-length", found: null }]);
  });
});

type Change = AgentReport["kept"][number];
const change = (name: string, more: Partial<Change> = {}): Change => ({
  ...{ kind: "attribute", name, before: null, after: "1", file: null, line: null, by: null, isBookkeeping: false },
  ...more,
});
const byScript = { file: "/www/x.py", line: 3, by: "script" } as const;
const byLibrary = { file: "/www/x.py", line: 4, by: "library" } as const;
const report = (pid: number, kept: Change[], more: Partial<AgentReport> = {}): AgentReport => ({
  ...{ pid, kept, putBack: [], blocks: 1000, residentBytes: 1 << 24 },
  ...more,
});
const display = (file: string): string => file.replace("/www/", "");
const namesOf = (reports: readonly AgentReport[]) =>
  leaksOf(reports, display).leaks.map(({ name, line }) => [name, line]);

describe("leaks", () => {
  test("each change once, with the line of the report that has it", () => {
    const reports = [
      report(1, [change("json.a")]),
      report(2, [change("json.a", byScript)]),
      report(2, [change("json.a")]),
    ];
    expect(leaksOf(reports, display).leaks).toMatchObject([
      { kind: "attribute", name: "json.a", file: "x.py", line: 3, message: { code: "attribute" } },
    ]);
  });

  test("a library that begins to work is no leak; one that changes again is", () => {
    const begins = change("mimetypes.types_map", byLibrary);
    expect(namesOf([report(1, [begins]), report(1, []), report(2, [begins])])).toEqual([]);
    expect(namesOf([report(1, [begins]), report(1, [begins])])).toEqual([["mimetypes.types_map", 4]]);
  });

  test("a library's own bookkeeping is no leak, unless the script's own line does it", () => {
    const cache = { kind: "growth", isBookkeeping: true } as const;
    const grows = change("re._cache", { ...cache, ...byLibrary });
    expect(namesOf([report(1, [grows]), report(1, [grows])])).toEqual([]);
    expect(namesOf([report(1, [change("re._cache", { ...cache, ...byScript })])])).toEqual([["re._cache", 3]]);
  });

  test("what is put back is named apart, and not when it is kept too", () => {
    const environment = change("MODE", { kind: "environment" });
    const both = change("", { kind: "umask" });
    const { leaks, putBack } = leaksOf([report(1, [both], { putBack: [environment, both] })], display);
    expect(leaks.map(({ kind }) => kind)).toEqual(["umask"]);
    expect(putBack.map(({ kind, name, advice }) => [kind, name, advice.code])).toEqual([
      ["environment", "MODE", "nothing-here"],
    ]);
  });

  test("advice for an application is not to isolate it, which prefork cannot", () => {
    const kinds = ["attribute", "growth", "global", "umask", "file", "thread"] as const;
    const { leaks } = leaksOf(
      [
        report(1, []),
        report(
          1,
          kinds.map((kind) => change(kind, { kind, ...byScript })),
        ),
      ],
      display,
      "application",
    );
    expect(leaks.map(({ advice }) => advice.code)).toEqual([
      "keep-in-request",
      "bound-for-all",
      "keep-in-request",
      "restore-before-return",
      "open-once",
      "wait-before-return",
    ]);
  });

  test("growth is shown rather than the first appearance", () => {
    const appears = change("json.seen", { ...byScript, after: "1 item" });
    const grows = change("json.seen", { ...byScript, kind: "growth", before: "1 item", after: "2 items" });
    expect(leaksOf([report(1, [appears]), report(1, [grows]), report(2, [appears])], display).leaks).toMatchObject([
      { kind: "growth", before: "1 item", after: "2 items", advice: { code: "bound-it" } },
    ]);
  });
});

describe("memory", () => {
  const grown = (figures: readonly number[], pid = 1) => figures.map((blocks) => report(pid, [], { blocks }));

  test("a leak grows with each repetition", () => {
    expect(memoryLeak(grown([1000, 1200, 1400, 1600]))).toMatchObject({ kind: "memory", name: "blocks" });
    expect(memoryLeak(grown([1000, 1200, 1190, 1600]))).toBeNull();
    expect(memoryLeak(grown([1000, 1010, 1020, 1030]))).toBeNull();
  });

  test("with fewer repetitions, or in several processes, nothing is known", () => {
    expect(memoryLeak([])).toBeNull();
    expect(memoryLeak(grown([1000, 2000]))).toBeNull();
    expect(memoryLeak([...grown([1000, 2000]), ...grown([3000, 4000], 2)])).toBeNull();
  });

  test("resident memory says more than blocks", () => {
    const ends = [16, 17, 18, 19].map((mib) => report(1, [], { residentBytes: mib << 20 }));
    expect(memoryLeak(ends)).toMatchObject({ name: "resident", before: "16.0 MiB", after: "19.0 MiB" });
  });
});
