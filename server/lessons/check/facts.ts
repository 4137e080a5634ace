// The facts of a trace that a lesson asks for. Everything that is named must be so.
import { STATUS_CODES } from "node:http";
import type { BytesText } from "../../contract/bytes-text.js";
import { wordsOf } from "../../contract/message.js";
import type { TraceJson } from "../../contract/trace.js";
import type { Fill } from "../format/fill.js";
import type { AllFacts, Amount, Facts, Step } from "../format/schema.js";
import { checkMessage } from "../messages.js";
import { amountMismatch, differs, type Mismatch, pairMismatches, textMismatches } from "./text-facts.js";

type Stream = TraceJson["stdout"];
export const bytesIn = (stream: Stream | undefined): Uint8Array => Buffer.from(stream?.base64 ?? "", "base64");
const plain = (text: BytesText): string =>
  typeof text === "string" ? text : Buffer.from(text.base64, "base64").toString("latin1");
type Pairs = readonly (readonly [BytesText, BytesText])[];
const plainPairs = (pairs: Pairs | undefined): [string, string][] =>
  (pairs ?? []).map(([a, b]) => [plain(a), plain(b)]);
export const headersIn = ({ response }: TraceJson): [string, string][] => plainPairs(response?.headers);
export const variablesIn = ({ env }: TraceJson): [string, string][] =>
  plainPairs(env?.map(({ name, value }) => [name, value]));

export const pidOf = ({ process, fastcgi }: TraceJson): number | null => process?.pid ?? fastcgi?.pid ?? null;

type Judge<Wanted> = (trace: TraceJson, wanted: Wanted, filled: Fill, fact: string) => (Mismatch | null)[];

const text =
  (read: (trace: TraceJson) => Stream | undefined): Judge<AllFacts["body"]> =>
  (trace, wanted, filled, fact) =>
    textMismatches(fact, bytesIn(read(trace)), wanted, filled);
const plainly =
  (read: (trace: TraceJson) => string | number | boolean | null | undefined): Judge<string | number | boolean> =>
  (trace, wanted, _, fact) => {
    const is = read(trace);
    return is === wanted ? [] : [differs(fact, String(is ?? "none"), String(wanted))];
  };
const amount =
  (read: (trace: TraceJson) => number | undefined | null): Judge<Amount> =>
  (trace, wanted, filled, fact) => [amountMismatch(fact, read(trace) ?? 0, wanted, filled)];
const pairs =
  (read: (trace: TraceJson) => [string, string][]): Judge<AllFacts["env"]> =>
  (trace, wanted, filled, fact) =>
    pairMismatches(fact, read(trace), wanted, filled);

/** "404 Not Found"; a class of statuses, such as 4xx, stays as it is. */
const inWords = (status: number | string | null): string =>
  status === null ? "none" : `${status} ${STATUS_CODES[status] ?? ""}`.trim();

/** A finding counts from its severity on. */
const severities = { error: ["error"], warning: ["error", "warning"], hint: ["error", "warning", "hint"] };

const judges: { readonly [Fact in keyof AllFacts]: Judge<AllFacts[Fact]> } = {
  status: ({ response }, wanted) => {
    const status = response?.status ?? null;
    const allowed = [wanted].flat();
    const isAllowed = allowed.some((one) => one === status || one === `${String(status).charAt(0)}xx`);
    return isAllowed ? [] : [differs("status", inWords(status), allowed.map(inWords).join(" or "))];
  },
  outcome: plainly(({ outcome }) => outcome),
  kind: plainly(({ script }) => script?.kind),
  mode: plainly(({ route }) => route.mode),
  exit: plainly(({ process }) => process?.exitCode),
  header: pairs(headersIn),
  wrote: pairs(({ script }) => plainPairs(script?.headers)),
  env: pairs(variablesIn),
  body: text(({ response }) => response?.body),
  stdout: text(({ stdout }) => stdout),
  stderr: text(({ stderr }) => stderr),
  stdin: amount(({ stdin }) => stdin?.bytes),
  writes: amount(({ stdout }) => stdout?.chunks.length),
  spread: amount(({ stdout }) => (stdout?.chunks.at(-1)?.at ?? 0) - (stdout?.chunks[0]?.at ?? 0)),
  took: amount(({ timing }) => timing.doneAt),
  held: plainly(({ held }) => held?.some(({ ended }) => ended !== "slowed") ?? false),
  debugged: plainly(({ code }) => code === "debugged"),
  argv: (trace, wanted, filled) => {
    const words = (trace.argv ?? []).slice(1).map(plain);
    const wantedWords = wanted.map(filled);
    const isSame = JSON.stringify(words) === JSON.stringify(wantedWords);
    return isSame ? [] : [differs("argv", words.join(" "), wantedWords.join(" "))];
  },
  hidden: ({ notExported }, wanted) => {
    const kept = new Set(notExported.map(([name]) => plain(name).toLowerCase()));
    return wanted
      .filter((name) => !kept.has(name.toLowerCase()))
      .map((name) => differs(`hidden ${name}`, "", name, checkMessage("header-not-hidden", { name })));
  },
  findings: ({ findings }, { none, absent = [], present = [] }) => {
    const forbidden = findings.filter(
      ({ rule, severity }) => absent.includes(rule) || (none && severities[none].includes(severity)),
    );
    const missing = present.filter((name) => !findings.some(({ rule }) => rule === name));
    return [
      ...forbidden.map(({ rule, title }) =>
        differs(`findings ${rule}`, rule, "", checkMessage("rule-found", { rule, title: wordsOf(title) })),
      ),
      ...missing.map((rule) => differs(`findings ${rule}`, "", rule, checkMessage("rule-not-found", { rule }))),
    ];
  },
};
const isFact = (name: string): name is keyof AllFacts => Object.hasOwn(judges, name);

/** In the order of `wanted`. */
export const mismatches = (trace: TraceJson, wanted: Facts, filled: Fill): Mismatch[] => {
  const judged = <Fact extends keyof AllFacts>(fact: Fact): (Mismatch | null)[] => {
    const want: AllFacts[Fact] | undefined = wanted[fact];
    return want === undefined ? [] : judges[fact](trace, want, filled, fact);
  };
  return Object.keys(wanted)
    .filter(isFact)
    .flatMap(judged)
    .filter((one) => one !== null);
};

/**
 * What must be true of requests that were sent at once. Null: all is as it must be. "not-judged": too few of their
 * processes ran at one moment, which says nothing about the script.
 */
export function judgeAcross(
  traces: readonly TraceJson[],
  { processes, overlap }: NonNullable<Step["across"]>,
  filled: Fill,
): Mismatch | "not-judged" | null {
  const ran = traces.map(({ startedAt, timing }) => {
    const at = Date.parse(startedAt);
    return { from: at + (timing.spawnedAt ?? 0), to: at + (timing.exitAt ?? 0) };
  });
  const atOnce = ran.map(({ from }) => ran.filter((one) => one.from <= from && from < one.to).length);
  if (overlap !== undefined && amountMismatch("overlap", Math.max(0, ...atOnce), overlap, filled)) return "not-judged";
  const different = new Set(traces.map(pidOf)).size;
  return processes === undefined ? null : amountMismatch("processes", different, processes, filled);
}
