// What a package must have of the built agents and adapters.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../support/repository.js";

/** Their paths in a package, in order. @throws Error if the build has none */
export function builtAgents(): string[] {
  const names = readdirSync(join(repositoryRoot, "dist/agents"));
  if (!names.includes("cgi-workbench-agent.py")) throw new Error("dist/agents has no agent for Python");
  return names.map((name) => `dist/agents/${name}`).sort();
}
