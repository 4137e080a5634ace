// Requests from cURL commands.
export { onPasteCurl } from "./on-paste.js";
