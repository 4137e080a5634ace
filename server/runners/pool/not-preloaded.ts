// What an agent writes of modules that it could not preload, before its first request, and what prefork's writes of
// those that it preloads by itself. The lines are the agents' own; everything else belongs to the script.
import type { Mode } from "../../contract/modes.js";

export interface NotPreloaded {
  readonly module: string;
  readonly systemText: string;
}

const line = /^cgi-workbench-agent: (?:(\S+) is not preloaded: (.*)|Preloaded.*)\n/gm;

/**
 * `failed`: of the configured modules, `preload`. `others`: the lines about modules that prefork loads by itself.
 * `rest`: the output without all these lines.
 */
export function notPreloadedIn(
  output: Uint8Array,
  preload: readonly string[],
  mode: Mode,
): { readonly failed: readonly NotPreloaded[]; readonly others: Uint8Array; readonly rest: Uint8Array } {
  const failed: NotPreloaded[] = [];
  let others = "";
  const rest = Buffer.from(output)
    .toString("latin1")
    .replace(line, (whole, ...groups: string[]) => {
      const [module = "", systemText = ""] = groups.map((text) => Buffer.from(String(text ?? ""), "latin1").toString());
      const isConfigured = preload.includes(module);
      if (!isConfigured && mode !== "prefork") return whole;
      if (isConfigured) failed.push({ module, systemText });
      else others += whole;
      return "";
    });
  return { failed, others: Buffer.from(others, "latin1"), rest: Buffer.from(rest, "latin1") };
}
