// Ties keys, and the desktop app's menu, to the commands. In the capture phase: the editor has bindings of its own for some of
// these keys, and the workbench's come first.
import { tinykeys } from "tinykeys";
import { commandIds, commandKeys } from "../../server/contract/commands.js";
import { bridge, isDesktop } from "../rpc/bridge.js";
import { runCommand, runNamed } from "./command-registry.js";

/** Once, at the start of the page. */
export function listenForCommands(): void {
  const bindings = commandIds.flatMap((id) =>
    commandKeys(id, isDesktop).map((key): [string, (event: KeyboardEvent) => void] => [
      key,
      (event) => {
        event.preventDefault();
        event.stopPropagation();
        runCommand(id);
      },
    ]),
  );
  tinykeys(window, Object.fromEntries(bindings), { capture: true });
  bridge?.onCommand(runNamed); // for the page's life
}
