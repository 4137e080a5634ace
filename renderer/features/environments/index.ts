// The environment of requests: which there are, and which one is chosen.
export { EnvironmentMenu } from "./environment-menu.js";
