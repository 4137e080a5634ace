// Traces and queries from a seed: the same ones in every run, in every time zone and on every system.
import { asSentence } from "../../server/contract/message.js";
import type { Mode } from "../../server/contract/modes.js";
import { modeNames } from "../../server/contract/modes.js";
import type { Origin } from "../../server/contract/trace.js";
import type { WrittenMarks } from "../../server/contract/trace-marks.js";
import { outcomes, severities } from "../../server/contract/trace-values.js";
import { queryKeys } from "../../server/formats/query/trace-conditions.js";
import { utf8 } from "../../server/protocol/byte-string.js";
import type { TraceRecord } from "../../server/trace/trace-record.js";
import { traceOf } from "./stored-traces.js";

/** The modes that were there when the answers were frozen: a further one must not change what is drawn. */
const frozenModes = modeNames.slice(0, 10);

type Choose = <T>(values: readonly T[]) => T;

/** A linear congruential generator; its high bits are good enough to choose by. */
function chooser(seed: number): Choose {
  let state = seed;
  return (values) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const value = values[Math.floor((state / 2 ** 32) * values.length)];
    if (value === undefined) throw new Error("There is nothing to choose from.");
    return value;
  };
}

const dayMs = 86_400_000;
/** What times in queries are relative to. Every trace began near noon, so that local days are the same everywhere. */
export const queriedAt = Date.UTC(2026, 0, 31, 12, 0);
export const savedAt = queriedAt - 2 * dayMs - 40 * 60_000;

const targets = [
  ...["/cgi-bin/a.py?x=1", "/cgi-bin/a.py", "/cgi-bin/b.pl", "/A%20b", "/static/site.css?a?b", "/100%_", "/MÖBEL"],
  ...["/möbel?q=Ö", `/${"é😀".repeat(1022)}/b?x=1`, `/${"long".repeat(750)}?b`, "/OR", '/"quoted"', "/app/hello"],
];
const files = ["/srv/cgi-bin/a.py", "/srv/Z.py", "/srv/cgi-bin/my script.py", "/opt/srv/b.pl", "/srv/Ä/ö.rb", null];
/** Those of the time when the answers were frozen. */
const origins: readonly Origin[] = ["composer", "browser", "replay", "cli", "other"];
const bodies = ["", "hello", "Zettel Ü", "needle in a haystack", "x".repeat(3000), "x".repeat(12_000)];
const marked: readonly (WrittenMarks | null)[] = [
  ...[null, null, null, { name: "Zettel Ü", note: null, tags: ["rot"] }, { name: null, note: "ask Bob, ü", tags: [] }],
  { name: "CART", note: "4711", tags: ["customer 4711", "Move"] },
];
const hashes = ["a91f3c".padEnd(64, "0"), "a91f00".padEnd(64, "7"), "00ff".padEnd(64, "e"), null];
const finding = {
  title: asSentence("t"),
  detail: asSentence("d"),
  stream: null,
  range: null,
  line: null,
  reference: null,
};

export interface GeneratedTrace {
  readonly trace: TraceRecord;
  readonly marks: WrittenMarks | null;
}

export function generatedTraces(count: number): GeneratedTrace[] {
  const pick = chooser(11);
  return Array.from({ length: count }, (_, index) => ({ trace: generatedTrace(pick, index + 1), marks: pick(marked) }));
}

function generatedTrace(pick: Choose, seq: number): TraceRecord {
  const day = pick([0, 1, 2, 3, 5, 8, 13]);
  const body = pick(bodies);
  const trace = traceOf({
    seq,
    startedAt: queriedAt - day * dayMs - 60_000 * pick([5, 15, 25, 35, 45, 55]) - seq,
    target: pick(targets),
    method: pick(["GET", "GET", "get", "POST", "DELETE", "{x", "É", "M-SEARCH", "M".repeat(70)]),
    status: pick([200, 200, 204, 303, 404, 500, 503, null]),
    tookMs: pick([0.5, 5, 99.5, 100, 100.5, 1500, 2000, 60_000]),
    stdout: Buffer.from(`Content-Type: a/b\n\n${body}`),
    stderr: Buffer.from(pick(["", "", "warning: é", "Traceback\n  line 4711"])),
    header: pick([
      ["Accept", "*/*"],
      ["Cookie", "a=b; c=d"],
      ["X-Ü", "é"],
    ]),
    variable: pick([
      ["SERVER_NAME", "localhost"],
      ["QUERY_STRING", "x=1"],
    ]),
  });
  trace.client = { ...trace.client, from: pick(origins) };
  trace.outcome = pick(["ok", "ok", "ok", ...outcomes]);
  trace.parent = pick([null, null, { id: trace.id, kind: pick(["local-redirect", "replay", "follow"]) }]);
  trace.pinned = pick([true, false, false, false]);
  const severity = pick([null, null, ...severities]);
  trace.findings =
    severity === null ? [] : [{ ...finding, fixes: [], evidence: [], rule: `${severity}-rule`, severity }];
  trace.route = { ...trace.route, scriptHash: pick(hashes), ...generatedRoute(pick) };
  return trace;
}

function generatedRoute(pick: Choose): Partial<TraceRecord["route"]> {
  const file = pick(files);
  const [kind, mode]: readonly [TraceRecord["route"]["kind"], Mode | null] = pick([
    ["script", pick(frozenModes)],
    ["script", pick(frozenModes)],
    ["static", null],
    ["none", null],
  ]);
  if (mode === "fastcgi-external") return { kind, mode, file: null, scriptName: utf8(pick(["/app", "/Äpp/b.py", ""])) };
  return { kind, mode, file: kind === "none" || file === null ? null : utf8(file) };
}

const signs = ["", "=", "<", "<=", ">", ">=", "!", "=>"];
const numbers = [
  "0",
  "1",
  "5",
  "99.5",
  "100",
  "1.5",
  "3000",
  "10",
  "12",
  "1234567890123",
  "1.1234567",
  "1e3",
  "x",
  "-1",
];
const timeUnits = ["", "ms", "s", "m", "min", "MS", "h", " ms", "constructor", "toString"];
const sizeUnits = ["", "b", "k", "m", "g", "kB", "KB", "kib", "MiB", "gb", "t", " k", "constructor"];
const patterns = [
  ...[
    "/a\\.p.$/",
    "/^GET$/i",
    "/^P/",
    "/50/",
    "/css/",
    "/É/i",
    "/^$/",
    "/^.{2048}$/",
    "/CGI/",
    "/^–$/",
    "/(/",
    "/x{2000}/",
  ],
  ...["/(?=a)/", "/a\\/b/", "/cgi-bin/", "/[a-z]+/i", "/^\\u002f/", "/py$/", "/\\x{20}/", "/4\\d\\d/"],
];
const words = [
  ...["hello", "Zettel", "4711", "50", "500", "GET", "ge", "{", "é", "Ö", "möbel", "py", "cgi-bin", "srv", "opt", "%_"],
  ...[
    "needle",
    "ROT",
    "*",
    "",
    "=",
    "😀/b",
    "/app",
    "x=1",
    "customer",
    "404,none",
    "a:b",
    "\\",
    "text/html",
    "a/b",
    "ü",
  ],
];
const times = [
  ...["save", "2h", "15m", "3d", "999999d", "1234567d", "0h", "5w", "2026-01-28", "2026-01-31T11:30Z", "2026-02-30"],
  ...["2026-01-29T11:59:59.5+00:00", "2026-01-30T06:30-05:00", "2026-01-31T25:00Z", "2026-01-31z", "tomorrow", "today"],
  "yesterday",
];
const values: Readonly<Partial<Record<(typeof queryKeys)[number], readonly string[]>>> = {
  status: [
    ...[
      "5",
      "50",
      "500",
      "5xx",
      "2XX",
      "0xx",
      "<300",
      ">=404",
      "=404",
      "<=204",
      ">303",
      ">999",
      "none",
      "–",
      "crash",
      "t",
    ],
    ...[
      "timed",
      "did",
      "ok",
      "running",
      "404,500",
      "2xx,none",
      "404,abc",
      "4,50",
      "Crashed",
      "0",
      "1000",
      ",",
      ">",
      "404,",
    ],
  ],
  method: ["get", "POST", "é", "É", "{x", "g", "get,post", "M-SEARCH", "m".repeat(64), "M".repeat(70), ","],
  path: ["b", "=/cgi-bin/a.py", "=/A%20b", "=", "100%_", "Ö", "?b", "y", "=/möbel", "/cgi-bin", "x=1"],
  file: ["a.py", "z", "=cgi-bin/a.py", "=Z.py", "srv", "opt", "=/app", "/app", "Ä", "=Ä/ö.rb", "=/", "ö"],
  script: ["a.py", "/srv", "opt", "app", "z.PY"],
  mode: [...frozenModes, "c", "fast", "FastCGI", "file", "f", "–", "p", "x", "cgi,file", "php,–", ","],
  from: [...origins, "Browser", "cli,composer", "b", ","],
  is: ["failed", "ok", "running", "pinned", "warning", "error", "replay", "redirected", "followed", "script", "static"],
  header: ["Accept", "accept=*", "Cookie=a=b", "X-Ü=é", "X-Answer=yes", "=", "Nothing", "Accept="],
  env: ["SERVER_NAME", "QUERY_STRING=x", "server_name=LOCAL", "=x", "A=b=c"],
  stderr: ["warning", "é", "4711", "line 4"],
  body: ["hello", "Ü", "needle in", "xxx", "nothing"],
  finding: ["*", "hint", "hint-rule", "warning-rule", "rule", "ERROR"],
  version: ["a91f", "A91F3C", "00ff", "g", "a91f3c,00ff", "f".repeat(65), ","],
  pinned: ["yes", "no", "YES", "maybe", "yes,no"],
  tag: ["*", "rot", "ROT", "customer", "customer 4711", "rot,move", " rot ", ","],
  name: ["*", "zettel", "Ü", "ü", "cart", "Zettel Ü"],
  note: ["*", "bob", "ask Bob, ü", "4711", "Ü"],
  session: ["abcdef", "abc", "ABC", "b", "abcdefg"],
  text: words,
};

function generatedTerm(pick: Choose): string {
  const minus = pick(["", "", "", "-"]);
  const kind = pick(["key", "key", "key", "key", "key", "any", "word", "word", "pattern", "odd"] as const);
  if (kind === "odd")
    return pick([
      "OR",
      "(",
      ")",
      "status:",
      "-",
      "frob:1",
      '"open',
      'path:"a b',
      "--a",
      "toString:x",
      "AND",
      "Status:404",
    ]);
  if (kind === "pattern") return `${minus}${pick(["", ...queryKeys.map((key) => `${key}:`)])}${pick(patterns)}`;
  if (kind === "word") return `${minus}${written(pick, pick(words))}`;
  const key = pick(queryKeys);
  if (kind === "any") return `${minus}${key}:${written(pick, pick(words))}`;
  return `${minus}${key}:${written(pick, typedValue(key, pick))}`;
}

function typedValue(key: (typeof queryKeys)[number], pick: Choose): string {
  if (key === "took") return `${pick(signs)}${pick(numbers)}${pick(timeUnits)}`;
  if (key === "size") return `${pick(signs)}${pick(numbers)}${pick(sizeUnits)}`;
  if (key === "after" || key === "before") return pick(times);
  return pick(values[key] ?? words);
}

/** Where a value has a space, it is in quotes most of the time. */
const written = (pick: Choose, value: string): string =>
  value === "" || /\s/.test(value) || pick([true, false, false, false, false, false])
    ? `"${value.replace(/["\\]/g, "\\$&")}"`
    : value;

export function generatedQueries(count: number): string[] {
  const pick = chooser(42);
  const queries = new Set<string>(["", " "]);
  while (queries.size < count) {
    const terms = Array.from({ length: pick([1, 1, 1, 2, 2, 3]) }, () => generatedTerm(pick));
    queries.add(terms.join(pick([" ", " ", " OR ", "  "])));
  }
  return [...queries];
}
