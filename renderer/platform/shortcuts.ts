// Ties keys, and the desktop app's menu, to the commands. In the capture phase: the editor has bindings of its own for
// some of these keys, and the workbench's come first.
import { tinykeys } from "tinykeys";
import { commandIds, commandKeys } from "../../server/contract/commands.js";
import { bridge, isDesktop } from "../rpc/bridge.js";
import { runCommand, runNamed } from "./command-registry.js";
import { notify } from "./notices.js";

/** A modal dialog has the keys meanwhile. The palette opens above it: dialogs name its key. */
const isHeld = (id: string): boolean =>
  id !== "view.palette" && document.querySelector(".ui-dialog, .ui-search-dialog") !== null;

/** Once, at the start of the page. */
export function listenForCommands(): void {
  const bindings = commandIds.flatMap((id) =>
    commandKeys(id, isDesktop).map((key): [string, (event: KeyboardEvent) => void] => [
      key,
      (event) => {
        event.preventDefault(); // also in a dialog: a browser would save or print the page
        if (isHeld(id)) return;
        event.stopPropagation();
        runCommand(id);
      },
    ]),
  );
  tinykeys(window, Object.fromEntries(bindings), { capture: true });
  // For the page's life.
  bridge?.onCommand((id) => {
    if (isHeld(id)) notify("info", "Close the dialog first.");
    else runNamed(id);
  });
}
