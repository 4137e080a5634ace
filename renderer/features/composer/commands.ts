// Sending and stopping, what the composer does by itself, and what it remembers.
import { setSendOnSave, useComposer } from "../../model/request/composer-store.js";
import { always, type Command, command, needsConnection, needsFolder } from "../../platform/command.js";
import { setClientOptions, useClientOptions } from "./client-options.js";
import { forgetHistory, useHistory } from "./history.js";
import { clearCookies } from "./jar-store.js";
import { fillRaw, toggleRaw } from "./raw-fill.js";
import { sendRequest, stopRequest } from "./send.js";

export const composerCommands: readonly Command[] = [
  command("request.send", "Send request", ["$mod+Enter"], needsFolder, sendRequest),
  command(
    "request.stop",
    "Stop request",
    ["$mod+Shift+Enter"],
    () => (useComposer.getState().isRunning ? null : "No request is running."),
    stopRequest,
  ),
  command("request.raw", "Compose as bytes or as fields", [], needsFolder, toggleRaw),
  command("request.fillRaw", "Fill the raw request from the fields", [], needsFolder, fillRaw),
  command("request.sendOnSave", "Send on save or not", [], always, () =>
    setSendOnSave(!useComposer.getState().sendOnSave),
  ),
  command("request.followRedirects", "Follow redirects or not", [], always, () =>
    setClientOptions({ followRedirects: !useClientOptions.getState().followRedirects }),
  ),
  command("request.cookies", "Keep cookies or not", [], always, () =>
    setClientOptions({ cookies: !useClientOptions.getState().cookies }),
  ),
  command("request.clearCookies", "Remove all cookies of the composer", [], needsConnection, async () => {
    await clearCookies();
  }),
  command("request.forgetHistory", "Forget the requests sent for this script", [], hasHistory, () =>
    forgetHistory(useComposer.getState().subject),
  ),
];

function hasHistory(): string | null {
  const { subject } = useComposer.getState();
  return useHistory.getState().requests.some((request) => request.subject === subject) ? null : "None was sent yet.";
}
