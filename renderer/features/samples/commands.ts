// The examples, new scripts, and compiling a C one.
import { needsConnection, needsFolder } from "../../model/folder/command-needs.js";
import { openSamplesDialog, useSamples } from "../../model/folder/samples-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";

const needsExamples = (): string | null =>
  needsFolder() ??
  (useSamples.getState().changes?.isSamples
    ? null
    : "The open folder is not a copy of the examples. Open them first: Try the examples.");

const needsSource = (): string | null =>
  needsFolder() ?? (useSelection.getState().openFile?.endsWith(".c") ? null : "Open a C source first.");

async function compileOpenFile(): Promise<void> {
  const path = useSelection.getState().openFile;
  const { client } = useServer.getState();
  const root = useWorkspace.getState().workspace?.root ?? null;
  if (path === null || !client) return;
  const { program } = await client.samples.compile({ root, path });
  notify("info", `${path} was compiled to ${program}.`);
}

export const samplesCommands = {
  "samples.start": command(needsConnection, () => openSamplesDialog("start")),
  "samples.show": command(needsExamples, () => openSamplesDialog("catalogue")),
  "samples.reset": command(needsExamples, () => openSamplesDialog("reset")),
  "script.new": command(needsConnection, () => openSamplesDialog("new-script")),
  "script.compile": command(needsSource, compileOpenFile),
} satisfies Partial<Commands>;
