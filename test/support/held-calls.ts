// A page that is connected to a server of which the test itself decides when a call ends, and how.
import { createORPCClient } from "@orpc/client";
import { expect } from "vitest";
import type { Client } from "../../renderer/rpc/connection.js";
import { useServer } from "../../renderer/rpc/store.js";

interface HeldCall {
  readonly name: string;
  readonly signal: AbortSignal | undefined;
  readonly answer: (value: unknown) => void;
  readonly fail: () => void;
}

export interface HeldCalls {
  /** Those that the page has made, in their order. */
  readonly asked: readonly HeldCall[];
  /** Waits for the nth one. */
  call(nth: number): Promise<HeldCall>;
}

/** Connects the page; until its client is set to null. */
export function holdCalls(): HeldCalls {
  const asked: HeldCall[] = [];
  const client: Client = createORPCClient({
    call: ([, name = ""], _input, { signal }) =>
      new Promise((answer, reject) => asked.push({ name, signal, answer, fail: () => reject(new Error("gone")) })),
  });
  useServer.setState({ connection: "connected", client });
  return {
    asked,
    call: async (nth) => {
      await expect.poll(() => asked.length).toBeGreaterThan(nth);
      const found = asked[nth];
      if (!found) throw new Error(`There is no call ${nth}.`);
      return found;
    },
  };
}
