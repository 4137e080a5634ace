// An expected failure, told in words: what happened and what to do about it. Anything else that throws is a bug.
import type { Problem } from "../contract/workspace.js";

export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(code: string, message: string, fix: string | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = "ProblemError";
    this.problem = { code, message, fix };
  }
}
