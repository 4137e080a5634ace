// The contract as something to implement, with what each connection brings along.
import { implement } from "@orpc/server";
import { contract } from "../contract/rpc.js";

export interface RpcContext {
  /** Sends a binary frame ahead of the answer and resolves when the system took it. Rejects on a transport without frames. */
  sendFrame(bytes: Uint8Array): Promise<void>;
}

export const os = implement(contract).$context<RpcContext>();

/** oRPC hands no signal to a call that cannot be aborted. */
export const never = new AbortController().signal;
