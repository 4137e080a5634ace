// A menu at a point of the window, loaded when it is first opened if it is not there yet.
import type { ContextMenuProps } from "./context-menu-part.js";
import { usePopupsWhen } from "./popups.js";
import "./menu.css";

export function ContextMenu(props: ContextMenuProps) {
  const parts = usePopupsWhen(props.at !== null);
  return parts && <parts.ContextMenu {...props} />;
}
