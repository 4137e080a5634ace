// Paths as the workbench keeps them: without links.
import { realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { unlessRefused } from "../base/disk.js";

/**
 * The path without links. If it does not exist or cannot be reached, the links above it that can be read are resolved.
 */
export async function withoutLinks(path: string): Promise<string> {
  const whole = resolve(path);
  const real = await unlessRefused(realpath(whole), null);
  return real ?? (whole === dirname(whole) ? whole : fileWithoutLinks(whole));
}

/** The file itself may be a link. */
export async function fileWithoutLinks(file: string): Promise<string> {
  const whole = resolve(file);
  return join(await withoutLinks(dirname(whole)), basename(whole));
}
