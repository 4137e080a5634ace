export { DeployDialog } from "./deploy-dialog.js";
