// The facts of a trace that a lesson asks for. Everything that is named must be so.
import type { BytesText } from "../../contract/bytes-text.js";
import type { TraceJson } from "../../contract/trace.js";
import type { Fill } from "../format/fill.js";
import type { Amount, Facts } from "../format/schema.js";
import { checkMessage } from "../messages.js";
import { differs, isAmount, type Mismatch, pairMismatches, short, textMismatches } from "./text-facts.js";

type Stream = TraceJson["stdout"];
export const bytesIn = (stream: Stream | undefined): Uint8Array => Buffer.from(stream?.base64 ?? "", "base64");
const plain = (text: BytesText): string =>
  typeof text === "string" ? text : Buffer.from(text.base64, "base64").toString("latin1");
type Pairs = readonly (readonly [BytesText, BytesText])[];
export const plainPairs = (pairs: Pairs): [string, string][] => pairs.map(([a, b]) => [plain(a), plain(b)]);
export const variablesIn = ({ env }: TraceJson): [string, string][] =>
  (env ?? []).map(({ name, value }) => [plain(name), plain(value)]);

export const pidOf = ({ process, fastcgi }: TraceJson): number | null => process?.pid ?? fastcgi?.pid ?? null;

/** In the order of `wanted`. */
export function mismatches(trace: TraceJson, wanted: Facts, filled: Fill): Mismatch[] {
  return [
    ...streamFacts(trace, wanted, filled),
    ...plainFacts(trace, wanted),
    ...amountFacts(trace, wanted, filled),
    ...pairFacts(trace, wanted, filled),
    ...findingFacts(trace, wanted),
  ].toSorted((one, other) => place(one, wanted) - place(other, wanted));
}

const place = ({ fact }: Mismatch, wanted: Facts): number => Object.keys(wanted).indexOf(fact.split(" ", 1)[0] ?? "");

function streamFacts({ response, stdout, stderr }: TraceJson, { body, ...wanted }: Facts, filled: Fill): Mismatch[] {
  const facts = [
    ["body", response?.body, body],
    ["stdout", stdout, wanted.stdout],
    ["stderr", stderr, wanted.stderr],
  ] as const;
  return facts.flatMap(([name, stream, want]) =>
    want === undefined ? [] : textMismatches(name, bytesIn(stream), want, filled),
  );
}

function plainFacts(trace: TraceJson, wanted: Facts): Mismatch[] {
  const facts = [
    ["outcome", trace.outcome],
    ["kind", trace.script?.kind],
    ["mode", trace.route.mode],
    ["exit", trace.process?.exitCode],
    ["signal", trace.process?.signal],
    ["reused", trace.fastcgi?.reused],
  ] as const;
  const found = facts.flatMap(([name, is]): Mismatch[] => {
    const want = wanted[name];
    return want === undefined || is === want ? [] : [differs(name, String(is ?? "none"), String(want ?? "none"))];
  });
  if (wanted.status === undefined) return found;
  const status = trace.response?.status ?? null;
  const allowed = [wanted.status].flat();
  const isAllowed = allowed.some((one) => one === status || one === `${String(status).charAt(0)}xx`);
  return isAllowed ? found : [...found, differs("status", String(status ?? "none"), allowed.join(" or "))];
}

function amountFacts({ stdout, stdin, timing, fastcgi }: TraceJson, wanted: Facts, filled: Fill): Mismatch[] {
  const chunks = stdout?.chunks ?? [];
  const facts = [
    ["stdin", stdin?.bytes ?? 0],
    ["writes", chunks.length],
    ["spread", (chunks.at(-1)?.at ?? 0) - (chunks[0]?.at ?? 0)],
    ["first", (timing.firstByteAt ?? 0) - (timing.spawnedAt ?? 0)],
    ["took", timing.doneAt ?? 0],
    ["nth", fastcgi?.nth ?? 0],
  ] as const;
  return facts.flatMap(([name, is]): Mismatch[] => {
    const want: Amount | undefined = wanted[name];
    if (want === undefined || isAmount(is, want, filled)) return [];
    return [differs(name, String(Math.round(is)), filled(String(want)))];
  });
}

function pairFacts(trace: TraceJson, { header, wrote, env, argv, hidden }: Facts, filled: Fill): Mismatch[] {
  const pairs = [
    ["header", plainPairs(trace.response?.headers ?? []), header],
    ["wrote", plainPairs(trace.script?.headers ?? []), wrote],
    ["env", variablesIn(trace), env],
  ] as const;
  const found = pairs.flatMap(([kind, list, want]) =>
    want === undefined ? [] : pairMismatches(kind, list, want, filled),
  );
  const words = (trace.argv ?? []).slice(1).map(plain);
  const wantedWords = argv?.map(filled);
  if (wantedWords !== undefined && JSON.stringify(words) !== JSON.stringify(wantedWords))
    found.push(differs("argv", words.join(" "), wantedWords.join(" ")));
  const kept = new Set(trace.notExported.map(([name]) => plain(name).toLowerCase()));
  for (const name of hidden ?? [])
    if (!kept.has(name.toLowerCase()))
      found.push(differs(`hidden ${name}`, "", name, checkMessage("header-not-hidden", { name })));
  return found;
}

/** A finding counts from its severity on. */
const severities = { error: ["error"], warning: ["error", "warning"], hint: ["error", "warning", "hint"] };

function findingFacts({ findings }: TraceJson, { findings: wanted }: Facts): Mismatch[] {
  if (wanted === undefined) return [];
  const there = ({ rule, title }: { rule: string; title: string }): Mismatch =>
    differs(`findings ${rule}`, rule, "", checkMessage("rule-found", { rule, title }));
  const absent = findings.filter(({ rule }) => wanted.absent?.includes(rule));
  const grave = findings.filter(({ severity }) => wanted.none && severities[wanted.none].includes(severity));
  const missing = (wanted.present ?? []).filter((name) => !findings.some(({ rule }) => rule === name));
  return [
    ...[...absent, ...grave].map(there),
    ...missing.map((rule) => differs(`findings ${rule}`, "", rule, checkMessage("rule-not-found", { rule }))),
  ];
}

/** For messages about several traces. */
export const counted = (fact: string, got: number, wanted: Amount): Mismatch =>
  differs(
    fact,
    String(got),
    String(wanted),
    checkMessage("fact-differs", { fact, got: String(got), wanted: short(String(wanted)) }),
  );
