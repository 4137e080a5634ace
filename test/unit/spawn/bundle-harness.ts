// A harness as a program of its own, because Node 20 runs no TypeScript: bundled into a
// temporary folder, where koffi is found or not.
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";

export interface Harness {
  readonly file: string;
  remove(): void;
}

/** `name`: a file beside this one, without its ending. */
export async function bundleHarness(name: string, { hasKoffi }: { hasKoffi: boolean }): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), "harness-"));
  await build({
    configFile: false,
    logLevel: "error",
    build: {
      ssr: join(import.meta.dirname, `${name}.ts`),
      outDir: folder,
      minify: false,
      rolldownOptions: { output: { entryFileNames: "harness.mjs" } },
    },
  });
  if (hasKoffi) symlinkSync(join(import.meta.dirname, "../../../node_modules"), join(folder, "node_modules"));
  return { file: join(folder, "harness.mjs"), remove: () => rmSync(folder, { recursive: true }) };
}
