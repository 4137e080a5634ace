// What the About dialog tells, and a problem report needs: which versions run here.
import type { WorkbenchBridge } from "../../../server/contract/bridge.js";

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** `version`: the product's; null before the server has told it. In a browser (`bridge` null) the user agent names the browser. */
export function versionFacts(
  version: string | null,
  bridge: Pick<WorkbenchBridge, "platform" | "versions"> | null,
  userAgent: string,
): readonly Fact[] {
  const product = [
    { name: "Version", value: version ?? "unknown: not connected to the server" },
    { name: "Licence", value: "MIT" },
  ];
  if (bridge === null) return [...product, { name: "Browser", value: browserOf(userAgent) }];
  const { electron, chromium, node } = bridge.versions;
  return [
    ...product,
    { name: "Electron", value: electron },
    { name: "Chromium", value: chromium },
    { name: "Node.js", value: node },
    { name: "System", value: bridge.platform },
  ];
}

/** Name → where its version is in a user agent. The names of others are in it too, so the order counts. */
const browsers = {
  Edge: /\bEdg\/(\d+)/,
  Opera: /\bOPR\/(\d+)/,
  Firefox: /\bFirefox\/(\d+)/,
  Chrome: /Chrome\/(\d+)/,
  Safari: /\bVersion\/(\d+)\S* Safari\//,
} as const;

/** "Firefox 140"; the whole user agent when it is none of these. */
function browserOf(userAgent: string): string {
  for (const [name, pattern] of Object.entries(browsers)) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return userAgent;
}
