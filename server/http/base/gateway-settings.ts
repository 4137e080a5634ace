// The gateway's part of the configuration. A request keeps what it began with; the limits on how many run and wait are
// always those in force.
import type { ByteString } from "../../contract/bytes-text.js";
import type { GatewayPolicy } from "../../protocol/policy.js";
import type { ServerProfile } from "../../servers/profiles.js";

export interface GatewayLimits {
  /** A script that reads and writes nothing for this long is stopped, ms; null: never. */
  readonly silenceMs: number | null;
  /** A request may take this long in all, ms; null: no limit. */
  readonly totalMs: number | null;
  /** Scripts running at once. */
  readonly concurrency: number;
  /** Requests that wait to run a script; one more gets a 503. */
  readonly queue: number;
  /** Largest request body, bytes; null: no limit. */
  readonly requestBodyBytes: number | null;
}

export interface GatewaySettings {
  readonly limits: GatewayLimits;
  /** Host names that are accepted beside the loopback ones: lower case, without port, IPv6 in brackets. */
  readonly hosts: ReadonlySet<string>;
  /** Foreign origins that may send unsafe methods: serialised as browsers send them, "http://shop.test:8000". */
  readonly allowedOrigins: ReadonlySet<string>;
  /** Whether browsers may load a service worker from here. */
  readonly serviceWorkers: boolean;
  /** Whether other users of this machine are served. */
  readonly otherUsers: boolean;
  /** False: only the workbench's own requests and the preview are served, until the user trusts the folder. */
  readonly isTrusted: boolean;
  /** PATH and what the configuration names, from the workbench's own environment. */
  readonly inherited: ReadonlyMap<ByteString, ByteString>;
  /** SERVER_SOFTWARE and the Server header. */
  readonly serverSoftware: ByteString;
  /** SERVER_ADMIN; null: not set. */
  readonly serverAdmin: ByteString | null;
  readonly policy: GatewayPolicy;
  /** The sendmail that CGI scripts find is the one of the workbench. */
  readonly catchesMail: boolean;
  /** The server that CGI scripts are to believe they run on; null: this one. */
  readonly serveLike: ServerProfile | null;
}
