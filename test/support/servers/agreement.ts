// How far the profile of a server agrees with the real one, over cases.
import type { ServerId } from "../../../server/contract/server-ids.js";
import { tempFolder } from "../temp-workspace.js";
import { askAll } from "./ask.js";
import { difference, isByChance, runOf } from "./compare.js";
import type { ServerCase } from "./corpus.js";

export interface Agreement {
  /** Cases of which the profile says something. */
  readonly predicted: number;
  /** Of each that differs: its name, what was predicted and what was seen. */
  readonly different: readonly string[];
  /** Of those that the profile says to depend on chance. */
  readonly byChance: number;
}

export async function agreementOf(id: ServerId, cases: readonly ServerCase[]): Promise<Agreement> {
  using folder = tempFolder();
  const wires = await askAll(id, folder, cases);
  let predicted = 0;
  let byChance = 0;
  const different: string[] = [];
  for (const [index, one] of cases.entries()) {
    const run = runOf(one, folder.path);
    const found = difference(id, run, wires[index] ?? "");
    if (found !== null) predicted++;
    if (found === null || found === "") continue;
    if (isByChance(id, run, wires[index] ?? "")) byChance++;
    else different.push(`${one.name} ${JSON.stringify(one.stdout.slice(0, 200))}\n${found.slice(0, 1500)}`);
  }
  return { predicted, different, byChance };
}
