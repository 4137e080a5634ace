// From the folder's configuration to what the gateway reads for each request.
import { isIPv6 } from "node:net";
import { serverSoftware } from "../base/version.js";
import type { GatewaySettings } from "../http/exchange/gateway-settings.js";
import type { Workspace } from "../workspace/workspace.js";

type ConfiguredFolder = Pick<Workspace, "config" | "inherited">;

/** The settings by the folder's configuration in force; made once for each configuration, because every request asks. */
export function gatewaySettingsOf(folder: ConfiguredFolder): () => GatewaySettings {
  let config = folder.config;
  let settings = gatewaySettings(folder);
  return () => {
    if (folder.config !== config) {
      config = folder.config;
      settings = gatewaySettings(folder);
    }
    return settings;
  };
}

/** `inherited`: what scripts get of the workbench's own environment. */
export function gatewaySettings({ config, inherited }: ConfiguredFolder): GatewaySettings {
  const { silenceMs, totalMs, concurrency, queue, requestBodyBytes } = config.limits;
  return {
    limits: { silenceMs, totalMs, concurrency, queue, requestBodyBytes },
    hosts: new Set(config.server.hosts.map(hostName)),
    allowedOrigins: new Set(config.server.allowedOrigins.map(serialisedOrigin)),
    inherited,
    serverSoftware,
    policy: config.policy,
  };
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
