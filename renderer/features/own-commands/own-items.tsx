// The folder's own commands in a menu, at its end.
import { useEffect } from "react";
import type { CommandMenu, CommandSubject } from "../../../server/contract/own-commands-contract.js";
import { lookAtOwnCommands, runOwnCommand, useOwnCommands } from "../../model/folder/own-commands.js";
import { MenuItem, MenuSeparator } from "../../ui/menu.js";

/** `subject` null: there is nothing that they could be about. */
export function OwnItems({ menu, subject }: { readonly menu: CommandMenu; readonly subject: CommandSubject | null }) {
  const commands = useOwnCommands((own) => own.commands);
  useEffect(() => void lookAtOwnCommands(), []);
  const here = commands.filter(({ menus }) => menus.includes(menu));
  if (here.length === 0 || subject === null) return null;
  return (
    <>
      <MenuSeparator />
      {here.map((command) => (
        <MenuItem
          key={command.file}
          disabled={command.problem !== null}
          onSelect={() => void runOwnCommand(command, subject)}
        >
          {command.title}
        </MenuItem>
      ))}
    </>
  );
}
