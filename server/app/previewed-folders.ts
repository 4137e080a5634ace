// Which folder a browser last showed previews of, for each origin of scripts: cookies and storage that
// its pages left are not for the pages of another folder. Kept between starts, since browsers keep
// them too; the desktop app does not need it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { errorCode } from "../base/disk.js";
import { type Log, noteOf } from "../base/log.js";
import { replacePrivateFile, userDataPath } from "../base/user-data.js";
import { logMessage } from "./messages.js";

const stored = z.record(z.string(), z.string());
type Folders = Readonly<Record<string, string>>;
/** Origins that are remembered; the oldest are forgotten. */
const maxOrigins = 200;

export class PreviewedFolders {
  readonly #folder: () => string | null;
  readonly #log: Pick<Log, "write">;
  readonly #file: string;
  /** Folders by origin that are not in the file yet. */
  readonly #unsaved = new Map<string, string>();
  /** Settles with the last write. */
  #writing: Promise<void> = Promise.resolve();

  /** `folder`: the open one, absolute. */
  constructor(
    folder: () => string | null,
    log: Pick<Log, "write">,
    file = join(userDataPath(), "previewed-folders.json"),
  ) {
    this.#folder = folder;
    this.#log = log;
    this.#file = file;
  }

  get folder(): string | null {
    return this.#folder();
  }

  /** Whether the last preview at this origin was of another folder. */
  isOther(origin: string): boolean {
    const last = this.#unsaved.get(origin) ?? this.#read()[origin];
    return last !== undefined && last !== this.#folder();
  }

  /** A preview of the open folder is shown. The log says so when it cannot be remembered. */
  shown(origin: string): void {
    const folder = this.#folder();
    if (folder === null || (this.#unsaved.get(origin) ?? this.#read()[origin]) === folder) return;
    this.#unsaved.set(origin, folder);
    this.#writing = this.#writing.then(() => this.#write(origin, folder));
  }

  /** Resolves when all that was shown so far is in the file, or cannot be. */
  saved(): Promise<void> {
    return this.#writing;
  }

  /** Reads the file again before each write: other servers of the user write it too. */
  async #write(origin: string, folder: string): Promise<void> {
    const { [origin]: _before, ...others } = this.#read();
    const kept = [...Object.entries(others).slice(1 - maxOrigins), [origin, folder] as const];
    try {
      await replacePrivateFile(this.#file, JSON.stringify(Object.fromEntries(kept)));
      if (this.#unsaved.get(origin) === folder) this.#unsaved.delete(origin);
    } catch (error) {
      const message = logMessage("previews-not-kept", { path: this.#file, errno: errorCode(error) });
      this.#log.write(noteOf("warning", "workbench", message));
    }
  }

  /** Empty if there is no file, or one that cannot be read, which the next write replaces. */
  #read(): Folders {
    try {
      return stored.safeParse(JSON.parse(readFileSync(this.#file, "utf8"))).data ?? {};
    } catch (error) {
      if (error instanceof SyntaxError || errorCode(error)) return {};
      throw error;
    }
  }
}
