// Sending and stopping.
import { type Command, command, needsFolder } from "../../app/command.js";
import { useComposer } from "./composer-store.js";
import { sendRequest, stopRequest } from "./send.js";

export const composerCommands: readonly Command[] = [
  command("request.send", "Send request", ["$mod+Enter"], needsFolder, sendRequest),
  command("request.stop", "Stop request", ["$mod+Shift+Enter"], () => (useComposer.getState().isRunning ? null : "No request is running."), stopRequest),
];
