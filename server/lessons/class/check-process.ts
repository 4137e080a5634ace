// The checker of a class's works, in a process of its own: a script can end or stop the process that runs it, and then
// costs its own work alone. The next work gets another one.
import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { entry } from "../../base/built-files.js";
import { ProblemError } from "../../base/problem.js";
import { temporaryRoot } from "../../base/user-folders.js";
import { removeTree } from "../../workspace/files/copy-tree.js";
import { fileProblem } from "../../workspace/files/file-problem.js";
import { lessonProblem } from "../messages.js";
import { type CheckAnswer, type CheckOrder, checkAnswer } from "./check-order.js";
import { confined, type Hold } from "./confined.js";

/** A work whose checks take longer is left: its own configuration may let its scripts wait for ever. */
const maxMs = 5 * 60_000;
/** A process that was asked to end has so long to remove what it made. */
const endMs = 5000;

interface Running {
  readonly child: ChildProcess;
  /** The folder for the copies of the works. */
  readonly copies: string;
  /** What ended it, a signal or an exit code. */
  readonly ended: Promise<string>;
}

export class CheckProcess {
  readonly #maxMs: number;
  readonly #file: string;
  #running: Running | null = null;
  #held: readonly Hold[] = [];

  /** What the works were kept from, as far as one was checked. */
  get held(): readonly Hold[] {
    return this.#held;
  }

  /** `file`: the program that checks. */
  constructor({ file = entry("lesson-check"), within = maxMs } = {}) {
    this.#file = file;
    this.#maxMs = within;
  }

  /** @throws ProblemError if the checks did not come to an end, or the signal's reason */
  async check(order: CheckOrder, signal: AbortSignal): Promise<CheckAnswer> {
    signal.throwIfAborted();
    this.#running ??= await this.#begin();
    const { child, ended } = this.#running;
    const path = order.folder;
    const minutes = this.#maxMs / 60_000;
    let stop = (): void => {};
    const stopped = new Promise<ProblemError>((resolve) => {
      stop = () => resolve(new ProblemError(lessonProblem("work-too-slow", { path, minutes })));
    });
    signal.addEventListener("abort", stop);
    const timer = setTimeout(stop, this.#maxMs); // a signal of AbortSignal.timeout may be collected before it fires
    const answered = new Promise<unknown>((resolve) => child.once("message", resolve));
    const left = ended.then((how) => new ProblemError(lessonProblem("work-ended-check", { path, how })));
    child.send(order, () => {}); // if it dies meanwhile, `ended` says so
    const first = await Promise.race([answered, left, stopped]);
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    if (first instanceof ProblemError) {
      await this.dispose();
      signal.throwIfAborted();
      throw first;
    }
    return checkAnswer.parse(first);
  }

  /** @throws ProblemError if what it made cannot be removed */
  async dispose(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (running === null) return;
    const { child, copies, ended } = running;
    if (child.connected) child.disconnect(); // it removes what it made, and ends
    const timer = setTimeout(() => child.kill("SIGKILL"), endMs);
    await ended;
    clearTimeout(timer);
    await removeTree(copies).catch((error: unknown) => {
      throw fileProblem(error, copies);
    });
  }

  async #begin(): Promise<Running> {
    const copies = await mkdtemp(join(temporaryRoot(), "cgi-workbench-class-")).catch((error: unknown) => {
      throw fileProblem(error, temporaryRoot());
    });
    const { command, held } = await confined(copies);
    this.#held = held;
    const [execPath = process.execPath, ...execArgv] = [...command, process.execPath];
    const env = { ...process.env, TMPDIR: copies, XDG_RUNTIME_DIR: copies };
    const child = fork(this.#file, { stdio: ["ignore", "ignore", "inherit", "ipc"], execPath, execArgv, env });
    const ended = new Promise<string>((resolve) => {
      child.once("exit", (code, name) => resolve(name ?? String(code)));
      child.once("error", (error) => resolve(error.message));
    });
    return { child, copies, ended };
  }
}
