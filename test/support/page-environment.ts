// The environment of component tests: happy-dom's page in Node. Unlike Vitest's own, modules stay Node's, so
// that a real server can run beside the page.
import { builtinEnvironments, type Environment } from "vitest/runtime";

const happyDom = builtinEnvironments["happy-dom"];

const environment: Environment = {
  ...happyDom,
  name: "page",
  viteEnvironment: "ssr",
  async setup(global, options) {
    const page = await happyDom.setup(global, options);
    // happy-dom has no idle time.
    Object.assign(global, { requestIdleCallback: setTimeout, cancelIdleCallback: clearTimeout });
    return page;
  },
};

// biome-ignore lint/style/noDefaultExport: Vitest asks for it
export default environment;
