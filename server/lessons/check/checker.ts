// Checks works on one server of their own: each check runs in a fresh copy of the work's folder, so that nothing of the
// work itself changes. Its traces are in no list; whoever asks gets those that prove a failure.
import { lstat, mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Workbench } from "../../app/workbench.js";
import { unlessMissing } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import { SerialQueue } from "../../base/serial-queue.js";
import { inTemporaryFolder } from "../../base/temporary-folder.js";
import type { LessonCheck, LessonReport } from "../../contract/lessons-contract.js";
import type { LanguageId } from "../../contract/samples-contract.js";
import { workspacePath } from "../../contract/workspace.js";
import { toTraceJson } from "../../trace/formats/trace-json.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { copyTree, measureTree, removeTree } from "../../workspace/files/copy-tree.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import { fill, type Values } from "../format/fill.js";
import { type Lesson, scriptOf } from "../format/lesson.js";
import type { Check } from "../format/schema.js";
import { checkMessage, lessonProblem } from "../messages.js";
import { type CheckOptions, CheckRun, type Judged } from "./check-run.js";
import { mismatches } from "./facts.js";
import { drawValues } from "./values.js";

const maxMiB = 50;
const maxEntries = 3000;
/** How often requests are sent together until so many of them run at one moment. */
const maxTurns = 5;

interface Work {
  /** Absolute. */
  readonly folder: string;
  readonly code: LanguageId;
}

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

  async #check(lesson: Lesson, { folder, code }: Work, options: CheckOptions): Promise<LessonReport> {
    const unreadable = (error: unknown): never => {
      throw fileProblem(error, folder);
    };
    const work = { folder: await realpath(folder).catch(unreadable), code }; // the copy of a link would be a link
    const bound = { bytes: maxMiB << 20, entries: maxEntries };
    if ((await measureTree(work.folder, bound).catch(unreadable)) === null)
      throw new ProblemError(lessonProblem("work-too-large", { path: work.folder, maxMiB, maxEntries }));
    const beganAt = performance.now();
    const checks: LessonCheck[] = [];
    for (const check of lesson.checks.filter(({ yours }) => yours === undefined || options.yours !== undefined)) {
      const { id, points, after = null } = check;
      const checkAt = performance.now();
      const before = checks.find((one) => one.id === after)?.state;
      const waits = before === "failed" || before === "waiting";
      const judged = waits
        ? ({ state: "waiting", failure: null } as const)
        : (judgeYours(check, options) ?? (await this.#ask(lesson, check, work, options)));
      const say = options.texts.checks.get(id)?.say ?? check.say;
      const tookMs = round(performance.now() - checkAt);
      checks.push({ id, say, points, after: waits ? after : null, tookMs, ...judged });
    }
    return {
      schema: 1,
      lesson: lesson.id,
      code,
      seed: options.seed,
      passed: checks.every(({ state }) => state === "passed"),
      tookMs: round(performance.now() - beganAt),
      checks,
    };
  }

  /** Makes a check as often as it wants, with new values each time. */
  async #ask(lesson: Lesson, check: Check, work: Work, options: CheckOptions): Promise<Judged> {
    let judged: Judged = { state: "passed", failure: null };
    for (let time = 0; time < check.times && judged.state === "passed"; time++)
      for (let turn = 0; turn < maxTurns && (turn === 0 || judged.state === "not-judged"); turn++) {
        options.signal.throwIfAborted();
        judged = await this.#once(lesson, check, work, { ...options, seed: `${options.seed}-${check.id}-${time}` });
      }
    return judged;
  }

  #once(lesson: Lesson, check: Check, work: Work, options: CheckOptions): Promise<Judged> {
    const { seed, signal } = options;
    const values = drawValues(lesson.values, seed).set("script", scriptOf(lesson, work.code)).set("seed", seed);
    const failed = (error: unknown): never => {
      throw fileProblem(error, work.folder);
    };
    return inTemporaryFolder("lesson", async (above) => {
      const copy = join(above, "work");
      try {
        await copyTree(work.folder, copy).catch(failed);
        await putFiles(copy, check.files, values).catch(failed);
        const workbench = await this.#started();
        await workbench.folder.open(copy, { configFile: null, port: 0, run: { host: null }, signal });
        return await new CheckRun(workbench, check, values, { ...options, work: work.folder, copy }).judge();
      } finally {
        try {
          await (await this.#workbench)?.folder.close(); // no process of the work stays in the copy
        } finally {
          await removeTree(copy);
        }
      }
    });
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

/** Whether a request of the learner is as the check wants it; null: the check sends its own. */
function judgeYours({ yours: wanted }: Check, { yours = [] }: CheckOptions): Judged | null {
  if (wanted === undefined) return null;
  const isSo = (record: TraceRecord): boolean => mismatches(toTraceJson(record), wanted, (text) => text).length === 0;
  if (yours.some(isSo)) return { state: "passed", failure: null };
  const [fact = ""] = Object.keys(wanted);
  const found = { step: 1, fact, got: null, wanted: "", remark: null, trace: null };
  return { state: "failed", failure: { ...found, why: checkMessage("none-of-yours", { fact }) } };
}

const round = (ms: number): number => Math.round(ms * 10) / 10;

/** Puts the files of a check into the copy of a work. What is no folder on the way, such as a link, is replaced. */
async function putFiles(folder: string, files: Check["files"], values: Values): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = workspacePath.parse(fill(name, values));
    let at = folder;
    for (const part of dirname(path).split("/")) {
      at = join(at, part);
      if ((await unlessMissing(lstat(at), null))?.isDirectory()) continue;
      await rm(at, { force: true });
      await mkdir(at);
    }
    const file = join(folder, path);
    await rm(file, { recursive: true, force: true });
    await writeFile(file, fill(content, values), { flag: "wx" });
  }
}
