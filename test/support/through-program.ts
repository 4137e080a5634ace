// The CGI conformance tests a second time, with fcgiwrap between the gateway and the scripts: every script that runs as
// itself becomes a request to it, by FastCGI.
import { parseAddress } from "../../server/routing/fastcgi-address.js";
import type { Routing } from "../../server/routing/routing.js";

export const isThroughFcgiwrap = process.env["CONFORMANCE_THROUGH"] === "fcgiwrap";

/** Routes as usual, but scripts run behind the address. One that needs a handler's interpreter still runs as CGI. */
export function throughProgram(routing: Routing, address: string): Pick<Routing, "guards" | "resolve"> {
  const external = parseAddress(address, "/");
  if (!external) throw new Error(`no address: ${address}`);
  return {
    guards: (target) => routing.guards(target),
    resolve: (target) => {
      const route = routing.resolve(target);
      if (route.kind !== "script" || route.interpreter !== null) return route;
      return { ...route, mode: "fastcgi-external", nph: false, external: { address: external, connections: null } };
    },
  };
}
