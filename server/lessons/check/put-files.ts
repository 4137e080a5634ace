// The files of a check, in the copy of a work that may have anything in their places.
import { lstat, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unlessMissing } from "../../base/disk.js";
import { workspacePath } from "../../contract/workspace.js";
import { fill, type Values } from "../format/fill.js";
import type { Check } from "../format/schema.js";

/** What is no folder on the way, such as a link, is replaced by one. */
export async function putFiles(folder: string, files: Check["files"], values: Values): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = workspacePath.parse(fill(name, values));
    let at = folder;
    for (const part of dirname(path).split("/")) {
      at = join(at, part);
      if ((await unlessMissing(lstat(at), null))?.isDirectory()) continue;
      await rm(at, { force: true });
      await mkdir(at);
    }
    const file = join(folder, path);
    await rm(file, { recursive: true, force: true });
    await writeFile(file, fill(content, values), { flag: "wx" });
  }
}
