// From the folder's configuration to what the gateway reads for each request. PATH is the only variable of the workbench's own
// environment that scripts get without being named.
import { isIPv6 } from "node:net";
import { serverSoftware } from "../base/version.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Config } from "../contract/config.js";
import type { GatewaySettings } from "../http/exchange/gateway-settings.js";
import { utf8 } from "../protocol/byte-string.js";

export type Environment = Readonly<Record<string, string | undefined>>;

/** `environment`: the workbench's own. */
export function gatewaySettings(config: Config, environment: Environment): GatewaySettings {
  const { silenceMs, totalMs, concurrency, queue, requestBodyBytes } = config.limits;
  return {
    limits: { silenceMs, totalMs, concurrency, queue, requestBodyBytes },
    hosts: new Set(config.server.hosts.map(hostName)),
    allowedOrigins: new Set(config.server.allowedOrigins.map(serialisedOrigin)),
    inherited: inheritedVariables(config.inherit, environment),
    serverSoftware,
    policy: config.policy,
  };
}

function inheritedVariables(names: readonly string[], environment: Environment): ReadonlyMap<ByteString, ByteString> {
  const variables = new Map<ByteString, ByteString>();
  for (const name of ["PATH", ...names]) {
    const value = environment[name];
    if (value !== undefined) variables.set(utf8(name), utf8(value));
  }
  return variables;
}

/** As requests are compared: lower case, without a port, IPv6 in brackets. */
function hostName(host: string): string {
  if (isIPv6(host)) return `[${host.toLowerCase()}]`;
  return host.toLowerCase().replace(/:\d+$/, "");
}

/** As browsers send it in Origin: without a path, and without the scheme's own port. What is no URL stays as it is, and matches nothing. */
function serialisedOrigin(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).origin : origin;
}
