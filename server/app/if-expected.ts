// A failure that has a problem to show is expected: the work around it goes on.
import { ProblemError } from "../base/problem.js";
import type { Problem } from "../contract/workspace.js";

export async function ifExpected<T, U>(work: () => Promise<T>, otherwise: (problem: Problem) => U): Promise<T | U> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return otherwise(error.problem);
  }
}
