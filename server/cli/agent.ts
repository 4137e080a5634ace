// `cgi-workbench agent`: prints the program that runs the scripts or applications of a language in all modes that have
// an agent, to be used with another server.
import { readFile } from "node:fs/promises";
import { agentFile } from "../base/built-files.js";
import { agentLanguages } from "../contract/modes.js";
import { parsed } from "./config-option.js";
import { UsageError } from "./usage/usage.js";

export async function agent(args: readonly string[]): Promise<number> {
  const { positionals } = parsed(args, {});
  const language = agentLanguages.find((name) => name === positionals[0]);
  if (language === undefined || positionals.length > 1)
    throw new UsageError(`agent takes one of ${agentLanguages.join(", ")}`);
  process.stdout.write(await readFile(agentFile(language)));
  return 0;
}
