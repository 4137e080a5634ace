// Which folder a browser last showed previews of, for each origin of scripts and for each host: storage (of an origin)
// and cookies (of a host, whatever the port) that its pages left are not for the pages of another folder. Kept between
// starts, since browsers keep them too; the desktop app does not need it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { errorCode } from "../base/disk.js";
import { type Log, noteOf } from "../base/log.js";
import { replacePrivateFile, userDataPath } from "../base/user-data.js";
import { logMessage } from "./messages.js";

const stored = z.record(z.string(), z.string());
type Folders = Readonly<Record<string, string>>;
/** Origins and hosts that are remembered; the oldest are forgotten. */
const maxPlaces = 200;

export class PreviewedFolders {
  readonly #folder: () => string | null;
  readonly #log: Pick<Log, "write">;
  readonly #file: string;
  /** Folders by origin and by host that are not in the file yet. */
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
    return this.#isOthers(origin);
  }

  /** Whether the last preview at any origin with this one's host was of another folder. */
  isOtherAtHost(origin: string): boolean {
    return this.#isOthers(origin) || this.#isOthers(hostOf(origin));
  }

  #isOthers(place: string): boolean {
    const last = this.#folderAt(place);
    return last !== undefined && last !== this.#folder();
  }

  #folderAt(place: string): string | undefined {
    return this.#unsaved.get(place) ?? this.#read()[place];
  }

  /** A preview of the open folder is shown. The log says so when it cannot be remembered. */
  shown(origin: string): void {
    const folder = this.#folder();
    const places = [origin, hostOf(origin)];
    if (folder === null || places.every((place) => this.#folderAt(place) === folder)) return;
    for (const place of places) this.#unsaved.set(place, folder);
    this.#writing = this.#writing.then(() => this.#write(places, folder));
  }

  /** Resolves when all that was shown so far is in the file, or cannot be. */
  saved(): Promise<void> {
    return this.#writing;
  }

  /** Reads the file again before each write: other servers of the user write it too. */
  async #write(places: readonly string[], folder: string): Promise<void> {
    const others = Object.entries(this.#read()).filter(([place]) => !places.includes(place));
    const kept = [...others.slice(places.length - maxPlaces), ...places.map((place) => [place, folder] as const)];
    try {
      await replacePrivateFile(this.#file, JSON.stringify(Object.fromEntries(kept)));
      for (const place of places) if (this.#unsaved.get(place) === folder) this.#unsaved.delete(place);
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

/** No origin looks like it. */
const hostOf = (origin: string): string => new URL(origin).hostname;
