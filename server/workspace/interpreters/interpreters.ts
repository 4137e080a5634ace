// Finds interpreters along PATH, once. A version manager's shim is asked for its interpreter, because the shim would
// cost several times the interpreter's start on every request. Versions follow in the background once
// a window's Server view shows them: each takes the start of a process. An interpreter that is missing, or no longer
// where it was, is searched again: it may be installed, or replaced, while the workbench runs.
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, posix } from "node:path";
import { unlessRefusedSync } from "../../base/disk.js";
import type { Interpreter } from "../../contract/workspace.js";
import { isForeignProgram } from "../../routing/foreign-program.js";
import type { InterpreterFinder } from "../../routing/handlers.js";
import { askForProgram, askForVersion, isShim } from "./interpreter-questions.js";

/** How often a known program is checked, and a missing one searched again, ms. */
const lookAgainMs = 1000;

interface Entry {
  path: string | null;
  version: string | null;
  /** performance.now() of the last look. */
  lookedAt: number;
  /** Settles when `path` is the interpreter behind a shim; null: nothing was asked yet. */
  followed: Promise<void> | null;
  isVersionAsked: boolean;
}

interface InterpretersOptions {
  /** The source of PATH and of what version managers need. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder: version managers choose by it. Programs in it are not asked. */
  readonly cwd: string;
  /** False while nothing may be asked. By default true. */
  readonly mayAsk?: () => boolean;
  readonly onChange: () => void;
}

export class Interpreters implements InterpreterFinder {
  readonly #options: InterpretersOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #stop = new AbortController();
  readonly #asking = new Set<Promise<void>>();
  #wantsVersions = false;

  constructor(options: InterpretersOptions) {
    this.#options = options;
  }

  find(program: string): string | null {
    const known = this.#entries.get(program);
    if (known && performance.now() - known.lookedAt < lookAgainMs) return known.path;
    if (known && known.path !== null && isProgram(known.path)) {
      known.lookedAt = performance.now();
      return known.path;
    }
    const path = findProgram(program, this.#options.environment["PATH"] ?? "");
    const entry: Entry = { path, version: null, lookedAt: performance.now(), followed: null, isVersionAsked: false };
    this.#entries.set(program, entry);
    if (path !== null && known) this.#ask(this.#learn(program, entry)); // it has appeared since
    return path;
  }

  /** Finds these, and the interpreters behind shims: afterwards `find` returns the real ones. */
  async resolve(programs: readonly string[]): Promise<void> {
    await Promise.all(
      [...new Set(programs)].map(async (program) => {
        this.find(program);
        const entry = this.#entries.get(program);
        if (entry === undefined) return;
        await this.#followShim(program, entry);
        this.#ask(this.#learnVersion(program, entry));
      }),
    );
  }

  /** From now on versions are asked for; each is a change. */
  askVersions(): void {
    if (this.#wantsVersions) return;
    this.#wantsVersions = true;
    for (const [program, entry] of this.#entries) if (entry.followed) this.#ask(this.#learn(program, entry));
  }

  /** Those that were found, in alphabetical order. */
  list(): Interpreter[] {
    return [...this.#entries]
      .flatMap(([name, { path, version }]) => (path === null ? [] : [{ name, path, version }]))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Ends the running questions. Idempotent. */
  async dispose(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#asking);
  }

  #mayAsk(path: string | null): path is string {
    const { mayAsk = () => true, cwd } = this.#options;
    return path !== null && mayAsk() && isForeignProgram(path, cwd);
  }

  #ask(question: Promise<void>): void {
    const asking = question.finally(() => this.#asking.delete(asking));
    this.#asking.add(asking);
  }

  async #learn(program: string, entry: Entry): Promise<void> {
    await this.#followShim(program, entry);
    await this.#learnVersion(program, entry);
  }

  /** Once: the answer is kept. */
  async #followShim(program: string, entry: Entry): Promise<void> {
    if (entry.followed === null && this.#mayAsk(entry.path))
      entry.followed = this.#pathBehind(program, entry, entry.path);
    await entry.followed;
  }

  async #pathBehind(program: string, entry: Entry, path: string): Promise<void> {
    if (!isShim(path)) return;
    const real = await askForProgram(program, path, this.#question());
    const isUsable = real !== null && isProgram(real) && isForeignProgram(real, this.#options.cwd);
    if (isUsable) entry.path = real; // as its version manager chooses for the folder
  }

  /** Once: the answer is kept. */
  async #learnVersion(program: string, entry: Entry): Promise<void> {
    if (!this.#wantsVersions || entry.isVersionAsked || !this.#mayAsk(entry.path) || isShim(entry.path)) return;
    entry.isVersionAsked = true;
    entry.version = await askForVersion(program, entry.path, this.#question());
    if (!this.#stop.signal.aborted) this.#options.onChange();
  }

  #question() {
    return { cwd: this.#options.cwd, environment: this.#options.environment, signal: this.#stop.signal };
  }
}

/**
 * A name's first match along PATH, or an absolute path itself; null if it is not executable. Ignores relative folders
 * in PATH, and relative paths: whoever knows their folder makes them absolute.
 */
export function findProgram(program: string, searchPath: string): string | null {
  if (program.includes("/")) return program.startsWith("/") && isProgram(program) ? program : null;
  for (const folder of searchPath.split(delimiter)) {
    if (folder.startsWith("/") && isProgram(posix.join(folder, program))) return posix.join(folder, program);
  }
  return null;
}

/** False, too, without the permission to enter its folder or to execute it. */
const isProgram = (path: string): boolean =>
  unlessRefusedSync(() => {
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
    accessSync(path, constants.X_OK);
    return true;
  }, false);
