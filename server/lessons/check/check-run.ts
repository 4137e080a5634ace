// One check in one copy of a work: its requests, and whether each trace is as it must be.
import { readdirSync, watch } from "node:fs";
import { dirname, join } from "node:path";
import type { Workbench } from "../../app/workbench.js";
import type { LessonFailure } from "../../contract/lessons-contract.js";
import { wordsOf } from "../../contract/message.js";
import type { TraceJson } from "../../contract/trace.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { pathWithin } from "../../routing/containment.js";
import { toTraceJson } from "../../trace/formats/trace-json.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { type Fill, fill, search, type Value } from "../format/fill.js";
import type { LessonTexts } from "../format/lesson.js";
import type { Check, Facts, Step } from "../format/schema.js";
import { bytesIn, headersIn, judgeAcross, mismatches, pidOf } from "./facts.js";
import { type Jar, keepCookies, outgoing } from "./outgoing.js";
import { type Mismatch, valueNamed } from "./text-facts.js";

export type Judged =
  | { readonly state: "passed" | "not-judged"; readonly failure: null }
  | { readonly state: "failed"; readonly failure: LessonFailure };
const notJudged: Judged = { state: "not-judged", failure: null };

export interface CheckOptions {
  readonly seed: string;
  readonly texts: LessonTexts;
  readonly signal: AbortSignal;
  /** Gets the trace that proves a failure; without it the report names none. */
  readonly onProof?: (trace: TraceRecord) => void;
  /** The learner's requests to the script; without them no check looks at these. */
  readonly yours?: readonly TraceRecord[];
}
interface RunOptions extends CheckOptions {
  /** The folder of the work. */
  readonly work: string;
  readonly copy: string;
}

interface Sent {
  readonly trace: TraceJson;
  readonly record: TraceRecord;
  /** It was to be stopped, and had ended before. */
  readonly isMissed: boolean;
}

export class CheckRun {
  readonly #jar: Jar = new Map();
  readonly #workbench: Workbench;
  readonly #check: Check;
  readonly #values: Map<string, Value>;
  readonly #options: RunOptions;

  constructor(workbench: Workbench, check: Check, values: Map<string, Value>, options: RunOptions) {
    this.#workbench = workbench;
    this.#check = check;
    this.#values = values;
    this.#options = options;
  }

  async judge(): Promise<Judged> {
    for (const [index, step] of this.#check.steps.entries()) {
      const sent = await Promise.all(Array.from({ length: step.together ?? 1 }, () => this.#send(step)));
      if (sent.some(({ isMissed }) => isMissed)) return notJudged;
      for (const one of sent) {
        const [first] = mismatches(one.trace, step.expect, this.#fillFor(one.trace));
        if (first !== undefined) return this.#failed(index + 1, first, one);
      }
      const [one] = sent;
      if (one === undefined) continue;
      const filled = this.#fillFor(one.trace);
      const traces = sent.map(({ trace }) => trace);
      const across = step.across ? judgeAcross(traces, step.across, filled) : null;
      if (across === "not-judged") return notJudged;
      if (across !== null) return this.#failed(index + 1, across, one);
      for (const [name, what] of Object.entries(step.keep ?? {}))
        this.#values.set(name, keptFrom(one.trace, what, filled));
    }
    return { state: "passed", failure: null };
  }

  /** The values, and the number of the process that answered. */
  #fillFor(trace: TraceJson): Fill {
    const values = new Map(this.#values).set("pid", String(pidOf(trace)));
    return (text) => fill(text, values);
  }

  async #send({ request, stop }: Step): Promise<Sent> {
    const { sender, doctor } = this.#workbench;
    const { signal, copy } = this.#options;
    using made = stop === undefined ? null : fileMade(dirname(join(copy, String(this.#values.get("script")))));
    const { method, target, headers, body } = outgoing(request, this.#values, this.#jar);
    const ended = await sender.deliver(
      {
        method: utf8(method),
        target: utf8(target),
        headers: headers.map(([name, value]) => [utf8(name), utf8(value)]),
        body: body && { bytes: body },
      },
      { from: "lesson", mode: request.mode ?? null, variables: new Map() },
      { signal: made === null ? signal : AbortSignal.any([signal, made.signal]) },
    );
    signal.throwIfAborted();
    const record = await doctor.examined(ended);
    const trace = toTraceJson(record);
    if (request.cookies === true) keepCookies(headersIn(trace), this.#jar);
    return { trace, record, isMissed: made?.signal.aborted === true && record.outcome === "ok" };
  }

  /** Its script is that of the work, and not the copy, which is gone. */
  #inWork(record: TraceRecord): TraceRecord {
    const { copy, work } = this.#options;
    const within = record.route.file === null ? null : pathWithin(record.route.file, utf8(copy));
    if (within === null) return record;
    return { ...record, route: { ...record.route, file: byteString(`${utf8(work)}/${within}`) } };
  }

  #failed(step: number, mismatch: Mismatch, { trace, record }: Sent): Judged {
    const { id, otherwise } = this.#check;
    const { onProof, texts } = this.#options;
    onProof?.(this.#inWork(record));
    const filled = this.#fillFor(trace);
    const index = otherwise.findIndex(
      ({ when }) => !isOfOtherPage(when, trace) && mismatches(trace, when, filled).length === 0,
    );
    const remark = otherwise[index];
    const say = texts.checks.get(id)?.remarks[index] ?? remark?.say ?? "";
    const finding = trace.findings.find(({ severity }) => severity === "error");
    const ofDoctor = finding === undefined ? null : { number: 0, say: wordsOf(finding.title), look: "doctor" };
    return {
      state: "failed",
      failure: {
        step,
        ...mismatch,
        remark: remark === undefined ? ofDoctor : { number: index + 1, say, look: remark.look ?? null },
        trace: onProof ? record.id : null,
      },
    };
  }
}

/** A remark on the script's answer alone says nothing where the server has answered in its place. */
function isOfOtherPage(when: Facts, { outcome, response, script }: TraceJson): boolean {
  const facts = Object.keys(when);
  const isOfServer = (outcome !== "ok" || script === null) && (response?.status ?? 0) >= 500;
  return isOfServer && facts.length > 0 && facts.every((fact) => ["body", "header", "wrote"].includes(fact));
}

/** "header Location", "body /id=(.*)/": what the steps after this one need. Empty: it was not there. */
function keptFrom(trace: TraceJson, what: string, filled: Fill): string {
  const [, of = "", name = "", pattern] = /^(\w+)(?: ([\w-]+))?(?: \/(.*)\/)?$/.exec(what) ?? [];
  const whole: Readonly<Record<string, () => string | undefined>> = {
    header: () => valueNamed(headersIn(trace), name),
    body: () => Buffer.from(bytesIn(trace.response?.body)).toString(),
    pid: () => String(pidOf(trace)),
  };
  const text = whole[of]?.() ?? "";
  return pattern === undefined ? text : (search(text, pattern, filled)?.[1] ?? "");
}

/** Aborts once there is a file in the folder that was not there before; disposing ends it. */
function fileMade(folder: string): Disposable & { readonly signal: AbortSignal } {
  const before = new Set(readdirSync(folder));
  const made = new AbortController();
  const watcher = watch(folder, (_, name) => {
    if (name !== null && !before.has(name)) made.abort();
  });
  return { signal: made.signal, [Symbol.dispose]: () => watcher.close() };
}
