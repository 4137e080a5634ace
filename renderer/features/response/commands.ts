// What can be done with the response of the chosen trace.
import { needsTraceOnline } from "../../model/folder/command-needs.js";
import { showResponse } from "../../model/traces/response-mode.js";
import { saveBodyOf } from "../../model/traces/save-body.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";

export const responseCommands = {
  "response.save": command(needsTraceOnline, () => saveBodyOf(useSelection.getState().traceId ?? "")),
  "response.rendered": command(needsTraceOnline, () => showResponse("rendered")),
  "response.source": command(needsTraceOnline, () => showResponse("source")),
  "response.headers": command(needsTraceOnline, () => showResponse("headers")),
} satisfies Partial<Commands>;
