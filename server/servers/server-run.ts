// What a server needs to know of a recorded request to be predicted: the request, the script's file, and what the
// script wrote. The same script is taken to write the same bytes everywhere.
import type { ByteString } from "../contract/bytes-text.js";
import type { HeaderPair } from "../protocol/request.js";

/** Why the system would not start the script. */
export type StartFailure = "not-found" | "not-executable" | "no-interpreter" | "no-program";

export interface ServerRun {
  readonly method: ByteString;
  readonly target: ByteString;
  /** "1.1" */
  readonly httpVersion: string;
  readonly headers: readonly HeaderPair[];
  /** The size of the body without its transfer coding. */
  readonly bodyBytes: number;
  readonly scriptName: ByteString;
  readonly pathInfo: ByteString;
  /** Absolute. */
  readonly file: ByteString;
  /** Absolute: the folder that "/" stands for. */
  readonly root: ByteString;
  readonly client: { readonly address: string; readonly port: number };
  /** At which the request arrived. */
  readonly serverPort: string;
  /** The name of this machine. */
  readonly hostName: string;
  readonly failure: StartFailure | null;
  readonly stdout: ByteString;
  readonly stderr: ByteString;
  readonly signal: string | null;
}

export const scriptFileName = ({ file }: ServerRun): string => file.slice(file.lastIndexOf("/") + 1);
export const isNph = (run: ServerRun): boolean => scriptFileName(run).startsWith("nph-");
export const isHead = ({ method }: ServerRun): boolean => method === "HEAD";
