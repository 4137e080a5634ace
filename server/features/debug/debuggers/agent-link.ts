// The debugger inside a script's process, whatever it is written in: it answers requests of the Debug Adapter Protocol.

export interface AgentLink {
  /** Resolves with the body of the response. @throws Refusal, Gone */
  request(command: string, args: unknown): Promise<object>;
  /** The debugger is gone: its process has ended, or runs on alone. */
  readonly closed: Promise<void>;
  close(): void;
}

/** The debugger does not do what it is asked for. */
export class Refusal extends Error {}

/** The debugger cannot be asked any more, or not now. */
export class Gone extends Error {
  override message = "The script runs on alone, or has ended.";
}

/** Null if the debugger refuses, or is gone. Rejects with other errors. */
export const unlessRefused = <T>(answer: Promise<T>): Promise<T | null> =>
  answer.catch((error: unknown) => {
    if (error instanceof Refusal || error instanceof Gone) return null;
    throw error;
  });

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
