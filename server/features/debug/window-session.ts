// One request whose script is stepped through in the window. It drives the session that editors drive, too, and tells
// what happens in the order in which it happens.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { ProblemError } from "../../base/problem.js";
import { Waiters } from "../../base/waiters.js";
import { type DebugEvent, evaluatedBody, type WantedSession } from "../../contract/debug-contract.js";
import { wordsOf } from "../../contract/message.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { type DebuggedWorkbench, DebugSession } from "./debug-session.js";
import { framesIn, type SessionEvent } from "./debugger-answers.js";
import { Gone, Refusal, unlessRefused } from "./debuggers/agent-link.js";
import { debugProblem, originText } from "./messages.js";

/** A window shows no more lines, so that older ones need not wait for it. */
const maxWaiting = 1000;

export class WindowSession {
  readonly id = randomUUID();
  readonly #workbench: DebuggedWorkbench;
  readonly #wanted: WantedSession;
  readonly #session: DebugSession;
  /** The stack of a stop is asked for. */
  #isAsking = false;
  readonly #waiting: DebugEvent[] = [];
  #failure: unknown = null;
  readonly #waiters = new Waiters();

  constructor(workbench: DebuggedWorkbench, wanted: WantedSession) {
    this.#workbench = workbench;
    this.#wanted = wanted;
    this.#session = new DebugSession({
      from: "composer",
      open: async () => workbench,
      event: (event) => void this.#take(event).catch((error: unknown) => this.#fail(error)),
    });
  }

  /** A file of the folder, as the debugger knows it. */
  source(path: string): { readonly path: string } {
    return { path: join(this.#workbench.folder.workspace().root, path) };
  }

  /** What happens, until the script has ended. @throws ProblemError if the folder is not trusted; the signal's reason */
  async *events(signal: AbortSignal): AsyncGenerator<DebugEvent> {
    const { next, stopAtByte } = this.#wanted;
    const { root } = this.#workbench.folder.workspace();
    await this.#answer("attach", { folder: root, next: next === "own" ? "claimed" : next, stopAtByte });
    try {
      yield { kind: "begun", id: this.id };
      for (;;) {
        for (const event of this.#waiting.splice(0)) {
          yield event;
          if (event.kind === "ended") return;
        }
        if (this.#failure !== null) throw this.#failure;
        if (this.#waiting.length === 0) await this.#waiters.wait(signal);
      }
    } finally {
      this.#leave();
    }
  }

  /** The request of this trace is the one that is debugged. */
  claim(trace: TraceRecord): void {
    this.#session.claim(trace);
  }

  /** @throws ProblemError if the debugger refuses, is gone, or answers something else */
  async ask<T>(command: string, args: object, body: z.ZodType<T>): Promise<T> {
    try {
      return body.parse(await this.#answer(command, args));
    } catch (error) {
      if (error instanceof z.ZodError) throw refused(z.prettifyError(error));
      if (error instanceof Gone) throw new ProblemError(debugProblem("debug-not-running"));
      throw error instanceof Refusal ? refused(error.message) : error;
    }
  }

  /** What the script's language says against an expression is an answer, too. */
  async evaluate(args: object) {
    try {
      return { ...evaluatedBody.parse(await this.#answer("evaluate", args)), isError: false };
    } catch (error) {
      if (error instanceof Refusal || error instanceof Gone) return { result: error.message, isError: true };
      throw error;
    }
  }

  #answer(command: string, args: object): Promise<object> {
    return this.#session.answer({ command, arguments: args });
  }

  async #take({ event, body }: SessionEvent): Promise<void> {
    switch (event) {
      case "cgiRequest":
        return this.#tell({ kind: "request", traceId: body.traceId });
      case "initialized":
        return this.#tell({ kind: "ready" });
      case "stopped": {
        if (this.#isAsking) return; // a stopped script does not stop again
        this.#isAsking = true;
        const stack = await unlessRefused(this.#answer("stackTrace", { threadId: 1 })).finally(() => {
          this.#isAsking = false;
        });
        if (stack === null) return; // the script has ended meanwhile
        return this.#tell({
          kind: "stopped",
          reason: body.reason,
          exception: body.reason === "exception" ? (body.text ?? "") : null,
          origin: body.how === undefined ? null : originText[body.how],
          frames: framesIn(stack, (file) => this.#workbench.folder.current?.relative(file) ?? null),
        });
      }
      case "breakpoint":
        return this.#tell({ kind: "moved", place: body.breakpoint });
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

  /** The window's own request ends; the script of another client runs on. */
  #leave(): void {
    const terminateDebuggee = this.#wanted.next === "own";
    this.#answer("disconnect", { terminateDebuggee }).catch((error: unknown) => this.#fail(error));
  }

  #tell(event: DebugEvent): void {
    const oldest = this.#waiting.length < maxWaiting ? -1 : this.#waiting.findIndex(({ kind }) => kind === "output");
    if (oldest >= 0) this.#waiting.splice(oldest, 1);
    this.#waiting.push(event);
    this.#waiters.wake();
  }

  /** A stack that is none, which a script can make, does not end the session. */
  #fail(error: unknown): void {
    if (error instanceof z.ZodError) {
      const text = wordsOf(refused(z.prettifyError(error)).problem.message);
      this.#tell({ kind: "output", from: "workbench", text, path: null, line: null });
    } else {
      this.#failure = error;
      this.#waiters.wake();
    }
  }
}

const refused = (detail: string): ProblemError => new ProblemError(debugProblem("debug-refused", { detail }));
