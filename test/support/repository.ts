// Where the repository lies, and its manifest.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

/** Absolute path, without a slash at its end. */
export const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

const manifestSchema = z.object({
  version: z.string(),
  license: z.string(),
  main: z.string(),
  bin: z.record(z.string(), z.string()),
  scripts: z.record(z.string(), z.string()),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
export const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8")));
