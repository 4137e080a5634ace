// What can be done with the response of the chosen trace.
import { needsConnection } from "../../model/folder/command-needs.js";
import { showResponse } from "../../model/traces/response-mode.js";
import { saveBodyOf } from "../../model/traces/save-body.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";

const needsTrace = (): string | null =>
  useSelection.getState().traceId === null ? "Select a request first." : needsConnection();

export const responseCommands = {
  "response.save": command(needsTrace, () => saveBodyOf(useSelection.getState().traceId ?? "")),
  "response.rendered": command(needsTrace, () => showResponse("rendered")),
  "response.source": command(needsTrace, () => showResponse("source")),
  "response.headers": command(needsTrace, () => showResponse("headers")),
} satisfies Partial<Commands>;
