// The examples, and new scripts.
import { needsConnection, needsFolder } from "../../model/folder/command-needs.js";
import { openSamplesDialog, useSamples } from "../../model/folder/samples-store.js";
import { type Commands, command } from "../../platform/command-registry.js";

const needsExamples = (): string | null =>
  needsFolder() ??
  (useSamples.getState().changes?.isSamples
    ? null
    : "The open folder is not a copy of the examples. Open them first: Try the examples.");

export const samplesCommands = {
  "samples.start": command(needsConnection, () => openSamplesDialog("start")),
  "samples.show": command(needsExamples, () => openSamplesDialog("catalogue")),
  "samples.reset": command(needsExamples, () => openSamplesDialog("reset")),
  "script.new": command(needsConnection, () => openSamplesDialog("new-script")),
} satisfies Partial<Commands>;
