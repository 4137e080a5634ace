// Turns the window into a presentation, with the tour over the request or without. Presenting a script that was never
// requested sends its first request: there is nothing else to show of it.
import { needsFolder } from "../../model/folder/command-needs.js";
import { isSafe, methodOf, useComposer } from "../../model/request/composer-store.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { type Commands, command, runToEnd } from "../../platform/command-registry.js";
import { enterPresentation, leavePresentation, usePresentation } from "../../platform/presentation.js";
import { useSelection } from "../../platform/selection.js";
import { stepsOf } from "./steps.js";

export const presentCommands = {
  "view.present": command(() => needsFolder() ?? whyNothing(), present),
  "tour.start": command(() => needsFolder() ?? (traceToExplain() === null ? nothing : null), explain),
} satisfies Partial<Commands>;

function whyNothing(): string | null {
  return isFirstSent() || traceToPresent() !== null ? null : nothing;
}

const nothing = "Send a request to a script first.";

function explain(): void {
  const id = traceToExplain();
  if (id !== null) enterPresentation(id, 0);
}

async function present(): Promise<void> {
  if (usePresentation.getState().isOn) {
    leavePresentation();
    return;
  }
  if (isFirstSent()) {
    const { sentId: before } = useSelection.getState();
    await runToEnd("request.send");
    const { sentId } = useSelection.getState();
    // Otherwise the composer, or a notice, says why nothing was sent.
    if (sentId !== null && sentId !== before) enterPresentation(sentId);
    return;
  }
  const id = traceToPresent();
  if (id !== null) enterPresentation(id);
}

/** The open script was not requested yet, and a request to it changes nothing. */
function isFirstSent(): boolean {
  const composer = useComposer.getState();
  const { subject } = composer;
  return (
    subject !== null &&
    isSafe(methodOf(composer)) &&
    !useTraceStore.getState().rows.some(({ file }) => file === subject)
  );
}

/** The trace on the stage, whatever it is of; else the one that would be presented. */
const traceToExplain = (): string | null =>
  usePresentation.getState().isOn ? useSelection.getState().traceId : traceToPresent();

/** The trace that is shown, when a script ran for it; else the newest for which one did. */
function traceToPresent(): string | null {
  const steps = stepsOf(useTraceStore.getState().rows);
  const { traceId } = useSelection.getState();
  return (steps.find(({ id }) => id === traceId) ?? steps.at(-1))?.id ?? null;
}
