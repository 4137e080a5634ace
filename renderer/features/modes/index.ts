// How a script is run, and changing it.
export { ModeBadge } from "./mode-badge.js";
export { isOnlyRead, modeChoices } from "./mode-choices.js";
export { useModeMenu } from "./mode-menu-store.js";
