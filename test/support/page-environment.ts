// The environment of component tests: happy-dom's page in Node. Unlike Vitest's own, modules stay Node's, so
// that a real server can run beside the page.
import { builtinEnvironments, type Environment } from "vitest/runtime";

const happyDom = builtinEnvironments["happy-dom"];

const environment: Environment = {
  ...happyDom,
  name: "page",
  viteEnvironment: "ssr",
  async setup(global, options) {
    // happy-dom's own user agent looks like Safari's, and the editor would then work around Safari.
    const settings = { navigator: { userAgent: "Mozilla/5.0 (X11; Linux x86_64) HappyDOM" } };
    const page = await happyDom.setup(global, { ...options, happyDOM: { settings } });
    // happy-dom has no idle time.
    const requestIdleCallback = (work: IdleRequestCallback) =>
      setTimeout(() => work({ didTimeout: false, timeRemaining: () => 10 }));
    Object.assign(global, { requestIdleCallback, cancelIdleCallback: clearTimeout });
    return page;
  },
};

// biome-ignore lint/style/noDefaultExport: Vitest asks for it
export default environment;
