// child_process one level below `spawn`: the `spawn` of this object RETURNS the error that the function of that name
// emits a turn later. `Starter.start` must refuse at once. Undocumented; unchanged since Node's first releases; a test
// checks it.
import { ChildProcess } from "node:child_process";

export interface RawSpawnOptions {
  readonly file: string;
  /** `argv[0]` included. */
  readonly args: readonly string[];
  /** `NAME=value`. */
  readonly envPairs: readonly string[];
  readonly cwd: string;
  /** A session of its own. */
  readonly detached: boolean;
  readonly stdio: readonly ("ignore" | "pipe" | number)[];
  readonly windowsHide: boolean;
}

export class RawChildProcess extends ChildProcess {
  /** 0, or the negative error number; throws for errors that Node considers unlikely. Modifies its argument. */
  declare readonly spawn: (options: RawSpawnOptions) => number;

  /** An error number, 0 for none. After an error nothing stays open. */
  trySpawn(options: RawSpawnOptions): number {
    this.on("error", () => {
      // a refused start, which was returned already; or a signal to a process that has exited
    });
    const own = { ...options };
    try {
      const number = -this.spawn(own);
      if (number !== 0) this.#discard(own.stdio);
      return number;
    } catch (error) {
      if (error instanceof Error && "errno" in error && typeof error.errno === "number") return -error.errno;
      throw error;
    }
  }

  #discard(prepared: readonly unknown[]): void {
    if (this.stdio) {
      for (const stream of this.stdio) stream?.destroy();
      return;
    }
    // Out of descriptors (EMFILE, ENFILE) Node stops before it makes streams, and leaks
    // the pipes that libuv had opened for them.
    for (const entry of prepared) if (hasHandle(entry)) entry.handle.close();
  }
}

function hasHandle(entry: unknown): entry is { readonly handle: { close(): void } } {
  if (typeof entry !== "object" || entry === null || !("handle" in entry)) return false;
  const { handle } = entry;
  return typeof handle === "object" && handle !== null && "close" in handle && typeof handle.close === "function";
}
