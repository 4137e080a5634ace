// The processes of FastCGI applications.
export { TurnStatus, WorkersStatus } from "./status.js";
