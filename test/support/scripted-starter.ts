// Children that are no processes: they write what a test says, in the pieces it says, so that a property can be
// tried hundreds of times over a real socket.
import type { Child, ChildEvents, Starter, StartOptions } from "../../server/spawn/start.js";

export interface ScriptedRun {
  /** What the child writes to stdout, piece by piece. */
  readonly pieces: readonly Uint8Array[];
  readonly stderr?: Uint8Array;
  readonly exitCode?: number;
}

/** Starts nothing: every child behaves as `runOf` says for what it was started with. */
export function scriptedStarter(runOf: (options: StartOptions) => ScriptedRun): Starter {
  let pid = 1_000_000;
  return {
    kind: "native",
    start: (options, events) => Promise.resolve(new ScriptedChild(++pid, runOf(options), events)),
    dispose: () => Promise.resolve(),
  };
}

class ScriptedChild implements Child {
  readonly pid: number;
  readonly stdin = {
    written: 0,
    broken: false,
    write(bytes: Uint8Array): boolean {
      this.written += bytes.length;
      return true;
    },
    end: () => {},
    unread: () => 0,
  };
  readonly stdout = { look: () => true, resume: () => this.#resume(), close: () => {} };
  readonly stderr = { look: () => true, resume: () => {}, close: () => {} };
  readonly #events: ChildEvents;
  readonly #pieces: Uint8Array[];
  readonly #exitCode: number;
  #isPaused = false;
  #isOver = false;

  constructor(pid: number, { pieces, stderr, exitCode = 0 }: ScriptedRun, events: ChildEvents) {
    this.pid = pid;
    this.#events = events;
    this.#pieces = pieces.filter((piece) => piece.length > 0);
    this.#exitCode = exitCode;
    setImmediate(() => {
      if (stderr && stderr.length > 0) events.stderr(stderr, performance.now());
      this.#next();
    });
  }

  end(): void {
    this.#pieces.length = 0;
    this.#resume();
  }

  survivors(): string[] {
    return [];
  }

  escaped(): string[] {
    return [];
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    setImmediate(() => this.#next());
  }

  /** One piece a turn of the loop, as reads of a pipe come. */
  #next(): void {
    if (this.#isOver || this.#isPaused) return;
    const piece = this.#pieces.shift();
    if (!piece) {
      this.#finish();
      return;
    }
    this.#isPaused = !this.#events.stdout(piece, performance.now());
    if (!this.#isPaused) setImmediate(() => this.#next());
  }

  #finish(): void {
    this.#isOver = true;
    const now = performance.now();
    this.#events.stdoutEnd(now);
    this.#events.stderrEnd(now);
    this.#events.exit({ exitCode: this.#exitCode, signal: null, userMs: null, systemMs: null, maxRssKb: null }, now);
  }
}

/** The bytes cut at these places, given as parts of the whole between 0 and 1. */
export function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const offsets = [...new Set(places.map((place) => Math.floor(place * bytes.length)))].sort((a, b) => a - b);
  return [0, ...offsets].map((from, i) => bytes.slice(from, offsets[i] ?? bytes.length));
}
