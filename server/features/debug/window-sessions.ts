// The scripts that windows step through. Evaluating runs code of the folder, so it needs trust for as long as it lasts.
import { ProblemError } from "../../base/problem.js";
import type { DebugEvent, WantedSession } from "../../contract/debug-contract.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { DebuggedWorkbench } from "./debug-session.js";
import { debugProblem } from "./messages.js";
import type { WindowSession } from "./window-session.js";

export class WindowSessions {
  readonly #workbench: DebuggedWorkbench;
  readonly #sessions = new Map<string, WindowSession>();

  constructor(workbench: DebuggedWorkbench) {
    this.#workbench = workbench;
  }

  /** @throws ProblemError if the folder is not trusted */
  async *run(wanted: WantedSession, signal: AbortSignal): AsyncGenerator<DebugEvent> {
    const { WindowSession } = await import("./window-session.js"); // with the debuggers of all languages
    const session = new WindowSession(this.#workbench, wanted);
    this.#sessions.set(session.id, session);
    try {
      yield* session.events(signal);
    } finally {
      this.#sessions.delete(session.id);
    }
  }

  /** Who is told of the request's trace; `id` null: nobody. @throws ProblemError if there is no such session */
  claimOf(id: string | null): ((trace: TraceRecord) => void) | undefined {
    if (id === null) return undefined;
    const session = this.get(id);
    return (trace) => session.claim(trace);
  }

  /** @throws ProblemError if it has ended, or the folder is not trusted any more */
  get(id: string): WindowSession {
    const session = this.#sessions.get(id);
    if (!session) throw new ProblemError(debugProblem("debug-not-running"));
    const { root, isTrusted } = this.#workbench.folder.workspace();
    if (!isTrusted) throw new ProblemError(debugProblem("debug-not-trusted", { path: root }));
    return session;
  }
}
