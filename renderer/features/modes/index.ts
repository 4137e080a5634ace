// How a script is run, and changing it.
export { ModeBadge } from "./mode-badge.js";
export { isReadByInterpreter, modeChoices } from "./mode-choices.js";
export { useModeMenu } from "./mode-menu-store.js";
