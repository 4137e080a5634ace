// Which folder a browser last showed previews of, for each origin of scripts: cookies and storage that its pages left are not for
// the pages of another folder. Kept between starts, since browsers keep them too; the desktop app does not need it.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { errorCode } from "../base/disk.js";
import { userDataPath } from "../base/user-data.js";

const stored = z.record(z.string(), z.string());
/** Origins that are remembered; the oldest are forgotten. */
const maxOrigins = 200;

export class PreviewedFolders {
  readonly #folder: () => string | null;
  readonly #file: string;

  /** `folder`: the open one, absolute. */
  constructor(folder: () => string | null, file = join(userDataPath(), "previewed-folders.json")) {
    this.#folder = folder;
    this.#file = file;
  }

  get folder(): string | null {
    return this.#folder();
  }

  /** Whether the last preview at this origin was of another folder. */
  isOther(origin: string): boolean {
    const last = this.#read()[origin];
    return last !== undefined && last !== this.#folder();
  }

  /** A preview of the open folder is shown. */
  shown(origin: string): void {
    const folder = this.#folder();
    const known = this.#read();
    if (folder === null || known[origin] === folder) return;
    const { [origin]: _before, ...others } = known;
    const kept = [...Object.entries(others).slice(1 - maxOrigins), [origin, folder] as const];
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    writeFileSync(this.#file, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 });
  }

  /** Empty if there is no file, or a damaged one, which the next write replaces. */
  #read(): Readonly<Record<string, string>> {
    try {
      return stored.safeParse(JSON.parse(readFileSync(this.#file, "utf8"))).data ?? {};
    } catch (error) {
      if (error instanceof SyntaxError || errorCode(error) === "ENOENT") return {};
      throw error;
    }
  }
}
