// The settings of one script: the keys under "scripts" are paths in the workspace, which can be spelt in several ways.
import { posix } from "node:path";
import type { Config } from "../contract/config.js";

/** The path in the workspace: "cgi-bin/x.py" for "./cgi-bin/x.py" and "/cgi-bin/x.py". */
export const scriptPath = (key: string): string => posix.join("/", key).slice(1);

/** Finds the settings of a path in the workspace; undefined: it has none. */
export const scriptSettings = (
  { scripts }: Pick<Config, "scripts">,
  path: string,
): Config["scripts"][string] | undefined => Object.entries(scripts).find(([key]) => scriptPath(key) === path)?.[1];
