// Sending and stopping, what the composer does by itself, and what it remembers.
import { needsConnection, needsFolder } from "../../model/folder/command-needs.js";
import { isFolderTrusted } from "../../model/folder/folder-trust.js";
import { setSendOnSave, useComposer } from "../../model/request/composer-store.js";
import { isRequestFile } from "../../model/request/request-files.js";
import { always, type Commands, command, runCommand } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { setClientOptions, useClientOptions } from "./client-options.js";
import { forgetHistory, useHistory } from "./history.js";
import { clearCookies } from "./jar-store.js";
import { openResult, whyNoResult } from "./open-result.js";
import { placeAtFocus } from "./place-at-focus.js";
import { fillRaw, toggleRaw } from "./raw-fill.js";
import { sendRequest, stopRequest } from "./send.js";

export const composerCommands = {
  "request.send": command(
    () => needsFolder() ?? (isInRequestFile() ? null : whyBusy()),
    () => (isInRequestFile() ? runCommand("saved.sendAtCursor") : sendRequest()),
  ),
  "request.sendHeld": command(
    () => needsFolder() ?? whyBusy(),
    () => sendRequest({ isHeld: true }),
  ),
  "request.sendTouched": command(
    () => needsFolder() ?? (isFolderTrusted() ? whyBusy() : "Trust the folder first."),
    () => sendRequest({ isTouched: true }),
  ),
  "request.save": command(whyNotSaved, async () => (await import("./save-composed.js")).saveComposed()),
  "request.stop": command(() => (useComposer.getState().isRunning ? null : "No request is running."), stopRequest),
  "request.vary": command(needsFolder, () => openDialog("vary", placeAtFocus())),
  "request.repeat": command(needsFolder, () => openDialog("vary", "request=times")),
  "request.response": command(whyNoResult, openResult),
  "request.raw": command(needsFolder, toggleRaw),
  "request.fillRaw": command(needsFolder, fillRaw),
  "request.sendOnSave": command(always, () => setSendOnSave(!useComposer.getState().sendOnSave)),
  "request.followRedirects": command(always, () =>
    setClientOptions({ followRedirects: !useClientOptions.getState().followRedirects }),
  ),
  "request.cookies": command(always, () => setClientOptions({ cookies: !useClientOptions.getState().cookies })),
  "request.clearCookies": command(needsConnection, async () => {
    await clearCookies();
  }),
  "request.forgetHistory": command(hasHistory, () => forgetHistory(useComposer.getState().subject)),
} satisfies Partial<Commands>;

/** The editor shows requests and has the focus: the one at the cursor is meant, not the composed one. */
const isInRequestFile = (): boolean =>
  isRequestFile(useSelection.getState().openFile ?? "") && document.activeElement?.closest(".editor-code") != null;

function whyBusy(): string | null {
  return useComposer.getState().isRunning ? "A request is running." : null;
}

function whyNotSaved(): string | null {
  return needsFolder() ?? (useComposer.getState().raw.isOn ? "Raw bytes cannot be kept in a .http file." : null);
}

function hasHistory(): string | null {
  const { subject } = useComposer.getState();
  return useHistory.getState().requests.some((request) => request.subject === subject)
    ? null
    : "No request to this script was sent yet.";
}
