// The examples, new scripts, and compiling a C one.
import { openSamplesDialog, useSamples } from "../../model/folder/samples-store.js";
import { type Command, command, needsConnection, needsFolder } from "../../platform/command.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useServer } from "../../rpc/store.js";

const needsExamples = (): string | null =>
  needsFolder() ?? (useSamples.getState().changes?.isSamples ? null : "The open folder is not a copy of the examples.");

const needsSource = (): string | null =>
  needsFolder() ?? (useSelection.getState().openFile?.endsWith(".c") ? null : "Open a C source first.");

async function compileOpenFile(): Promise<void> {
  const path = useSelection.getState().openFile;
  const { client } = useServer.getState();
  if (path === null || !client) return;
  const { program } = await client.samples.compile({ path });
  notify("info", `${path} was compiled to ${program}.`);
}

export const samplesCommands: readonly Command[] = [
  command("samples.start", "Try the examples…", [], needsConnection, () => openSamplesDialog("start")),
  command("samples.show", "Examples…", [], needsExamples, () => openSamplesDialog("catalogue")),
  command("samples.reset", "Put the examples back as they were…", [], needsExamples, () => openSamplesDialog("reset")),
  command("script.new", "New script…", [], needsConnection, () => openSamplesDialog("new-script")),
  command("script.compile", "Compile the open C source", [], needsSource, compileOpenFile),
];
