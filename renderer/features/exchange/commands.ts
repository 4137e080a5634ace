// Traces as files: saved, and taken in.
import type { SavedForm } from "../../../server/contract/saved-forms.js";
import { needsConnection, needsFolder } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";

const needsTrace = (): string | null =>
  useSelection.getState().traceId === null ? "Select a trace first." : needsConnection();

/** The dialog is about the trace that is selected now, whatever is selected while it is open. */
const ask = (form: SavedForm) => (): void => openDialog("export", `${form} ${useSelection.getState().traceId}`);

export const exchangeCommands = {
  "trace.exportCapsule": command(needsTrace, ask("capsule")),
  "trace.exportHar": command(needsTrace, ask("har")),
  "trace.exportPage": command(needsTrace, ask("html")),
  "trace.open": command(needsFolder, () => openDialog("open-traces")),
} satisfies Partial<Commands>;
