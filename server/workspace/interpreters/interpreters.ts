// Finds interpreters along PATH, once. A version manager's shim is asked for the interpreter behind it, since it costs several times
// the interpreter's own start on every request; versions are learnt in the background. A missing one is looked for again: it may be
// installed while the workbench runs.
import { accessSync, constants, statSync } from "node:fs";
import { posix } from "node:path";
import { errorCode } from "../../base/disk.js";
import type { Interpreter } from "../../contract/workspace.js";
import type { InterpreterFinder } from "../../routing/handlers.js";
import { askForProgram, askForVersion, isShim } from "./interpreter-questions.js";

/** A program that was not there is looked for again after this, ms. */
const lookAgainMs = 1000;

interface Entry {
  path: string | null;
  version: string | null;
  /** performance.now() of the last look. */
  lookedAt: number;
}

export interface InterpretersOptions {
  /** Where PATH and what version managers need is taken from. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Version managers choose by the folder. */
  readonly cwd: string;
  readonly onChange: () => void;
}

export class Interpreters implements InterpreterFinder {
  readonly #options: InterpretersOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #stop = new AbortController();
  readonly #asking = new Set<Promise<void>>();

  constructor(options: InterpretersOptions) {
    this.#options = options;
  }

  find(program: string): string | null {
    const known = this.#entries.get(program);
    if (known && (known.path !== null || performance.now() - known.lookedAt < lookAgainMs)) return known.path;
    const path = findProgram(program, this.#options.environment["PATH"] ?? "");
    const entry: Entry = { path, version: null, lookedAt: performance.now() };
    this.#entries.set(program, entry);
    if (path !== null && known) this.#ask(this.#learn(program, entry, path)); // it has appeared since
    return path;
  }

  /** Finds these, and what is behind those that are shims: after it `find` gives the true ones. Versions follow later. */
  async resolve(programs: readonly string[]): Promise<void> {
    await Promise.all(
      [...new Set(programs)].map(async (program) => {
        if (this.#entries.get(program)?.path) return;
        const path = this.find(program);
        const entry = this.#entries.get(program);
        if (path === null || entry === undefined) return;
        await this.#followShim(program, entry, path);
        this.#ask(this.#learnVersion(program, entry));
      }),
    );
  }

  /** Those that were found, in alphabetical order. */
  list(): Interpreter[] {
    return [...this.#entries]
      .flatMap(([name, { path, version }]) => (path === null ? [] : [{ name, path, version }]))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Ends what is still being asked. Idempotent. */
  async dispose(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#asking);
  }

  #ask(question: Promise<void>): void {
    const asking = question.finally(() => this.#asking.delete(asking));
    this.#asking.add(asking);
  }

  async #learn(program: string, entry: Entry, path: string): Promise<void> {
    await this.#followShim(program, entry, path);
    await this.#learnVersion(program, entry);
  }

  async #followShim(program: string, entry: Entry, path: string): Promise<void> {
    if (!isShim(path)) return;
    const real = await askForProgram(program, path, this.#question());
    if (real !== null && isProgram(real)) entry.path = real;
  }

  async #learnVersion(program: string, entry: Entry): Promise<void> {
    if (entry.path === null) return;
    entry.version = await askForVersion(program, entry.path, this.#question());
    if (!this.#stop.signal.aborted) this.#options.onChange();
  }

  #question() {
    return { cwd: this.#options.cwd, environment: this.#options.environment, signal: this.#stop.signal };
  }
}

/** A name's first match along PATH, or an absolute path itself; null when it cannot be executed. Folders named relatively in PATH do not count. */
export function findProgram(program: string, searchPath: string): string | null {
  if (program.includes("/")) return isProgram(program) ? program : null;
  for (const folder of searchPath.split(posix.delimiter)) {
    if (folder.startsWith("/") && isProgram(posix.join(folder, program))) return posix.join(folder, program);
  }
  return null;
}

function isProgram(path: string): boolean {
  try {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return false; // not to be entered or not to be executed: no program for us
  }
}
