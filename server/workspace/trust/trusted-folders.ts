// The folders that the user trusts, in one private file of the user's data folder: by real path, each with the
// fingerprint of the settings that were trusted. Nothing in a folder can make it trusted.

import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { errorCode } from "../../base/disk.js";
import { jsonOf } from "../../base/json-of.js";
import { ProblemError } from "../../base/problem.js";
import { replacePrivateFile, userDataPath } from "../../base/user-data.js";
import { trustMessage } from "./messages.js";

const absolute = z.string().startsWith("/");
const kept = z.object({
  schema: z.literal(1),
  /** Fingerprints by folder. */
  folders: z.record(absolute, z.string()),
  /**
   * Every folder below these is trusted, whatever its settings: written by hand, for a place that is the user's alone.
   */
  below: z.array(absolute).default([]),
});
type TrustedFoldersFile = z.infer<typeof kept>;

type Environment = Readonly<Record<string, string | undefined>>;
const none: TrustedFoldersFile = { schema: 1, folders: {}, below: [] };
const maxBytes = 4 << 20;

export const trustedFoldersFile = (environment?: Environment): string =>
  join(userDataPath(environment), "trusted-folders.json");

/** Changes by this process, one after the other. */
let granting: Promise<unknown> = Promise.resolve();

export class TrustedFolders {
  readonly #file: string;

  constructor(file: string = trustedFoldersFile()) {
    this.#file = file;
  }

  /**
   * "below": trusted whatever its settings; else the fingerprint that was trusted;
   * null: never trusted. @throws ProblemError
   */
  async recordOf(root: string): Promise<"below" | { readonly fingerprint: string } | null> {
    const { folders, below } = await this.#read();
    if (isBelow(root, below)) return "below";
    const fingerprint = Object.hasOwn(folders, root) ? folders[root] : undefined;
    return fingerprint === undefined ? null : { fingerprint };
  }

  /** Trusts a folder with these settings. @throws ProblemError */
  grant(root: string, fingerprint: string): Promise<void> {
    const mine = granting.then(() => this.#grant(root, fingerprint));
    granting = mine.catch(() => undefined); // its caller gets the reason
    return mine;
  }

  /** Ends the trust in a folder. False if it had none. @throws ProblemError, also for a folder below a trusted place */
  revoke(root: string): Promise<boolean> {
    const mine = granting.then(() => this.#revoke(root));
    granting = mine.catch(() => undefined); // its caller gets the reason
    return mine;
  }

  async #revoke(root: string): Promise<boolean> {
    const before = await this.#read();
    const place = before.below.find((at) => isBelow(root, [at]));
    if (place !== undefined) throw new ProblemError(trustMessage("trust-below", { place, path: this.#file }));
    if (!Object.hasOwn(before.folders, root)) return false;
    const { [root]: _, ...folders } = before.folders;
    await this.#write({ ...before, folders });
    return true;
  }

  async #grant(root: string, fingerprint: string): Promise<void> {
    const before = await this.#read();
    if (isBelow(root, before.below) || before.folders[root] === fingerprint) return;
    await this.#write({ ...before, folders: { ...before.folders, [root]: fingerprint } });
  }

  async #write(now: TrustedFoldersFile): Promise<void> {
    try {
      await replacePrivateFile(this.#file, `${JSON.stringify(now, null, 2)}\n`);
    } catch (error) {
      throw new ProblemError(trustMessage("trust-not-kept", { path: this.#file, errno: errorCode(error) }), {
        cause: error,
      });
    }
  }

  async #read(): Promise<TrustedFoldersFile> {
    const text = await privateText(this.#file);
    if (text === null) return none;
    const parsed = text === "not private" ? null : kept.safeParse(jsonOf(text));
    if (parsed?.success) return parsed.data;
    throw new ProblemError(trustMessage("trust-not-read", { path: this.#file }));
  }
}

const isBelow = (root: string, places: readonly string[]): boolean =>
  places.some((place) => root === place || root.startsWith(place.endsWith("/") ? place : `${place}/`));

/** Null without such a file; "not private" if another user owns or can write it, or it is too long. */
async function privateText(path: string): Promise<string | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      const isOwn = process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0);
      return stats.isFile() && isOwn && stats.size <= maxBytes ? await file.readFile("utf8") : "not private";
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code === "") throw error;
    return "not private";
  }
}
