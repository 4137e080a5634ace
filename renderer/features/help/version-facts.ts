// What the About dialog shows and a problem report needs: which versions run here.
import type { WorkbenchBridge } from "../../../server/contract/bridge.js";
import type { WorkbenchState } from "../../../server/contract/workspace.js";

const unknownVersion = "unknown: not connected to the server";

export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** `server`: null before its first state. In a browser (`bridge` is null) the user agent names the browser. */
export function versionFacts(
  server: Pick<WorkbenchState, "version" | "nodeVersion"> | null,
  bridge: Pick<WorkbenchBridge, "platform" | "versions"> | null,
  userAgent: string,
): readonly Fact[] {
  const product = [
    { name: "Version", value: server?.version ?? unknownVersion },
    { name: "Licence", value: "MIT" },
  ];
  if (bridge === null)
    return [
      ...product,
      { name: "Browser", value: browserOf(userAgent) },
      { name: "Node.js", value: server?.nodeVersion ?? unknownVersion },
    ];
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

/** "Firefox 140"; the whole user agent for any other browser. */
function browserOf(userAgent: string): string {
  for (const [name, pattern] of Object.entries(browsers)) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return userAgent;
}
