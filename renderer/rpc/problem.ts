// Turns whatever a call rejected with into a message for the user: the contract's typed errors carry a `Problem`,
// everything else is a broken connection or a bug, and its message names it.
import { ORPCError } from "@orpc/client";
import { asSentence, wordsOf } from "../../server/contract/message.js";
import { toProblem } from "../../server/contract/problem.js";
import type { Problem } from "../../server/contract/workspace.js";
import { windowMessage } from "./messages.js";

export { problemText } from "../../server/contract/problem.js";

/** A problem that the window itself rejects a call with. */
export class WindowProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(wordsOf(problem.message));
    this.problem = problem;
  }
}

/** What went wrong, and what to do about it. */
export function problemOf(error: unknown): Problem {
  if (error instanceof WindowProblem) return error.problem;
  if (error instanceof ORPCError) {
    const data: unknown = error.data;
    if (isProblem(data)) return data;
  }
  // When a connection ends, oRPC aborts the calls that wait on it, with a message about its own queue.
  if (error instanceof Error && error.name === "AbortError") return toProblem(windowMessage("no-connection"));
  const message = error instanceof Error ? error.message : String(error);
  return { code: "unexpected", message: asSentence(message), fix: null };
}

/** The connection ended before the response: the window says so itself, and asks again with the next connection. */
export const isConnectionLost = (error: unknown): boolean =>
  problemOf(error).code === windowMessage("no-connection").code;

function isProblem(data: unknown): data is Problem {
  return (
    typeof data === "object" &&
    data !== null &&
    "code" in data &&
    "message" in data &&
    typeof data.message === "string" &&
    "fix" in data
  );
}
