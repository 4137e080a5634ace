// What an agent writes of modules that it could not preload, before its first request. The line is the agents' own, in
// each language; everything else belongs to the script.

export interface NotPreloaded {
  readonly module: string;
  readonly systemText: string;
}

const line = /^cgi-workbench-agent: (\S+) is not preloaded: (.*)\n/gm;

/** `preload`: the configured modules, which alone count. `rest`: the output without these lines. */
export function notPreloadedIn(
  output: Uint8Array,
  preload: readonly string[],
): { readonly failed: readonly NotPreloaded[]; readonly rest: Uint8Array } {
  const failed: NotPreloaded[] = [];
  const rest = Buffer.from(output)
    .toString("latin1")
    .replace(line, (whole, ...groups: string[]) => {
      const [module = "", systemText = ""] = groups.map((text) => Buffer.from(String(text), "latin1").toString());
      if (!preload.includes(module)) return whole;
      failed.push({ module, systemText });
      return "";
    });
  return { failed, rest: failed.length === 0 ? output : Buffer.from(rest, "latin1") };
}
