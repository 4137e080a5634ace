// An expected failure: a code, the data of its sentence, what happened and how to fix it. Any other exception is a bug.
import type { MessageData } from "../contract/message.js";
import type { Problem } from "../contract/workspace.js";

export interface ProblemOptions extends ErrorOptions {
  /** What the message is made of: paths, numbers, system errors. Without it the message is always the same. */
  readonly data?: MessageData | null;
}

/** The codes and their data are listed in docs/trace-format.md. */
export class ProblemError extends Error {
  readonly problem: Problem & { readonly data: MessageData | null };

  constructor(
    code: string,
    message: string,
    fix: string | null = null,
    { data = null, ...options }: ProblemOptions = {},
  ) {
    super(message, options);
    this.name = "ProblemError";
    this.problem = { code, message, fix, data };
  }
}
