// The title of a fix, as the window shows it on buttons and in menus.
import type { FixId } from "../../server/contract/doctor-contract.js";
import { fixNamed } from "../../server/doctor/fixes/fixes.js";

export function fixTitle(id: FixId): string {
  const fix = fixNamed(id);
  if (!fix) throw new Error(`There is no fix ${id}.`);
  return fix.title;
}
