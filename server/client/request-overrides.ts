// What was decided for a request outside of it: who sends it, in which mode, with which server variables. Never
// as headers, which a script would see and anybody could forge: the sender opens its socket, claims that
// connection here, then writes. A connection is known by the addresses and ports of both ends: another program
// can have the same port at another address.
import type { ByteString } from "../contract/bytes-text.js";
import type { Mode } from "../contract/modes.js";
import type { Origin } from "../contract/trace.js";
import { plainAddress } from "../protocol/server-name.js";
import type { EarlierVersion } from "../routing/earlier-version.js";
import type { TraceRecord } from "../trace/trace-record.js";

export interface RequestOverride {
  readonly from: Origin;
  /** Null: as the route says. */
  readonly mode: Mode | null;
  readonly variables: ReadonlyMap<ByteString, ByteString>;
  readonly parent: TraceRecord["parent"];
  /** The script runs as it once was; null, or not there: as it is. */
  readonly version?: EarlierVersion | null;
  /** A person looks at the request before its script starts. */
  readonly isHeld?: boolean;
  /** The script is started under strace. */
  readonly isTouched?: boolean;
  /** Told as soon as the request has its trace. */
  readonly onTrace: (trace: TraceRecord) => void;
}

/** The two ends of a connection, as the claiming client sees them. */
export interface ClaimedConnection {
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
}

export class RequestOverrides {
  readonly #byConnection = new Map<string, RequestOverride>();

  /** From now on requests on this connection carry the claim, until the returned function is called. */
  register(client: ClaimedConnection, override: RequestOverride): () => void {
    const key = connectionKey(client.localAddress, client.localPort, client.remoteAddress, client.remotePort);
    this.#byConnection.set(key, override);
    return () => {
      if (this.#byConnection.get(key) === override) this.#byConnection.delete(key);
    };
  }

  /** `server`: the same connection as the server sees it. */
  lookup(server: ClaimedConnection): RequestOverride | null {
    if (this.#byConnection.size === 0) return null;
    const key = connectionKey(server.remoteAddress, server.remotePort, server.localAddress, server.localPort);
    return this.#byConnection.get(key) ?? null;
  }
}

/** The two ends need not see an address in the same form. */
const connectionKey = (clientAddress = "", clientPort = 0, serverAddress = "", serverPort = 0): string =>
  `${plainAddress(clientAddress)}|${clientPort}|${plainAddress(serverAddress)}|${serverPort}`;
