// Converts the folder's configuration to the settings that the gateway reads for each request.
import { isIPv6 } from "node:net";
import { domainToASCII } from "node:url";
import { serverSoftware } from "../base/version.js";
import type { GatewaySettings } from "../http/base/gateway-settings.js";
import { utf8 } from "../protocol/byte-string.js";
import { profiles } from "../servers/profiles.js";
import type { Workspace } from "../workspace/workspace.js";

type ConfiguredFolder = Pick<Workspace, "config" | "inherited" | "isTrusted">;

/** The settings of the active configuration; made once per configuration, because every request reads them. */
export function gatewaySettingsOf(folder: ConfiguredFolder): () => GatewaySettings {
  let { config, isTrusted } = folder;
  let settings = gatewaySettings(folder);
  return () => {
    if (folder.config !== config || folder.isTrusted !== isTrusted) {
      ({ config, isTrusted } = folder);
      settings = gatewaySettings(folder);
    }
    return settings;
  };
}

/** `inherited`: what scripts inherit from the workbench's environment. */
export function gatewaySettings({ config, inherited, isTrusted }: ConfiguredFolder): GatewaySettings {
  const { silenceMs, totalMs, concurrency, queue, requestBodyBytes } = config.limits;
  return {
    limits: { silenceMs, totalMs, concurrency, queue, requestBodyBytes },
    hosts: new Set(config.server.hosts.map(hostName)),
    allowedOrigins: new Set(config.server.allowedOrigins.map(serialisedOrigin)),
    serviceWorkers: config.server.serviceWorkers,
    otherUsers: config.server.otherUsers,
    isTrusted,
    inherited,
    serverSoftware,
    serverAdmin: config.server.admin === null ? null : utf8(config.server.admin),
    policy: config.policy,
    catchesMail: config.mail === "caught",
    serveLike: profiles.find(({ id }) => id === config.serveLike) ?? null,
  };
}

/** For comparison with requests: lower case, in ASCII, without a port and a final dot, IPv6 in brackets. */
function hostName(host: string): string {
  if (isIPv6(host)) return `[${host.toLowerCase()}]`;
  const name = host.toLowerCase().replace(/\.?(?::\d+)?$/, "");
  return domainToASCII(name) || name;
}

/** What browsers send in Origin: without a path, and without the scheme's default port. */
const serialisedOrigin = (origin: string): string => (origin === "null" ? origin : new URL(origin).origin);
