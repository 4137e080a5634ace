// The meaning of a request target. `Routing.resolve` makes it; the gateway and the recorder read it.
import type { ByteString } from "../contract/bytes-text.js";
import type { AgentOptions } from "../contract/config.js";
import type { Message } from "../contract/message.js";
import type { Mode } from "../contract/modes.js";
import type { GatewayPolicy } from "../protocol/policy.js";
import type { FastcgiAddress } from "./fastcgi-address.js";

interface RouteBase {
  /** Absolute path on disk; null if nothing was found. */
  readonly file: ByteString | null;
  /** RFC 3875 §4.1.13, decoded: "/cgi-bin/sum.py". */
  readonly scriptName: ByteString;
  /** RFC 3875 §4.1.5, decoded: "" or "/…". */
  readonly pathInfo: ByteString;
}
/** An external FastCGI application. */
export interface ExternalApplication {
  readonly address: FastcgiAddress;
  /** Connections that are kept open and reused; null: a new one for each request. */
  readonly connections: number | null;
}
/** How an application's worker processes are kept, in modes that have any. */
export interface WorkerSettings {
  /** Maximum number of processes. */
  readonly count: number;
  /** A process is replaced after this many requests; null: never. */
  readonly requests: number | null;
  /** Processes start before the first request. */
  readonly always: boolean;
  /** Files and folders, absolute: a change restarts the processes. */
  readonly watch: readonly ByteString[];
  /** For an agent, in the modes that use one. */
  readonly agent: AgentOptions;
  /** What an agent makes of a query without "=". */
  readonly searchWords: GatewayPolicy["searchWords"];
}
export interface ScriptRoute extends RouteBase {
  readonly kind: "script";
  /** For an external application only a name: the value of SCRIPT_FILENAME. */
  readonly file: ByteString;
  readonly mode: Mode;
  /** What is started in place of `file`: a copy of the script as it once was. */
  readonly copy?: ByteString;
  /** The value of SCRIPT_FILENAME if it is not `file`. */
  readonly scriptFilename?: ByteString;
  /** Interpreter and its arguments if a handler runs the script; null if the file itself is started. */
  readonly interpreter: readonly ByteString[] | null;
  /** The script's own first line, if it begins with "#!"; else empty. */
  readonly firstLine: ByteString;
  /** Why a handler was needed; null if none was. */
  readonly handlerBecause: Message | null;
  /** RFC 3875 §5: the script speaks HTTP itself. */
  readonly nph: boolean;
  readonly documentRoot: ByteString;
  /** PATH_TRANSLATED where a route covers the path info; null: below the document root (RFC 3875 §4.1.6). */
  readonly pathTranslated: ByteString | null;
  /** The path of the request, if its file's handler passed it to this script: it is the path info, too. */
  readonly actionUrl?: ByteString;
  /** SHA-256 of the script's bytes, hex, when the request was routed. */
  readonly scriptHash: string | null;
  /** From the configuration: name → value, both as bytes. */
  readonly variables: ReadonlyMap<ByteString, ByteString>;
  readonly passAuthorization: boolean;
  readonly workers: WorkerSettings;
  /** The application, in an external mode; null in the others. */
  readonly external: ExternalApplication | null;
}
export interface StaticRoute extends RouteBase {
  readonly kind: "static";
  /** The folder that is shown as a list; it ends in a slash. */
  readonly file: ByteString;
  /** Whether the list of a folder shows a name. */
  readonly lists?: (name: ByteString, is: { readonly isFolder: boolean; readonly isLink: boolean }) => boolean;
  /**
   * Whether a real path may be sent for it: what `file` leads to can change at
   * any moment. Null: a route names the file.
   */
  readonly permits: ((real: ByteString) => boolean) | null;
}
export interface NoRoute extends RouteBase {
  readonly kind: "none";
  /**
   * 400, 403, 404; 500 for a mistake in the configuration or a missing interpreter; 503 for a setting that waits for
   * trust, and without a valid configuration; 301 with `location` for a folder without its slash.
   */
  readonly status: number;
  readonly why: Message;
  readonly location: ByteString | null;
}
/** The sign-in that the configuration requires (RFC 7617). */
export interface Guard {
  /** The route's path, as configured. */
  readonly path: string;
  readonly realm: string;
  /** The htpasswd file, absolute. */
  readonly file: string;
  /** The file's name as it is configured, for messages. */
  readonly fileName: string;
  /** See `ConfiguredRoute.from`. */
  readonly from?: readonly string[];
}
export type Route = ScriptRoute | StaticRoute | NoRoute;
