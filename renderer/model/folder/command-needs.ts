// The usual reasons why a command cannot be run now.
import { useSelection } from "../../platform/selection.js";
import { problemText } from "../../rpc/problem.js";
import { noConnection, useServer } from "../../rpc/store.js";
import { useWorkspace } from "./workspace-store.js";

export const needsConnection = (): string | null => (useServer.getState().client ? null : problemText(noConnection));
export const needsFolder = (): string | null =>
  useWorkspace.getState().workspace ? needsConnection() : "Open a folder first.";
export const needsTrace = (): string | null =>
  useSelection.getState().traceId === null ? "Select a trace first." : null;
export const needsTraceOnline = (): string | null => needsTrace() ?? needsConnection();
