// The dialog that makes a kit for a server.
export { DeployDialog } from "./deploy-dialog.js";
