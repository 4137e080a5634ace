// The environment of component tests: happy-dom's page in Node. Unlike Vitest's own, modules stay Node's, so that a real server can run
// beside the page.
import { builtinEnvironments, type Environment } from "vitest/runtime";

const environment: Environment = { ...builtinEnvironments["happy-dom"], name: "page", viteEnvironment: "ssr" };

// biome-ignore lint/style/noDefaultExport: Vitest asks for it
export default environment;
