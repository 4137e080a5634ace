// A started process for its owner, native or portable: two sources, a sink, a session. It is over when its exit, both
// ends of output and the end of its session have come.

import type { EndingSource, OnBytes } from "../pipes/socket-source.js";
import type { ClosableSink } from "../pipes/stream-sink.js";
import type { Child, ChildEvents, Exit } from "../start.js";
import type { ProcessEntry } from "./process-table.js";
import { type MayHaveMembers, Session } from "./session.js";

/** Begins to read one of the child's outputs; nothing comes in this turn of the loop. */
export type OpenSource = (onData: OnBytes, onEnd: (at: number) => void) => EndingSource;

interface ChildStreams {
  readonly stdin: ClosableSink | null;
  readonly stdout: OpenSource;
  readonly stderr: OpenSource;
}

export class StartedChild implements Child {
  readonly pid: number;
  readonly stdin: ClosableSink | null;
  readonly stdout: EndingSource;
  readonly stderr: EndingSource;
  readonly #session: Session;
  readonly #events: ChildEvents;
  readonly #onStep: (child: StartedChild) => void;
  #hasExited = false;

  /** `onStep` is called after the exit and after each end. */
  constructor(
    pid: number,
    streams: ChildStreams,
    events: ChildEvents,
    onStep: (child: StartedChild) => void,
    mayHaveMembers: MayHaveMembers,
  ) {
    this.pid = pid;
    this.#session = new Session(pid, mayHaveMembers);
    this.#events = events;
    this.#onStep = onStep;
    this.stdin = streams.stdin;
    this.stdout = streams.stdout(
      (bytes, at) => events.stdout(bytes, at),
      (at) => {
        events.stdoutEnd(at);
        onStep(this);
      },
    );
    this.stderr = streams.stderr(
      (bytes, at) => events.stderr(bytes, at),
      (at) => {
        events.stderrEnd(at);
        onStep(this);
      },
    );
  }

  /** The exit was collected. */
  exited(exit: Exit, at: number): void {
    this.#hasExited = true;
    this.#session.leaderGone();
    this.#events.exit(exit, at);
    this.#onStep(this);
  }

  end(graceMs: number): void {
    this.#session.end(graceMs);
  }

  survivors(): string[] {
    return this.#session.survivors();
  }

  escaped(): string[] {
    return this.#session.escaped();
  }

  /** Exit and ends have come: nothing more will be reported. */
  get isQuiet(): boolean {
    return this.#hasExited && this.stdout.hasEnded && this.stderr.hasEnded;
  }

  get isOver(): boolean {
    return this.isQuiet && this.#session.isSurelyOver;
  }

  /** Closes the pipes, which a process outside the session may hold open for ever. */
  release(): void {
    this.stdout.close();
    this.stderr.close();
    this.stdin?.close();
  }

  /** No process is left: no signal is sent from now on. */
  forget(): void {
    this.#session.stop();
  }

  /** Whether the session has live processes; zombies do not count. `table` null: unknown, which counts as alive. */
  hasMembers(table: readonly ProcessEntry[] | null): boolean {
    return !this.#hasExited || this.#session.hasMembers(table);
  }
}
