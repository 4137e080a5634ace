// The external applications of the configuration, and how many connections to keep to each. One setting applies to
// every route and handler of an application, because they share its connections.
import type { Config } from "../contract/config.js";
import { addressText, type FastcgiAddress, parseAddress } from "./fastcgi-address.js";

interface ExternalTarget {
  /** Its path in the configuration. */
  readonly at: readonly [section: "routes", index: number] | readonly [section: "handlers", extension: string];
  /** "/app/"; of a handler "*.php". */
  readonly path: string;
  readonly address: FastcgiAddress;
  /** Its own setting. */
  readonly connections: number | undefined;
}
/** The numbers of connections by the address as text, for applications with a setting. */
export type Connections = ReadonlyMap<string, number>;
type Leading = Pick<Config, "routes" | "handlers">;

/** In the order of the configuration, routes first. */
export function externalTargets({ routes, handlers }: Leading, root: string): ExternalTarget[] {
  const all = [
    ...routes.map(({ path, address, connections }, index) => ({
      at: ["routes", index] as const,
      path,
      address,
      connections,
    })),
    ...Object.entries(handlers).map(([extension, handler]) => ({
      at: ["handlers", extension] as const,
      path: `*${extension}`,
      ...handler,
    })),
  ];
  return all.flatMap(({ at, path, address: written = "", connections }) => {
    const address = parseAddress(written, root);
    return address === null ? [] : [{ at, path, address, connections }];
  });
}

export function connectionsByAddress(config: Leading, root: string): Connections {
  const said = new Map<string, number>();
  for (const { address, connections } of externalTargets(config, root))
    if (connections !== undefined) said.set(addressText(address), connections);
  return said;
}

/** Null: a new connection for each request. */
export const connectionsOf = (address: FastcgiAddress, connections: Connections): number | null =>
  connections.get(addressText(address)) ?? null;

type Limited = ExternalTarget & { readonly connections: number };

/** Routes and handlers that set another number than an earlier one of the same application. */
export function contradictions(
  config: Leading,
  root: string,
): { readonly lead: ExternalTarget; readonly earlier: Limited }[] {
  const first = new Map<string, Limited>();
  return externalTargets(config, root).flatMap((lead) => {
    const { connections } = lead;
    if (connections === undefined) return [];
    const earlier = first.get(addressText(lead.address)) ?? { ...lead, connections };
    first.set(addressText(lead.address), earlier);
    return earlier.connections === connections ? [] : [{ lead, earlier }];
  });
}
