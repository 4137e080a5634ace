// A drop-down menu behind a button that shows only an icon.
import type { ReactNode } from "react";
import { IconButton } from "./button.js";
import type { Icon } from "./icon.js";
import { Menu } from "./menu.js";

interface IconMenuProps {
  readonly icon: Icon;
  /** The button's name and tooltip. */
  readonly label: string;
  readonly children: ReactNode;
}

export function IconMenu({ icon: Shown, label, children }: IconMenuProps) {
  return (
    <Menu align="end" trigger={<IconButton label={label} icon={Shown} />}>
      {children}
    </Menu>
  );
}
