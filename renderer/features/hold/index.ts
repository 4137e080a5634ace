// Requests that wait for a person.
export { HeldPlace, HoldStatus } from "./held-place.js";
export { useIsHeld } from "./held-store.js";
