// The folder’s own commands in menus.
export { OwnItems } from "./own-items.js";
