// Sends the requests of a plan, one after the other, and makes a row of each. Stop waits for no script.
import { setTimeout as pause } from "node:timers/promises";
import type { Workbench } from "../../app/workbench.js";
import { wordsOf } from "../../contract/message.js";
import type { VariedRow } from "../../contract/variations-contract.js";
import type { ProbeSettings } from "../../formats/probes/probe.js";
import type { LengthJudge } from "../../formats/variations/measured.js";
import type { VariedValue } from "../../formats/variations/varied-value.js";
import { toBytes, utf8 } from "../../protocol/byte-string.js";
import { hostField } from "../../protocol/missing-headers.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { toRow } from "../../trace/trace-row.js";
import { brokenOf, rowDifferences, type Seen, seenOf } from "./compare-rows.js";
import { brokenMessage } from "./messages.js";
import { brokenByProbe } from "./probed.js";
import { formOf, type Variations } from "./variations.js";

type Parts = Pick<Workbench, "folder" | "server" | "sender" | "doctor">;

/** @throws ProblemError while nothing is served, the signal's reason */
export async function* runVariations(
  workbench: Parts,
  variations: Variations,
  { from, signal }: { readonly from: "cli" | "composer"; readonly signal: AbortSignal },
): AsyncGenerator<VariedRow> {
  const { count, rate, at } = variations;
  const startMs = performance.now();
  let first: Seen | null = null;
  let before: Seen | null = null;
  const judges: LengthJudge[] = [];
  for (let index = 0; index < count; index++) {
    if (rate !== null) await waitUntil(startMs + (index * 1000) / rate, signal);
    const values = at(index);
    const traces = await unlessAborted(sending(workbench, variations, values, from, signal), signal);
    const trace = traces.at(-1) ?? null;
    const now: Seen | null = trace && seenOf(trace, values);
    first ??= now;
    const probe = values[0]?.probe;
    const broken = probe
      ? brokenByProbe(probe, settingsOf(workbench), traces)
      : now && first
        ? brokenOf(variations.expects, { first, before: before ?? now, now, judges })
        : [{ expectation: "no-5xx" as const, message: brokenMessage("varied-no-response") }];
    before = now;
    const { folder } = workbench;
    const displayPath = (file: string): string | null => folder.current?.relative(file) ?? null;
    yield {
      nth: index + 1,
      values: values.map(({ label }) => label),
      trace: trace && toRow(trace, 1, { idOf: () => trace.id, displayPath }),
      findings: trace?.findings.map(({ title }) => wordsOf(title)) ?? [],
      differences: now && first && !probe ? [...rowDifferences(first, now)] : [],
      broken: [...broken],
    };
  }
}

/** The traces of one request, examined. */
async function sending(
  workbench: Parts,
  { request, rawWith, change }: Variations,
  values: readonly VariedValue[],
  from: "cli" | "composer",
  signal: AbortSignal,
): Promise<readonly TraceRecord[]> {
  const { sender, doctor, server } = workbench;
  const traces: TraceRecord[] = [];
  const options = { signal, onTrace: (trace: TraceRecord) => void traces.push(trace) };
  const probe = values[0]?.probe;
  if (!("method" in request)) await (await sender.sendRaw(rawWith(request, values), options)).done;
  else if (probe) {
    const { host, port } = server.servingAddress();
    const aim = { target: utf8(request.target), host: hostField(host, port), form: formOf(request) };
    const bytes = toBytes(probe.bytes(aim));
    await sender.deliverRaw({ bytes, halfClose: probe.halfClose, pacing: probe.pacing }, { from }, options);
  } else await (await sender.send(request, from, { ...options, change: (given) => change(given, values) })).done;
  signal.throwIfAborted();
  return Promise.all(traces.map((trace) => doctor.examined(trace)));
}

function settingsOf({ folder }: Pick<Parts, "folder">): ProbeSettings {
  const { policy, limits } = folder.workspace().config;
  return { policy, requestBodyBytes: limits.requestBodyBytes };
}

async function waitUntil(atMs: number, signal: AbortSignal): Promise<void> {
  const left = atMs - performance.now();
  if (left > 0) await pause(left, null, { signal, ref: false }).catch(() => signal.throwIfAborted());
}

/** @throws the signal's reason as soon as it aborts; the work ends by itself */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let abort = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
  });
  work.catch(() => {}); // it loses the race when the signal aborts
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
