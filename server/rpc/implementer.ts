// The contract, ready to be implemented, with the context of each connection. The product's problems become the typed
// errors of the contract, which the window shows. Bugs stay bugs.
import { implement, ORPCError } from "@orpc/server";
import { ProblemError } from "../base/problem.js";
import { wordsOf } from "../contract/message.js";
import { contract } from "../contract/rpc.js";

interface RpcContext {
  /**
   * Sends a binary frame before the response and resolves when the system accepted it. Rejects on a transport without
   * frames.
   */
  sendFrame(bytes: Uint8Array): Promise<void>;
}

export const os = implement(contract)
  .$context<RpcContext>()
  .use(async ({ next }) => {
    const result = await refusing(() => next());
    const { output }: { output: unknown } = result;
    return isSteps(output) ? { ...result, output: refusingSteps(output) } : result;
  });

/** oRPC passes no signal to a call that cannot be aborted. */
export const never = new AbortController().signal;

const isSteps = (output: unknown): output is AsyncGenerator =>
  typeof output === "object" && output !== null && Symbol.asyncIterator in output;

/** Refuses what comes step by step, too. */
async function* refusingSteps(steps: AsyncGenerator): AsyncGenerator {
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

/** A `ProblemError` becomes `NOT_POSSIBLE`, or `NOT_FOUND`, with the problem (code, message, fix, data) as its data. */
export async function refusing<T>(work: () => T | PromiseLike<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { problem } = error;
    throw new ORPCError(problem.code === "not-found" ? "NOT_FOUND" : "NOT_POSSIBLE", {
      defined: true,
      message: wordsOf(problem.message),
      data: problem,
      cause: error,
    });
  }
}
