// What a kept measurement no longer says of the script as it is now.
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Measurement, Outdated } from "../../contract/measure-contract.js";
import type { Workspace } from "../../workspace/workspace.js";
import { preloadOf } from "../wrap/script-changes.js";
import { diskHash } from "./measure.js";

type Measured = Pick<Measurement, "path" | "scriptHash" | "hasChanged" | "wrapper"> & {
  readonly startup: Pick<NonNullable<Measurement["startup"]>, "preloaded"> | null;
};

/** What is another one now than when it was measured; null: nothing. */
export async function outdatedIn(
  workspace: Workspace,
  { path, scriptHash, hasChanged, wrapper, startup }: Measured,
): Promise<Outdated | null> {
  const hashOf = (name: string): Promise<string | null> => diskHash(join(workspace.root, name));
  if ((await hashOf(path)) !== scriptHash) return "script";
  if (wrapper !== null && (await hashOf(wrapper.path)) !== wrapper.hash) return "wrapper";
  // Saved meanwhile and changed back: which of the two it was is not kept.
  if (hasChanged) return "script";
  const preloaded = startup?.preloaded ?? null;
  return preloaded === null || isDeepStrictEqual(preloadOf(workspace, path), preloaded) ? null : "preload";
}
