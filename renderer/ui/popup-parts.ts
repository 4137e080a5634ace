// What menus and popovers are made of, in one chunk.
import { ContextMenu } from "./context-menu-part.js";
import { Menu, MenuCheck, MenuChoice, MenuGroup, MenuItem, MenuSeparator, Submenu } from "./menu-parts.js";
import { Popover } from "./popover-part.js";

export const popupParts = {
  ContextMenu,
  Menu,
  MenuCheck,
  MenuChoice,
  MenuGroup,
  MenuItem,
  MenuSeparator,
  Popover,
  Submenu,
};
