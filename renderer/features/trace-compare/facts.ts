// What of a trace is compared by name and value.
import type { BytesText } from "../../../server/contract/bytes-text.js";
import { modeTraits } from "../../../server/contract/modes.js";
import type { TraceView } from "../../../server/contract/trace.js";
import { readable } from "../../format/bytes-text.js";
import { formatMsWithin } from "../../format/duration.js";
import { outcomeName, statusText } from "../../format/trace-labels.js";
import { turnOf } from "../../model/traces/fastcgi-phases.js";
import { phasesOf } from "../../model/traces/phases.js";
import type { Pairs } from "./compare-pairs.js";

const fact = (name: string, value: BytesText): Pairs[number] => [name, value, "fact"];

export const requestFacts = ({ request }: Pick<TraceView, "request">): Pairs => [
  fact("Method", request.method),
  fact("Target", request.target),
  fact("Version", request.httpVersion),
  ...(request.headers.length > 0 ? request.headers : headerLines(readable(request.head))),
  fact("Body", `${request.body.bytes} B`),
];

/** Of a request that the server refused, and therefore read no headers of: its lines as they were sent. */
const headerLines = (head: string): Pairs =>
  head
    .split(/\r?\n/)
    .slice(1)
    .flatMap((line, index): Pairs => {
      if (line === "") return [];
      const colon = line.indexOf(":");
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : [fact(`Line ${index + 2}`, line)];
    });

export const environmentFacts = ({
  env,
  argv,
  cwd,
  route,
}: Pick<TraceView, "env" | "argv" | "cwd" | "route">): Pairs => [
  ...(route.mode === null ? [] : [fact("run as", modeTraits[route.mode].label)]),
  ...(route.scriptHash === null ? [] : [fact("version", route.scriptHash.slice(0, 12))]),
  ...(argv ?? []).map((word, index) => fact(index === 0 ? "program" : `argument ${index}`, word)),
  ...(cwd === null ? [] : [fact("folder", cwd)]),
  ...(env ?? [])
    .map(({ name, value }) => [name, value, "variable"] as const)
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
];

export function responseFacts({ response, outcome, process }: TraceView): Pairs {
  const exit = process?.exitCode ?? process?.signal;
  return [
    fact("Status", statusText({ status: response?.status ?? null, outcome })),
    fact("Outcome", outcomeName(outcome)),
    ...(exit === undefined || exit === null ? [] : [fact("Exit", String(exit))]),
    ...(response?.headers ?? []),
    ...(response ? [fact("Body", `${response.body.bytes} B`)] : []),
  ];
}

type Timed = Pick<TraceView, "timing" | "process"> & { readonly fastcgi: Parameters<typeof turnOf>[0] | null };

interface PhaseDifference {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  /** Right minus left; a dash when one of them has no such phase. */
  readonly difference: string;
}

export function timingFacts(left: Timed, right: Timed): readonly PhaseDifference[] {
  const a = durations(left);
  const b = durations(right);
  const names = inOrder([...a.keys()], [...b.keys()]);
  return names.map((name) => {
    const before = a.get(name) ?? null;
    const after = b.get(name) ?? null;
    const within = Math.max(before ?? 0, after ?? 0);
    const shown = (ms: number | null): string => (ms === null ? "–" : formatMsWithin(ms, within));
    const difference = before === null || after === null ? "–" : signed(after - before, within);
    return { name, left: shown(before), right: shown(after), difference };
  });
}

/** The names of both; one that only the right has comes before the next that both have. */
function inOrder(left: readonly string[], right: readonly string[]): readonly string[] {
  const all = [...left];
  right.forEach((name, index) => {
    if (left.includes(name)) return;
    const next = right.slice(index).find((later) => left.includes(later));
    all.splice(next === undefined ? all.length : all.indexOf(next), 0, name);
  });
  return all;
}

const signed = (ms: number, within: number): string =>
  `${ms > 0 ? "+" : ms < 0 ? "−" : ""}${formatMsWithin(Math.abs(ms), within)}`;

function durations({ timing, process, fastcgi }: Timed): ReadonlyMap<string, number> {
  const map = new Map(phasesOf(timing, fastcgi && turnOf(fastcgi)).map(({ name, from, to }) => [name, to - from]));
  if (timing.doneAt !== null) map.set("All", timing.doneAt);
  if (process && process.userMs !== null) map.set("CPU, user", process.userMs);
  if (process && process.systemMs !== null) map.set("CPU, system", process.systemMs);
  return map;
}
