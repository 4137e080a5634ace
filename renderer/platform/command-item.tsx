// An item of a menu that is a command: its keys, whether it can be run and, unless the menu has others, its words.
import { type CommandId, commandTitle } from "../../server/contract/commands.js";
import { MenuItem } from "../ui/menu.js";
import type { MenuItemProps } from "../ui/menu-parts.js";
import { runCommand, shortcutOf, whyUnavailable } from "./command-registry.js";

interface CommandItemProps extends Partial<MenuItemProps> {
  readonly id: CommandId;
}

export const CommandItem = ({ id, disabled = false, children = commandTitle(id), ...others }: CommandItemProps) => (
  <MenuItem
    onSelect={() => runCommand(id)}
    disabled={disabled || whyUnavailable(id) !== null}
    aside={shortcutOf(id) ?? undefined}
    {...others}
  >
    {children}
  </MenuItem>
);
