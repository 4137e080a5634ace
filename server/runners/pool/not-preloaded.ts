// What an agent writes of modules that it could not preload, before its first request. The line is the agents' own, in
// each language; everything else belongs to the script.
import type { Mode } from "../../contract/modes.js";

export interface NotPreloaded {
  readonly module: string;
  readonly systemText: string;
}

const line = /^cgi-workbench-agent: (\S+) is not preloaded: (.*)\n/gm;

/**
 * `failed`: of the configured modules, `preload`. `leftOut`: the lines about others, which prefork would have loaded by
 * itself. `rest`: the output without all these lines.
 */
export function notPreloadedIn(
  output: Uint8Array,
  preload: readonly string[],
  mode: Mode,
): { readonly failed: readonly NotPreloaded[]; readonly leftOut: Uint8Array; readonly rest: Uint8Array } {
  const failed: NotPreloaded[] = [];
  let leftOut = "";
  const rest = Buffer.from(output)
    .toString("latin1")
    .replace(line, (whole, ...groups: string[]) => {
      const [module = "", systemText = ""] = groups.map((text) => Buffer.from(String(text), "latin1").toString());
      const isConfigured = preload.includes(module);
      if (!isConfigured && mode !== "prefork") return whole;
      if (isConfigured) failed.push({ module, systemText });
      else leftOut += whole;
      return "";
    });
  return { failed, leftOut: Buffer.from(leftOut, "latin1"), rest: Buffer.from(rest, "latin1") };
}
