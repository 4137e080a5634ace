// Whether the traces of a workspace are stored, how large and how old they may become: beside the traces in the user's
// data folder, not in the workspace, since it is the user's disk and the user's data.
import { readFile } from "node:fs/promises";
import { errorCode } from "../base/disk.js";
import { replacePrivateFile } from "../base/user-data.js";
import { defaultStoreAgeDays, defaultStoreBytes, storesByDefault } from "../contract/limits.js";
import { type StoreSettings, storeSettings } from "../contract/traces-contract.js";
import { storePath } from "./store-path.js";

export const defaultStoreSettings: StoreSettings = {
  isOn: storesByDefault,
  maxBytes: defaultStoreBytes,
  maxAgeDays: defaultStoreAgeDays,
};

const settingsFile = (root: string): string => storePath(root).replace(/\.db$/, ".json");

/**
 * Reads the settings. A file that cannot be read, or is not valid, means the default ones. `onUnreadable` gets why.
 */
export async function readStoreSettings(root: string, onUnreadable: (why: string) => void): Promise<StoreSettings> {
  try {
    return storeSettings.parse(JSON.parse(await readFile(settingsFile(root), "utf8")));
  } catch (error) {
    if (errorCode(error) !== "ENOENT") onUnreadable(error instanceof Error ? error.message : String(error));
    return defaultStoreSettings;
  }
}

/** @throws the system's error */
export const writeStoreSettings = (root: string, settings: StoreSettings): Promise<void> =>
  replacePrivateFile(settingsFile(root), `${JSON.stringify(settings, null, 2)}\n`);
