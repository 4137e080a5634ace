// One way to run a script. Every mode and every client goes through this pair: a Runner makes an Exchange, the exchange reports.
import type { ByteString } from "../contract/bytes-text.js";
import type { ProcessInfo } from "../contract/trace.js";
import type { ScriptRoute } from "../routing/route.js";

export interface RunRequest {
  readonly route: ScriptRoute;
  readonly argv: readonly ByteString[];
  /** `NAME=value`, meta-variables and configured ones. */
  readonly env: readonly ByteString[];
  readonly cwd: ByteString;
  /** Whether request body bytes will follow. */
  readonly hasBody: boolean;
}
/** Times are performance.now(). */
export interface ExchangeEvents {
  /** False pauses stdout until `resume()`. */
  stdout(bytes: Uint8Array, at: number): boolean;
  stderr(bytes: Uint8Array, at: number): void;
  /** Request body bytes that were handed to the script. */
  stdin(bytes: Uint8Array, at: number): void;
  stdinDrain(): void;
  /** stdout is over: its end, or 2 s after the process exit while something else holds it (`held`: who, as far as known). */
  outputEnd(at: number, held: readonly string[] | null): void;
  /** The process is gone. Comes before or after `outputEnd`; after both the exchange is over. */
  exit(process: ProcessInfo, at: number): void;
}
export interface Exchange {
  readonly pid: number | null;
  /** False: wait for `stdinDrain`. */
  write(bytes: Uint8Array): boolean;
  endInput(): void;
  resume(): void;
  /** TERM, KILL after 2 s, the whole session. Idempotent. `exit` and `outputEnd` still come. */
  stop(): void;
}
export interface Runner {
  /** @throws StartError when the script cannot be started. */
  run(request: RunRequest, events: ExchangeEvents): Exchange;
}
