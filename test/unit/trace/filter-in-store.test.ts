// The window's filter of its rows and the store's search agree: what a filter hides in the list is not found by its
// text, and so not deleted with what the list shows.
import fc from "fast-check";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { parseFilter } from "../../../renderer/features/traces/filter/parse-filter.js";
import { loadPatterns } from "../../../renderer/features/traces/filter/patterns.js";
import { rowTest } from "../../../renderer/features/traces/filter/row-test.js";
import { type Mode, modeNames } from "../../../server/contract/modes.js";
import { outcomes } from "../../../server/contract/trace.js";
import { utf8 } from "../../../server/protocol/byte-string.js";
import { parseTraceQuery } from "../../../server/protocol/trace-query.js";
import { MarkFile } from "../../../server/trace/store/mark-file.js";
import type { TraceRecord } from "../../../server/trace/trace-record.js";
import { StoredTraces, traceOf } from "../../support/stored-traces.js";
import { type TempFolder, tempFolder } from "../../support/temp-workspace.js";

let folder: TempFolder;
let store: StoredTraces;
let marks: MarkFile;
beforeAll(loadPatterns);
beforeEach(() => {
  folder = tempFolder();
  store = new StoredTraces(folder.file("a.db"), { root: "/srv" });
  expect(store.writer.open()).toBe(true);
  marks = new MarkFile(store.path);
});
afterEach(() => {
  marks.close();
  store[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const finding = {
  ...{ title: "t", detail: "d", stream: null, range: null, line: null, reference: null, fixes: [], evidence: [] },
};

const facts = fc.record({
  target: fc.constantFrom(
    "/cgi-bin/a.py?x=1",
    "/cgi-bin/b.pl",
    "/A b",
    "/static/site.css?a?b",
    "/100%_",
    "/MÖBEL",
    `/${"é😀".repeat(1022)}/b?x=1&b.py`,
    `/${"long".repeat(750)}?b`,
  ),
  method: fc.constantFrom("GET", "get", "POST", "DELETE", "{x", "É", "M".repeat(70)),
  status: fc.option(fc.constantFrom(0, 200, 303, 404, 500, 503)),
  tookMs: fc.constantFrom(0.5, 5, 100, 2000),
  stdout: fc
    .constantFrom("", "Content-Type: a/b\n\n", `Content-Type: a/b\n\n${"x".repeat(12_000)}`)
    .map((text) => Buffer.from(text)),
  route: fc.oneof(
    fc.record({
      kind: fc.constant("script"),
      file: fc.constantFrom("a.py", "Z.py"),
      mode: fc.constantFrom(...modeNames),
    }),
    fc.record({
      kind: fc.constant("script"),
      file: fc.constant(null),
      mode: fc.constant<Mode>("fastcgi-external"),
      scriptName: fc.constantFrom("/app", "/Äpp/b.py", ""),
    }),
    fc.record({
      kind: fc.constantFrom("static", "none"),
      file: fc.constantFrom("site.css", null),
      mode: fc.constant(null),
    }),
  ),
  root: fc.constantFrom("/srv/cgi-bin/", "/opt/srv/"),
  outcome: fc.constantFrom(...outcomes),
  found: fc.constantFrom(null, "hint", "warning"),
  isMarked: fc.boolean(),
});
type Facts = typeof facts extends fc.Arbitrary<infer F> ? F : never;

function recorded({ route: { file, ...route }, root, outcome, found, ...facts }: Facts, seq: number): TraceRecord {
  const trace = traceOf({ ...facts, seq });
  const scriptName = "scriptName" in route ? utf8(route.scriptName) : trace.route.scriptName;
  trace.route = { ...trace.route, ...route, scriptName, file: file === null ? null : utf8(root + file) };
  trace.outcome = outcome;
  trace.findings = found === null ? [] : [{ ...finding, rule: `${found}-rule`, severity: found }];
  return trace;
}

const choices = (key: string, ...values: readonly string[]) =>
  fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }).map((some) => `${key}:${some.join(",")}`);
const word = fc.oneof(
  fc.constantFrom(
    "0",
    "5",
    "50",
    "500",
    "404",
    "GET",
    "ge",
    "{",
    "é",
    "py",
    "site",
    "cgi-bin",
    "opt",
    "srv",
    "möbel",
    "MÖ",
    "%_",
  ),
  fc.constantFrom("hello", "Zettel", "/a\\.p.$/", "/^$/", "/^GET$/i", "/50/", "/css/"),
  choices("status", "5", "50", "500", "5xx", "<300", ">=404", "none", "crash", "t", "timed", "did", "ok", "running"),
  choices("method", "get", "POST", "é", "É", "{x", "g"),
  fc.constantFrom("method:/^P/", "method:/^$/", "method:/e/i"),
  choices("mode", ...modeNames, "c", "fast", "fastcgi-", "FastCGI", "php", "file", "f", "–", "p", "x"),
  fc.constantFrom("mode:/CGI/", "mode:/^–$/", "mode:/i/i"),
  fc.constantFrom("path:b", "path:=/cgi-bin/a.py", "path:/B\\.p/i", 'path:"A b"', "path:100%_", "path:Ö", "path:ö"),
  fc.constantFrom("file:=/app", "file:/app", "file:/^\\/$/", "file:Ä", "app", "file:=/", "script:app", "script:/=/"),
  fc.constantFrom('""', 'path:""', 'file:""', 'status:""', 'name:""', 'mode:""', 'tag:""', "path:=", "-", "status:"),
  fc.constantFrom(
    "path:/b$/",
    "path:/^.{2048}$/",
    "path:😀/b?x=1",
    "path:y",
    `path:=/${"é😀".repeat(1022)}/b`,
    `path:=/${"long".repeat(750)}`,
    "path:?b",
    "/py$/",
  ),
  fc.constantFrom(`method:${"m".repeat(64)}`, `method:${"M".repeat(70)}`, "method:/^M{64}$/", "M".repeat(65)),
  fc.constantFrom("file:a.py", "file:z", "file:=cgi-bin/a.py", "file:/^$/", "file:/c/", "file:srv", "file:opt"),
  fc.constantFrom("took:>100ms", "took:<=5", "took:100", "size:>10kB", "size:>10k", "size:0", "from:other", "from:/o/"),
  fc.constantFrom("finding:*", "finding:hint", "finding:hint-rule", 'finding:""', "finding:/h/", "is:warning"),
  fc.constantFrom("is:failed", "is:ok", "is:pinned", "is:script", "is:static", "is:replay", "pinned:no", "session:abc"),
  fc.constantFrom(
    "tag:*",
    "tag:rot",
    "tag:/o/",
    "name:zettel",
    "name:ZETTEL",
    "name:/e/",
    "name:Ü",
    "note:ü",
    "note:*",
  ),
);
const term = fc.tuple(fc.boolean(), word).map(([isNegated, text]) => (isNegated ? `-${text}` : text));
const query = fc
  .array(term, { minLength: 1, maxLength: 3 })
  .chain((terms) => fc.boolean().map((isChoice) => terms.join(isChoice ? " OR " : " ")));

test("the list shows what the store finds, whatever the rows can tell", () => {
  let seq = 0;
  fc.assert(
    fc.property(fc.array(facts, { minLength: 1, maxLength: 5 }), fc.array(query, { minLength: 5 }), (all, queries) => {
      const traces = all.map((one) => recorded(one, ++seq));
      store.store(...traces);
      for (const [index, { id }] of traces.entries())
        if (all[index]?.isMarked) marks.write(id, { name: "Zettel Ü", note: "ü", tags: ["rot"] });
      store.read((reader) => {
        const found = (text: string) => {
          const parsed = parseTraceQuery(text, Date.now());
          if ("mistake" in parsed) return null;
          const range = { before: null, after: null, olderThan: null, since: traces[0]?.id ?? null, others: null };
          const steps = reader.search(parsed.query, {
            ...range,
            pinned: null,
            limit: 99,
            skip: 0,
            order: null,
            isCounting: true,
          });
          return [...steps].flatMap((step) => step.found.map(({ row }) => row));
        };
        const rows = found("") ?? [];
        expect(rows).toHaveLength(all.length);
        for (const text of queries) {
          const inStore = found(text)?.map(({ id }) => id);
          const parsed = parseFilter(text);
          if (!inStore || !parsed.ok) continue; // not valid, which the window shows; nothing is deleted
          const passes = rowTest(parsed.query, new Set(inStore)) ?? (() => true);
          expect([text, inStore]).toEqual([text, rows.filter(passes).map(({ id }) => id)]);
        }
      });
    }),
    { numRuns: 60 },
  );
});

test.each([
  ["500", [2]],
  ["-500", [1]],
  ["50", [2]],
  ["-post", [1]],
  ["POST", [2]],
  ["z.py", [2]],
  ["-Z.py", [1]],
])("the text %s is searched in the status, the method and the file, too", (text, expected) => {
  const [one, two] = [traceOf({ seq: 1 }), traceOf({ seq: 2, method: "POST", status: 500, target: "/x" })];
  two.route = { ...two.route, file: utf8("/srv/Z.py") };
  store.store(one, two);
  expect(store.find(text).rows.map(({ id }) => Number(id.split("-")[1]))).toEqual(expected);
});
