// What the trace list can be told.
import { type Command, command, needsConnection } from "../../app/command.js";
import { useServer } from "../../rpc/store.js";

export const traceCommands: readonly Command[] = [
  command("trace.clear", "Clear traces", [], needsConnection, async () => void (await useServer.getState().client?.traces.clear())),
];
