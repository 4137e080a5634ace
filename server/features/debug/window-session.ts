// One request whose script is stepped through in the window. It drives the session that editors drive, too, and tells
// what happens in the order in which it happens.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { ProblemError } from "../../base/problem.js";
import { Waiters } from "../../base/waiters.js";
import {
  type Breakpoint,
  type BreakpointPlace,
  type DebugEvent,
  placesBody,
  type WantedSession,
} from "../../contract/debug-contract.js";
import { wordsOf } from "../../contract/message.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { type DebuggedWorkbench, DebugSession } from "./debug-session.js";
import { bodyOf, framesIn, type SessionEvent } from "./debugger-answers.js";
import { type AgentResponse, gone } from "./debuggers/agent-link.js";
import { debugMessage } from "./messages.js";

/** Lines that wait for a window; one that does not read loses those that come after. */
const maxWaiting = 1000;

export class WindowSession {
  readonly id = randomUUID();
  readonly #workbench: DebuggedWorkbench;
  readonly #wanted: WantedSession;
  readonly #session: DebugSession;
  readonly #breakpoints: Map<string, readonly Breakpoint[]>;
  readonly #placed = new Map<string, readonly BreakpointPlace[]>();
  /** Breakpoints by id that were moved, also before the answer that names their ids was read. */
  readonly #moved = new Map<number, BreakpointPlace>();
  #stopsUncaught: boolean;
  #isReady = false;
  /** The stack of a stop is asked for. */
  #isAsking = false;
  readonly #waiting: DebugEvent[] = [];
  #leftOut = 0;
  #failure: unknown = null;
  readonly #waiters = new Waiters();

  constructor(workbench: DebuggedWorkbench, wanted: WantedSession) {
    this.#workbench = workbench;
    this.#wanted = wanted;
    this.#breakpoints = new Map(wanted.breakpoints.map(({ path, breakpoints }) => [path, breakpoints]));
    this.#stopsUncaught = wanted.stopsUncaught;
    this.#session = new DebugSession({
      from: "composer",
      open: async () => workbench,
      event: (event) => void this.#take(event).catch((error: unknown) => this.#fail(error)),
    });
  }

  /** What happens, until the script has ended. @throws ProblemError if the folder is not trusted; the signal's reason */
  async *events(signal: AbortSignal): AsyncGenerator<DebugEvent> {
    const { next, stopAtByte } = this.#wanted;
    const { root } = this.#workbench.folder.workspace();
    await this.ask("attach", { folder: root, next: next === "own" ? "claimed" : next, stopAtByte });
    try {
      yield { kind: "begun", id: this.id };
      for (;;) {
        for (const event of this.#waiting.splice(0)) {
          yield event;
          if (event.kind === "ended") return;
        }
        if (this.#failure !== null) throw this.#failure;
        if (this.#leftOut > 0) this.#tellLeftOut();
        else if (this.#waiting.length === 0) await this.#waiters.wait(signal);
      }
    } finally {
      this.#leave();
    }
  }

  /** The request of this trace is the one that is debugged. */
  claim(trace: TraceRecord): void {
    this.#session.claim(trace);
  }

  ask(command: string, args: object): Promise<AgentResponse> {
    return this.#session.answer({ command, arguments: args });
  }

  async setBreakpoints(path: string, breakpoints: readonly Breakpoint[]): Promise<void> {
    this.#breakpoints.set(path, breakpoints);
    if (this.#isReady) await this.#place(path, breakpoints);
  }

  async setUncaught(isOn: boolean): Promise<void> {
    this.#stopsUncaught = isOn;
    if (this.#isReady) await this.#sendUncaught();
  }

  async #take({ event, body }: SessionEvent): Promise<void> {
    switch (event) {
      case "cgiRequest":
        return this.#tell({ kind: "request", traceId: body.traceId });
      case "initialized":
        return this.#configure();
      case "stopped": {
        if (this.#isAsking) return; // a stopped script does not stop again
        this.#isAsking = true;
        const stack = await this.ask("stackTrace", { threadId: 1 }).finally(() => {
          this.#isAsking = false;
        });
        if (!stack.success) return; // the script has ended meanwhile
        return this.#tell({
          kind: "stopped",
          reason: body.reason,
          exception: body.reason === "exception" ? (body.text ?? "") : null,
          origin: body.how ?? null,
          frames: framesIn(stack, (file) => this.#workbench.folder.current?.relative(file) ?? null),
        });
      }
      case "breakpoint": {
        const { breakpoint } = body;
        this.#moved.set(breakpoint.id, breakpoint);
        for (const [path, places] of this.#placed)
          if (places.some(({ id }) => id === breakpoint.id)) this.#tellPlaced(path, places);
        return;
      }
      case "output": {
        const { category, output, source, line = null } = body;
        const from = category === "important" ? "workbench" : category === "stderr" ? "stderr" : "script";
        const path = source ? (this.#workbench.folder.current?.relative(source.path) ?? null) : null;
        return this.#tell({ kind: "output", from, text: output.replace(/\n$/, ""), path, line });
      }
      case "terminated":
        return this.#tell({ kind: "ended" });
    }
  }

  async #configure(): Promise<void> {
    for (const [path, breakpoints] of this.#breakpoints)
      if (breakpoints.length > 0) await this.#place(path, breakpoints);
    await this.#sendUncaught();
    this.#isReady = true;
    await this.ask("configurationDone", {});
  }

  /** The script also begins without the breakpoints of a file that the debugger refuses. */
  async #place(path: string, breakpoints: readonly Breakpoint[]): Promise<void> {
    try {
      const answer = await this.ask("setBreakpoints", {
        source: { path: join(this.#workbench.folder.workspace().root, path) },
        breakpoints: breakpoints.map(({ line, condition, message }) => ({
          line,
          ...(condition !== null && { condition }),
          ...(message !== null && { logMessage: message }),
        })),
      });
      if (answer !== gone) this.#tellPlaced(path, bodyOf(answer, placesBody).breakpoints);
    } catch (error) {
      this.#fail(error);
    }
  }

  #tellPlaced(path: string, answered: readonly BreakpointPlace[]): void {
    const places = answered.map((place) => this.#moved.get(place.id ?? Number.NaN) ?? place);
    for (const { id = Number.NaN } of answered) this.#moved.delete(id);
    this.#placed.set(path, places);
    this.#tell({ kind: "placed", path, places });
  }

  async #sendUncaught(): Promise<void> {
    await this.ask("setExceptionBreakpoints", { filters: this.#stopsUncaught ? ["uncaught"] : [] });
  }

  /** The window's own request ends; the script of another client runs on. */
  #leave(): void {
    const terminateDebuggee = this.#wanted.next === "own";
    this.ask("disconnect", { terminateDebuggee }).catch((error: unknown) => this.#fail(error));
  }

  #tell(event: DebugEvent): void {
    if (event.kind === "output" && this.#waiting.length >= maxWaiting) this.#leftOut++;
    else this.#waiting.push(event);
    this.#waiters.wake();
  }

  #tellLeftOut(): void {
    const { text } = debugMessage("debug-left-out", { count: this.#leftOut });
    this.#leftOut = 0;
    this.#tell({ kind: "output", from: "workbench", text: wordsOf(text), path: null, line: null });
  }

  /** What the debugger refuses does not end the session: the script may have ended meanwhile. */
  #fail(error: unknown): void {
    if (error instanceof ProblemError) {
      this.#tell({ kind: "output", from: "workbench", text: wordsOf(error.problem.message), path: null, line: null });
      return;
    }
    this.#failure = error;
    this.#waiters.wake();
  }
}
