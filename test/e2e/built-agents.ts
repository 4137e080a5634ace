// What a package must have of the built agents and adapters.
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { repositoryRoot } from "../support/repository.js";

/** The paths of their files in a package, in order. @throws Error if the build has none */
export function builtAgents(): string[] {
  const entries = readdirSync(join(repositoryRoot, "dist/agents"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  if (!files.some(({ name }) => name === "cgi-workbench-agent.py"))
    throw new Error("dist/agents has no agent for Python");
  return files.map(({ parentPath, name }) => relative(repositoryRoot, join(parentPath, name))).sort();
}
