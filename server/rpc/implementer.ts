// The contract, ready to be implemented, with the context of each connection.
import { implement } from "@orpc/server";
import { contract } from "../contract/rpc.js";

interface RpcContext {
  /**
   * Sends a binary frame before the response and resolves when the system accepted it. Rejects on a transport without
   * frames.
   */
  sendFrame(bytes: Uint8Array): Promise<void>;
}

export const os = implement(contract).$context<RpcContext>();

/** oRPC passes no signal to a call that cannot be aborted. */
export const never = new AbortController().signal;
