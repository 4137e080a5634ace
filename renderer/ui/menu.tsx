// Drop-down menus. Each lists its items where it is used; they exist in an open menu
// alone, which has loaded what they are made of.
import { type ComponentType, createElement } from "react";
import type { MenuCheckProps, MenuChoiceProps, MenuGroupProps, MenuItemProps, MenuProps } from "./menu-parts.js";
import { type PopupParts, usePlainTrigger, usePopups } from "./popups.js";
import "./menu.css";

export function Menu(props: MenuProps) {
  const parts = usePopups();
  const { plain, isWanted } = usePlainTrigger(props.trigger, "menu");
  return plain ?? (parts && <parts.Menu {...props} isOpen={isWanted} />);
}

const later = <P extends object>(pick: (parts: PopupParts) => ComponentType<P>): ComponentType<P> =>
  function Part(props) {
    const parts = usePopups();
    return parts && createElement(pick(parts), props);
  };

export const MenuItem = later<MenuItemProps>((parts) => parts.MenuItem);
export const MenuCheck = later<MenuCheckProps>((parts) => parts.MenuCheck);
export const Submenu = later<MenuGroupProps>((parts) => parts.Submenu);
export const MenuGroup = later<MenuGroupProps>((parts) => parts.MenuGroup);
export const MenuSeparator = later<object>((parts) => parts.MenuSeparator);

export function MenuChoice<V extends string>(props: MenuChoiceProps<V>) {
  const parts = usePopups();
  return parts && <parts.MenuChoice {...props} />;
}
