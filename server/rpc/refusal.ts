// Turns the product's problems into the typed errors of the contract, which the window shows. Bugs stay bugs.
import { ORPCError } from "@orpc/server";
import { ProblemError } from "../base/problem.js";

/** Refuses what comes step by step, too. */
export async function* refusingSteps<T>(steps: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    for (;;) {
      const next = await refusing(() => steps.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await steps.return(undefined);
  }
}

/**
 * Runs `work`. A `ProblemError` becomes `NOT_POSSIBLE`, or `NOT_FOUND`, with the
 * problem (code, message, fix, data) as its data.
 */
export async function refusing<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { problem } = error;
    throw new ORPCError(problem.code === "not-found" ? "NOT_FOUND" : "NOT_POSSIBLE", {
      defined: true,
      message: problem.message,
      data: problem,
      cause: error,
    });
  }
}
