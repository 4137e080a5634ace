// The exception of an expected failure.
import { type ProblemMessage, toProblem } from "../contract/problem.js";

export class ProblemError extends Error {
  readonly problem: ReturnType<typeof toProblem>;

  constructor(message: ProblemMessage, options?: ErrorOptions) {
    super(message.text, options);
    this.name = "ProblemError";
    this.problem = toProblem(message);
  }
}
