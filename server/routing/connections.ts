// How many connections are kept to each application that runs elsewhere. What one route says holds for all that lead to the application:
// a connection that one of them keeps is in the way of the others.
import type { ConfiguredRoute } from "../contract/config.js";
import { addressText, type FastcgiAddress, parseAddress } from "../runners/fastcgi/address.js";

/** By the address as text, for those that some route says something of. */
export type Connections = ReadonlyMap<string, number>;

export function connectionsByAddress(routes: readonly ConfiguredRoute[], root: string): Connections {
  const said = new Map<string, number>();
  for (const { address: written, connections } of routes) {
    const address = parseAddress(written ?? "", root);
    if (address !== null && connections !== undefined) said.set(addressText(address), connections);
  }
  return said;
}

/** Null: a new one for each request. */
export const connectionsOf = (address: FastcgiAddress, connections: Connections): number | null => connections.get(addressText(address)) ?? null;

/** Routes, by their places, that say another number than an earlier one to the same application. */
export function contradictions(routes: readonly ConfiguredRoute[], root: string): { readonly route: number; readonly earlier: number }[] {
  const first = new Map<string, number>();
  return routes.flatMap(({ address: written, connections }, route) => {
    const address = parseAddress(written ?? "", root);
    if (address === null || connections === undefined) return [];
    const earlier = first.get(addressText(address)) ?? route;
    first.set(addressText(address), earlier);
    return routes[earlier]?.connections === connections ? [] : [{ route, earlier }];
  });
}
