// Requests that wait for a person.
export { HeldPlace } from "./held-place.js";
export { HoldStatus } from "./status.js";
