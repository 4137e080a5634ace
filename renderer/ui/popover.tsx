// A small panel at a button, for a few fields or facts.
import type { PopoverProps } from "./popover-part.js";
import { usePlainTrigger, usePopups } from "./popups.js";
import "./menu.css";
import "./popover.css";

export function Popover(props: PopoverProps) {
  const parts = usePopups();
  const { plain, isWanted } = usePlainTrigger(props.trigger, "dialog");
  return plain ?? (parts && <parts.Popover {...props} isOpen={isWanted} />);
}
