// The exception of an expected failure.
import { wordsOf } from "../contract/message.js";
import { type ProblemMessage, toProblem } from "../contract/problem.js";

export class ProblemError extends Error {
  readonly problem: ReturnType<typeof toProblem>;

  constructor(message: ProblemMessage, options?: ErrorOptions) {
    super(wordsOf(message.text), options);
    this.name = "ProblemError";
    this.problem = toProblem(message);
  }
}
