// Traces as files: saved, and taken in.
import type { SavedForm } from "../../../server/contract/saved-forms.js";
import { needsFolder, needsTraceOnline } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";

/** The dialog is about the trace that is selected now, whatever is selected while it is open. */
const ask = (form: SavedForm) => (): void => openDialog("export", `${form} ${useSelection.getState().traceId}`);

export const exchangeCommands = {
  "trace.exportCapsule": command(needsTraceOnline, ask("capsule")),
  "trace.exportHar": command(needsTraceOnline, ask("har")),
  "trace.exportPage": command(needsTraceOnline, ask("html")),
  "trace.open": command(needsFolder, () => openDialog("open-traces")),
} satisfies Partial<Commands>;
