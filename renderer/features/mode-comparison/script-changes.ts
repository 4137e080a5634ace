// What the comparison of modes changes in the folder for a script. A notice says what was done, with an Undo.
import type { Leak } from "../../../server/contract/command-output.js";
import type { Mode } from "../../../server/contract/modes.js";
import { baseOf } from "../../format/file-path.js";
import { closeModeComparison, useModeComparison } from "../../platform/mode-comparison.js";
import { notify, orNotify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { connected } from "../../rpc/store.js";
import { showLast } from "./measure-store.js";

/** From now on. Reports its own failures. */
export async function runAs(path: string, mode: Mode): Promise<void> {
  const { switchMode } = await import("../modes/switch-mode.js");
  await switchMode(path, mode);
}

/** Writes the file that makes an application of the script. */
export const makeWrapper = (script: string): Promise<void> =>
  orNotify(`No application was made of ${baseOf(script)}`, async () => {
    const { path, token } = await connected().measure.wrap({ path: script });
    notify("info", `${baseOf(path)} calls ${baseOf(script)} as an application.`, undoAction(token, path));
  });

/** Adds the line that puts back what a leak is about, and shows the script with an Undo. */
export const resetLeak = (script: string, { kind, name, before }: Leak): Promise<void> =>
  orNotify(`${baseOf(script)} was not changed`, async () => {
    const { token } = await connected().measure.reset({ path: script, leak: { kind, name, before } });
    notify("info", `${baseOf(script)} now puts ${name} back. Measure again.`, undoAction(token, script));
  });

export const undoAction = (token: string, path: string) => ({ title: "Undo", run: () => void undo(token, path) });

const undo = (token: string, path: string): Promise<void> =>
  orNotify(`The change of ${baseOf(path)} was not undone`, async () => {
    await connected().measure.undo({ token });
    notify("info", `The change of ${baseOf(path)} is undone.`);
    refreshMeasurement(path);
  });

/** A measurement of the script may be outdated now. */
export function refreshMeasurement(script: string): void {
  if (useModeComparison.getState().path === script) void showLast(script); // keeps its own failures
}

/** Shows a file of the folder in the editor, instead of the comparison. */
export function showFile(path: string, line?: number): void {
  closeModeComparison();
  useSelection.getState().open(path, line);
}
