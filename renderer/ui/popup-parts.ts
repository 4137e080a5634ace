// What menus and popovers are made of, in one chunk.
export { ContextMenu } from "./context-menu-part.js";
export * from "./menu-parts.js";
export { Popover } from "./popover-part.js";
