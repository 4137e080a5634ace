// The settings of a configuration that need trust: those that start programs by themselves, choose which program runs,
// open the server to others, or lead out of the folder. Pure: the folder's trust is this list, its fingerprint, and the
// configuration without them.
import { createHash } from "node:crypto";
import { type Config, defaultConfig } from "../contract/config.js";
import type { TrustedSetting, TrustReport } from "../contract/trust-contract.js";
import { isLoopback } from "../protocol/server-name.js";

export type TrustState = TrustReport["state"];
type Handlers = Config["handlers"];
type Scripts = Config["scripts"];

/** In the configuration's order. */
export function trustedSettings({ server, routes, handlers, scripts, links }: Config): readonly TrustedSetting[] {
  return [
    ...(isLoopback(server.host) ? [] : [setting("server.host", server.host)]),
    ...listed("server.hosts", server.hosts),
    ...listed("server.allowedOrigins", server.allowedOrigins),
    ...(server.serviceWorkers ? [setting("server.serviceWorkers", true)] : []),
    ...(server.otherUsers ? [setting("server.otherUsers", true)] : []),
    ...routes.flatMap(({ path, file, dir, address }) => [
      ...given(`routes ${path} file`, file),
      ...given(`routes ${path} dir`, dir),
      ...given(`routes ${path} address`, address),
    ]),
    ...Object.entries(handlers).flatMap(([extension, handler]) => [
      ...given(`handlers ${extension} interpreter`, handler?.interpreter),
      ...given(`handlers ${extension} address`, handler?.address),
      ...always(`handlers ${extension} start`, handler?.start),
    ]),
    ...Object.entries(scripts).flatMap(([path, { start }]) => always(`scripts ${path} start`, start)),
    ...listed("links", links),
  ];
}

/** Equal for equal settings. */
export function fingerprintOf(settings: readonly TrustedSetting[]): string {
  const pairs = settings.map(({ setting, value }) => [setting, value]);
  return createHash("sha256").update(JSON.stringify(pairs)).digest("hex");
}

/** What a folder's record says of its settings now. `recorded`: the fingerprint that was trusted; null: none was. */
export function trustOf(settings: readonly TrustedSetting[], recorded: string | null): TrustState {
  if (recorded === null) return "new";
  return settings.length === 0 || recorded === fingerprintOf(settings) ? "trusted" : "changed";
}

/** With the default in place of each setting that needs trust. Another object, whatever it has. */
export function withoutTrusted(config: Config): Config {
  const { hosts, allowedOrigins, serviceWorkers, otherUsers } = defaultConfig.server;
  return {
    ...config,
    server: { ...onLoopback(config).server, hosts, allowedOrigins, serviceWorkers, otherUsers },
    routes: config.routes.filter(({ file, dir, address }) => [file, dir, address].every((to) => to === undefined)),
    handlers: handlersWithout(config.handlers),
    scripts: scriptsWithout(config.scripts),
    links: [],
  };
}

/** With a loopback address to listen on. */
export function onLoopback(config: Config): Config {
  const { host } = config.server;
  return isLoopback(host) ? config : { ...config, server: { ...config.server, host: defaultConfig.server.host } };
}

function handlersWithout(handlers: Handlers): Handlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([extension, handler]) => {
      if (handler === null) return [extension, null];
      const { interpreter: _, address: __, connections: ___, start: ____, ...rest } = handler;
      return [extension, rest];
    }),
  );
}

function scriptsWithout(scripts: Scripts): Scripts {
  return Object.fromEntries(Object.entries(scripts).map(([path, { start: _, ...rest }]) => [path, rest]));
}

const setting = (name: string, value: unknown): TrustedSetting => ({
  setting: name,
  value: typeof value === "string" ? value : JSON.stringify(value),
});
const given = (name: string, value: unknown): TrustedSetting[] => (value === undefined ? [] : [setting(name, value)]);
const listed = (name: string, values: readonly string[]): TrustedSetting[] =>
  values.length === 0 ? [] : [setting(name, values)];
const always = (name: string, start: string | undefined): TrustedSetting[] =>
  start === "always" ? [setting(name, start)] : [];
