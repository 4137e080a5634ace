// An icon button that runs a command; its tooltip is the command's title with the shortcut.
import type { CommandId } from "../../server/contract/commands.js";
import { IconButton, type IconButtonProps } from "../ui/button.js";
import type { Icon } from "../ui/icon.js";
import { hintOf, runCommand } from "./command-registry.js";

interface CommandButtonProps extends Pick<IconButtonProps, "label" | "disabled" | "aria-pressed"> {
  readonly command: CommandId;
  readonly icon: Icon;
}

export function CommandButton({ command, icon: Shown, ...rest }: CommandButtonProps) {
  return <IconButton hint={hintOf(command)} onClick={() => runCommand(command)} {...rest} icon={Shown} />;
}
