// The dialog that opens another server's configuration.
export { AdoptDialog } from "./adopt-dialog.js";
