// Expected failures on their way to the window: the product's problems become the contract's typed errors, bugs stay bugs.
import { ORPCError } from "@orpc/server";
import { ProblemError } from "../base/problem.js";

/** Runs `work`; a `ProblemError` of it is answered as `NOT_POSSIBLE` (or `NOT_FOUND`) with the problem as data. */
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
