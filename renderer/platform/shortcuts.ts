// Ties keys, and the desktop app's menu, to the commands. In the capture phase: the editor has bindings of its own for
// some of these keys, and the workbench's come first.
import { tinykeys } from "tinykeys";
import { type CommandId, commandIds, commandKeys, yieldsKeys } from "../../server/contract/commands.js";
import { bridge, isDesktop } from "../rpc/bridge.js";
import { runCommand, runNamed, whyUnavailable } from "./command-registry.js";
import { notify } from "./notices.js";

/** The palette opens above a dialog: dialogs name its key. Text is edited in a dialog as elsewhere. */
const notHeld: ReadonlySet<string> = new Set<CommandId>(["view.palette", "edit.undo", "edit.redo", "edit.selectAll"]);
/** The key that is held would do the same to the next request. */
const onePress: ReadonlySet<string> = new Set<CommandId>(["hold.goOn", "debug.send"]);
/** A modal dialog has the keys meanwhile. */
const isHeld = (id: string): boolean =>
  !notHeld.has(id) && document.querySelector(".ui-dialog, .ui-search-dialog") !== null;

/** Once, at the start of the page. */
export function listenForCommands(): void {
  const bindings = commandIds.flatMap((id) =>
    commandKeys(id, isDesktop).flatMap((key) => {
      const run = (event: KeyboardEvent): void => {
        if (yieldsKeys(id) && whyUnavailable("debug.stop") !== null) return; // the browser's, while nothing is debugged
        event.preventDefault(); // also in a dialog: a browser would save or print the page
        if (isHeld(id) || (event.repeat && onePress.has(id))) return;
        event.stopPropagation();
        if (yieldsKeys(id) && whyUnavailable(id) !== null) return; // pressed again before the script has stopped
        runCommand(id);
      };
      const place = atItsPlace(key);
      const byPlace = (event: KeyboardEvent): void => {
        if (isOfOtherScript(event)) run(event);
      };
      return place === null
        ? [{ key, run }]
        : [
            { key, run },
            { key: place, run: byPlace },
          ];
    }),
  );
  tinykeys(window, Object.fromEntries(bindings.map(({ key, run }) => [key, run])), { capture: true });
  // For the page's life.
  bridge?.onCommand((id) => {
    if (isHeld(id)) notify("info", "Close the dialog first.");
    else runNamed(id);
  });
}

/** A shortcut with a character, written with the key that has it on a US keyboard: "$mod+s" as "$mod+KeyS". */
function atItsPlace(key: string): string | null {
  const parts = key.split("+");
  const character = parts.pop() ?? "";
  const code = /^[a-z]$/.test(character)
    ? `Key${character.toUpperCase()}`
    : /^\d$/.test(character)
      ? `Digit${character}`
      : signs[character];
  return code !== undefined && parts.some((part) => part !== "Shift") ? [...parts, code].join("+") : null;
}
const signs: Readonly<Record<string, string>> = { ",": "Comma", ".": "Period", "/": "Slash", "\\": "Backslash" };

type Pressed = Pick<KeyboardEvent, "key" | "code" | "altKey" | "metaKey" | "shiftKey" | "getModifierState">;

/** The key as a part of the window looks it up: its letter also with the shift lock on, or without Latin letters. */
export function keyOf(event: Pressed): string {
  const letter = isOfOtherScript(event) ? /^Key(.)$/.exec(event.code)?.[1] : undefined;
  const key = letter ?? event.key;
  return key.length === 1 && !event.shiftKey ? key.toLowerCase() : key;
}

/**
 * A key of a keyboard without Latin letters, or one that Option has changed: no shortcut has its character. Not so "ç"
 * or "é", which keyboards have besides the letters, nor what AltGr types; Firefox reports Option as AltGr, too; with
 * Cmd held, a key types no character.
 */
const isOfOtherScript = (event: Pressed): boolean =>
  /^[^ -~]/.test(event.key) &&
  (event.altKey || !/^\p{Script=Latin}/u.test(event.key)) &&
  (event.metaKey || !event.getModifierState("AltGraph"));
