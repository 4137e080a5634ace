// The debugger inside a script's process, whatever it is written in: it answers requests of the Debug Adapter Protocol.
import type { DapResponse } from "./dap-framing.js";

export type AgentResponse = Pick<DapResponse, "success" | "message" | "body">;

export interface AgentLink {
  /** Resolves with the response; that of a debugger that is gone fails. */
  request(command: string, args: unknown): Promise<AgentResponse>;
  /** The debugger is gone: its process has ended, or runs on alone. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface AgentEvents {
  event(name: string, body: unknown): void;
  /** How many bytes of the stream whose byte is looked for have arrived: all that was written before the call. */
  arrived(): Promise<number>;
}

/** Where the debugger will report, once. */
export interface AgentEndpoint {
  /** What its process is told. */
  readonly path: string;
  /** Null: closed before it reported. */
  readonly linked: Promise<AgentLink | null>;
  /** Nobody can report any more; what is linked stays. */
  close(): void;
}

export const gone: AgentResponse = { success: false, message: "The script runs on alone, or has ended." };
