// What the folder's configuration says that a kit does not carry: a person has to set it on the other server.
import { type Config, defaultConfig } from "../../contract/config.js";

/** Keys of a route, of a handler and of a script that a kit carries, or that mean nothing without the workbench. */
const carried = {
  routes: new Set(["path", "deny", "auth", "mode", "variables", "passAuthorization"]),
  handlers: new Set(["interpreter", "mode"]),
  scripts: new Set(["mode", "variables", "passAuthorization"]),
};
/** Of the processes that a mode keeps: words of their command line, and how many there are. */
const carriedOfPools = ["workers", "preload", "modules", "globals", "growMiB", "spare"];

/** In words of the configuration: "routes /old/: redirect". */
export function settingsLeft({ routes, handlers, scripts, limits, policy, server }: Config): readonly string[] {
  const left = (group: keyof typeof carried, name: string, given: object): string[] => {
    const keys = Object.entries(given).flatMap(([key, value]) =>
      value === undefined || carried[group].has(key) || (group !== "routes" && carriedOfPools.includes(key))
        ? []
        : [key],
    );
    return keys.length === 0 ? [] : [`${group} ${name}: ${keys.join(", ")}`];
  };
  const changed = (group: string, given: object, standard: object, keys = Object.keys(standard)): string[] => {
    const is = new Map(Object.entries(given));
    const was = new Map(Object.entries(standard));
    return keys.flatMap((key) =>
      JSON.stringify(is.get(key)) === JSON.stringify(was.get(key)) ? [] : [`${group}.${key}`],
    );
  };
  return [
    ...routes.flatMap((route) => left("routes", route.path, route)),
    ...Object.entries(handlers).flatMap(([name, handler]) => left("handlers", name, handler ?? {})),
    ...Object.entries(scripts).flatMap(([name, script]) => left("scripts", name, script)),
    ...changed("limits", limits, defaultConfig.limits, [
      ...["silenceMs", "totalMs", "concurrency", "queue", "requestBodyBytes"],
    ]),
    // What all scripts receive is in the kit, script by script.
    ...changed("policy", { ...policy, passAuthorization: false }, defaultConfig.policy),
    ...changed("server", server, defaultConfig.server, ["allowedOrigins", "admin"]),
  ];
}
