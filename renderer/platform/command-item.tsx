// An item of a menu that is a command: its keys, whether it can be run and, unless the menu has others, its words.
import { type CommandId, commandTitle } from "../../server/contract/commands.js";
import { MenuItem } from "../ui/menu.js";
import type { MenuItemProps } from "../ui/menu-parts.js";
import { runCommand, shortcutOf, whyUnavailable } from "./command-registry.js";

interface CommandItemProps extends Partial<MenuItemProps> {
  readonly id: CommandId;
}

export function CommandItem({ id, disabled = false, children = commandTitle(id), ...others }: CommandItemProps) {
  const why = whyUnavailable(id);
  return (
    <MenuItem
      onSelect={() => runCommand(id)}
      disabled={disabled || why !== null}
      aside={shortcutOf(id) ?? undefined}
      title={why ?? undefined}
      {...others}
    >
      {children}
    </MenuItem>
  );
}
