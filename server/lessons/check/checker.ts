// Checks works on one server of their own: each check runs in a fresh copy of the work's folder, so that nothing of the
// work itself changes. Its traces are in no list; whoever asks gets those that prove a failure.
import { lstat, mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Workbench } from "../../app/workbench.js";
import { ProblemError } from "../../base/problem.js";
import { SerialQueue } from "../../base/serial-queue.js";
import { inTemporaryFolder } from "../../base/temporary-folder.js";
import type { LessonCheck, LessonFailure, LessonReport } from "../../contract/lessons-contract.js";
import type { LanguageId } from "../../contract/samples-contract.js";
import type { TraceJson } from "../../contract/trace.js";
import { workspacePath } from "../../contract/workspace.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { pathWithin } from "../../routing/containment.js";
import { toTraceJson } from "../../trace/formats/trace-json.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { copyTree, measureTree, removeTree } from "../../workspace/files/copy-tree.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import { type Fill, fill, search, type Value } from "../format/fill.js";
import { type Lesson, type LessonTexts, scriptOf } from "../format/lesson.js";
import type { Check, Facts, Step } from "../format/schema.js";
import { lessonProblem } from "../messages.js";
import { type Across, judgeAcross } from "./across.js";
import { bytesIn, mismatches, pidOf, plainPairs, variablesIn } from "./facts.js";
import { type Jar, keepCookies, outgoing, variablesOf } from "./outgoing.js";
import type { Mismatch } from "./text-facts.js";
import { drawValues } from "./values.js";

const maxMiB = 50;
const maxEntries = 3000;
/** How often requests are sent together until so many of them run at one moment. */
const maxTurns = 5;

export interface Work {
  /** Absolute. */
  readonly folder: string;
  readonly code: LanguageId;
}
interface CheckOptions {
  readonly seed: string;
  readonly texts: LessonTexts;
  readonly signal: AbortSignal;
  /** The folder for the copies of the work; by default the system's for temporary files. */
  readonly within?: string;
  /** Gets the trace that proves a failure; without it the report names none. */
  readonly onProof?: (trace: TraceRecord) => void;
}

type Judged =
  | { readonly state: "passed" | "not-judged"; readonly failure: null }
  | { readonly state: "failed"; readonly failure: LessonFailure };
const passed: Judged = { state: "passed", failure: null };

export class LessonChecker {
  #workbench: Promise<Workbench> | null = null;
  readonly #turns = new SerialQueue();
  readonly #ending = new AbortController();

  /** One work after the other. @throws ProblemError, or the signal's reason */
  check(lesson: Lesson, work: Work, options: CheckOptions): Promise<LessonReport> {
    const signal = AbortSignal.any([options.signal, this.#ending.signal]);
    return this.#turns.run(() => this.#check(lesson, work, { ...options, signal }));
  }

  /** Ends the check that runs, and resolves when it has removed what it needed. */
  async dispose(): Promise<void> {
    this.#ending.abort();
    await this.#turns.idle();
    await (await this.#workbench)?.dispose();
  }

  async #check(lesson: Lesson, given: Work, options: CheckOptions): Promise<LessonReport> {
    const { folder } = given;
    const unreadable = (error: unknown): never => {
      throw fileProblem(error, folder);
    };
    const work = { ...given, folder: await realpath(folder).catch(unreadable) }; // the copy of a link would be a link
    const bound = { bytes: maxMiB << 20, entries: maxEntries };
    if ((await measureTree(work.folder, bound).catch(unreadable)) === null)
      throw new ProblemError(lessonProblem("work-too-large", { path: work.folder, maxMiB, maxEntries }));
    const beganAt = performance.now();
    const checks: LessonCheck[] = [];
    for (const check of lesson.checks) {
      const { id, points, after = null } = check;
      const checkAt = performance.now();
      const before = checks.find((one) => one.id === after)?.state;
      const waits = before === "failed" || before === "waiting";
      const judged = waits
        ? ({ state: "waiting", failure: null } as const)
        : await this.#ask(lesson, check, work, options);
      const say = options.texts.checks.get(id)?.say ?? check.say;
      checks.push({
        id,
        say,
        points,
        after: waits ? after : null,
        tookMs: round(performance.now() - checkAt),
        ...judged,
      });
    }
    return {
      schema: 1,
      lesson: lesson.id,
      code: work.code,
      seed: options.seed,
      passed: checks.every(({ state }) => state === "passed"),
      tookMs: round(performance.now() - beganAt),
      checks,
    };
  }

  /** Makes a check as often as it wants, with new values each time. */
  async #ask(lesson: Lesson, check: Check, work: Work, options: CheckOptions): Promise<Judged> {
    let judged: Judged = passed;
    for (let time = 0; time < check.times && judged.state === "passed"; time++)
      for (let turn = 0; turn < maxTurns && (turn === 0 || judged.state === "not-judged"); turn++) {
        options.signal.throwIfAborted();
        judged = await this.#once(lesson, check, work, { ...options, seed: `${options.seed}-${check.id}-${time}` });
      }
    return judged;
  }

  async #once(lesson: Lesson, check: Check, work: Work, options: CheckOptions): Promise<Judged> {
    const values = drawValues(lesson.values, options.seed);
    values.set("script", scriptOf(lesson, work.code)).set("seed", options.seed);
    const once = async (above: string): Promise<Judged> => {
      const copy = join(above, "work");
      const failed = (error: unknown): never => {
        throw fileProblem(error, work.folder);
      };
      try {
        await copyTree(work.folder, copy).catch(failed);
        await putFiles(copy, check.files, values).catch(failed);
        const workbench = await this.#started();
        const { signal } = options;
        await workbench.folder.open(copy, { configFile: null, port: 0, run: { host: null }, signal });
        return await new CheckRun(workbench, check, values, { ...options, work, copy }).judge();
      } finally {
        try {
          await (await this.#workbench)?.folder.close(); // no process of the work stays in the copy
        } finally {
          await removeTree(copy);
        }
      }
    };
    return inTemporaryFolder("lesson", once, options.within);
  }

  /** The server of all checks. One that could not be made is tried again. */
  #started(): Promise<Workbench> {
    this.#workbench ??= Workbench.create({ store: "never" }).catch((error: unknown) => {
      this.#workbench = null;
      throw error;
    });
    return this.#workbench;
  }
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

async function putFiles(folder: string, files: Check["files"], values: ReadonlyMap<string, Value>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, workspacePath.parse(fill(name, values)));
    await makeFolder(folder, dirname(path));
    await rm(path, { recursive: true, force: true }); // a link is replaced, not followed
    await writeFile(path, fill(content, values), { flag: "wx" });
  }
}

/** Makes the folders of `path` below `top`. What is no folder, such as a link, is replaced by one. */
async function makeFolder(top: string, path: string): Promise<void> {
  if (path === top) return;
  await makeFolder(top, dirname(path));
  const isFolder = await lstat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  if (isFolder) return;
  await rm(path, { force: true });
  await mkdir(path);
}

interface RunOptions extends CheckOptions {
  readonly work: Work;
  readonly copy: string;
}

/** One check in one copy of the work. */
class CheckRun {
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
      for (const { trace, record } of sent) {
        const [first] = mismatches(trace, step.expect, this.#fillFor(trace));
        if (first !== undefined) return this.#failed(index + 1, first, { trace, record });
      }
      const traces = sent.map(({ trace }) => trace);
      const across: Across = step.across ? judgeAcross(traces, step.across) : null;
      if (across === "not-judged") return { state: "not-judged", failure: null };
      const [one] = sent;
      if (one === undefined) continue;
      if (across !== null) return this.#failed(index + 1, across, one);
      for (const [name, what] of Object.entries(step.keep ?? {}))
        this.#values.set(name, keptFrom(one.trace, what, this.#fillFor(one.trace)));
    }
    return passed;
  }

  /** The values, and the number of the process that answered. */
  #fillFor(trace: TraceJson): Fill {
    const values = new Map(this.#values).set("pid", String(pidOf(trace)));
    return (text) => fill(text, values);
  }

  async #send({ request }: Step): Promise<Sent> {
    const filled: Fill = (text) => fill(text, this.#values);
    const { sender, doctor } = this.#workbench;
    const decided = { from: "lesson", mode: request.mode ?? null, variables: variablesOf(request, filled) } as const;
    const { signal } = this.#options;
    const ended = await sender.deliver(outgoing(request, this.#values, filled, this.#jar), decided, { signal });
    signal.throwIfAborted();
    const record = await doctor.examined(ended);
    const trace = toTraceJson(record);
    if (request.cookies === true) keepCookies(plainPairs(trace.response?.headers ?? []), this.#jar);
    return { trace, record };
  }

  /** Its script is that of the work, and not the copy, which is gone. */
  #inWork(record: TraceRecord): TraceRecord {
    const { copy, work } = this.#options;
    const within = record.route.file === null ? null : pathWithin(record.route.file, utf8(copy));
    if (within === null) return record;
    return { ...record, route: { ...record.route, file: byteString(`${utf8(work.folder)}/${within}`) } };
  }

  #failed(step: number, { fact, got, wanted, why }: Mismatch, { trace, record }: Sent): Judged {
    const shows = ({ when }: { readonly when: Facts }): boolean =>
      mismatches(trace, when, this.#fillFor(trace)).length === 0;
    const index = this.#check.otherwise.findIndex(shows);
    const { onProof } = this.#options;
    onProof?.(this.#inWork(record));
    const remark = this.#check.otherwise[index];
    const say = this.#options.texts.checks.get(this.#check.id)?.remarks[index] ?? remark?.say ?? "";
    const finding = trace.findings.find(({ severity }) => severity === "error");
    const ofDoctor = finding === undefined ? null : { number: 0, say: finding.title, look: "doctor" };
    return {
      state: "failed",
      failure: {
        step,
        fact,
        got,
        wanted,
        why,
        remark: remark === undefined ? ofDoctor : { number: index + 1, say, look: remark.look ?? null },
        trace: onProof ? record.id : null,
      },
    };
  }
}

interface Sent {
  readonly trace: TraceJson;
  readonly record: TraceRecord;
}

/** "header Location", "body /id=(.*)/": what the steps after this one need. Empty: it was not there. */
function keptFrom(trace: TraceJson, what: string, filled: Fill): string {
  const [, of = "", name = "", pattern] = /^(\w+)(?: ([\w-]+))?(?: \/(.*)\/)?$/.exec(what) ?? [];
  const named = (pairs: readonly (readonly [string, string])[]): string | undefined =>
    pairs.find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
  const whole: Readonly<Record<string, () => string | undefined>> = {
    header: () => named(plainPairs(trace.response?.headers ?? [])),
    env: () => named(variablesIn(trace)),
    body: () => Buffer.from(bytesIn(trace.response?.body)).toString(),
    took: () => String(trace.timing.doneAt),
    pid: () => String(pidOf(trace)),
  };
  const text = whole[of]?.() ?? "";
  return pattern === undefined ? text : (search(text, pattern, filled)?.[1] ?? "");
}
