// Which requests are held, and letting them go on.
import { needsFolder } from "../../model/folder/command-needs.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { openDialog } from "../../platform/dialogs.js";
import { shownHeld, stopHolding, useHeld } from "./held-store.js";

export const holdCommands = {
  "hold.requests": command(needsFolder, () => openDialog("hold")),
  "hold.stop": command(
    () => (useHeld.getState().rules.length > 0 ? null : "This window holds no requests."),
    stopHolding,
  ),
  "hold.goOn": command(
    () => (shownHeld(useHeld.getState()) ? null : "No held request is shown."),
    async () => (await import("./held-tabs.js")).goOn(),
  ),
} satisfies Partial<Commands>;
