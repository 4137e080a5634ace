// What a request target turned out to mean. Made by `Routing.resolve`, read by the gateway and the recorder.
import type { ByteString } from "../contract/bytes-text.js";
import type { Message } from "../contract/message.js";
import type { Mode } from "../contract/modes.js";
import type { FastcgiAddress } from "./fastcgi-address.js";

interface RouteBase {
  /** Absolute path on disk; null when nothing was found. */
  readonly file: ByteString | null;
  /** RFC 3875 §4.1.13, decoded: "/cgi-bin/sum.py". */
  readonly scriptName: ByteString;
  /** RFC 3875 §4.1.5, decoded: "" or "/…". */
  readonly pathInfo: ByteString;
}
/** A FastCGI application that somebody else runs. */
export interface ExternalApplication {
  readonly address: FastcgiAddress;
  /** Connections kept open and used again; null: a new one for each request. */
  readonly connections: number | null;
}
/** How an application's processes are kept, in modes that keep any. */
export interface WorkerSettings {
  /** Processes at most. */
  readonly count: number;
  /** A process is replaced after this many requests; null: never. */
  readonly requests: number | null;
  /** They run before the first request. */
  readonly always: boolean;
  /** Files and folders whose change replaces them, absolute. */
  readonly watch: readonly ByteString[];
}
export interface ScriptRoute extends RouteBase {
  readonly kind: "script";
  /** For an external application only a name: what SCRIPT_FILENAME says. */
  readonly file: ByteString;
  readonly mode: Mode;
  /** Interpreter and its arguments when a handler runs the script; null when the script runs as itself. */
  readonly interpreter: readonly ByteString[] | null;
  /** Why a handler was needed; null when it was not. */
  readonly handlerBecause: Message | null;
  /** RFC 3875 §5: the script speaks HTTP itself. */
  readonly nph: boolean;
  readonly documentRoot: ByteString;
  /** SHA-256 of the script's bytes, hex, as it stood when the request was routed. */
  readonly scriptHash: string | null;
  /** From the configuration: name → value, both as bytes. */
  readonly variables: ReadonlyMap<ByteString, ByteString>;
  readonly passAuthorization: boolean;
  readonly workers: WorkerSettings;
  /** Who responds in an external mode; null in the others. */
  readonly external: ExternalApplication | null;
}
export interface StaticRoute extends RouteBase {
  readonly kind: "static";
  readonly file: ByteString;
}
export interface NoRoute extends RouteBase {
  readonly kind: "none";
  /** 400, 403, 404; 500 for a mistake in the configuration or a missing interpreter; 301 with `location` for a folder without its slash. */
  readonly status: number;
  readonly why: Message;
  readonly location: ByteString | null;
}
/** What a request must know to come in (RFC 7617), by the configuration. */
export interface Guard {
  /** The route's path, as configured. */
  readonly path: string;
  readonly realm: string;
  /** The htpasswd file, absolute. */
  readonly file: string;
  /** The same as configured, for people. */
  readonly fileName: string;
}
export type Route = ScriptRoute | StaticRoute | NoRoute;
