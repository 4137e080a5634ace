// child_process one step below `spawn`: the same object, whose own `spawn` RETURNS the error that the function of that name only emits a
// turn later. `Starter.start` must refuse at once. Not documented by Node; unchanged since its first releases, and held by a test.
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
  /** 0, or minus the error number; throws for errors Node thinks unlikely. Changes what it gets. */
  declare readonly spawn: (options: RawSpawnOptions) => number;

  /** An error number, 0 for none. Nothing stays open after an error. */
  trySpawn(options: RawSpawnOptions): number {
    this.on("error", () => {
      // a refused start, which is returned here already; or a signal that did not reach a process that is gone
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
    // Out of descriptors (EMFILE, ENFILE) Node gives up before it makes streams, and forgets the pipes libuv had opened for them.
    for (const entry of prepared) if (hasHandle(entry)) entry.handle.close();
  }
}

function hasHandle(entry: unknown): entry is { readonly handle: { close(): void } } {
  if (typeof entry !== "object" || entry === null || !("handle" in entry)) return false;
  const { handle } = entry;
  return typeof handle === "object" && handle !== null && "close" in handle && typeof handle.close === "function";
}
