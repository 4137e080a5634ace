// The environment of component tests: happy-dom's page in Node. Unlike Vitest's own, modules stay Node's, so
// that a real server can run beside the page, and happy-dom is imported here, so that its bundle is loaded.
import { GlobalWindow } from "happy-dom";
import { type Environment, populateGlobal } from "vitest/runtime";

/** Node has them too. Others that both have stay Node's. */
const ofPage = ["Request", "Response", "MessagePort", "fetch", "Headers", "AbortController", "AbortSignal"];
const additionalKeys = [...ofPage, "URL", "URLSearchParams", "FormData"];

const environment: Environment = {
  name: "page",
  viteEnvironment: "ssr",
  setup(global) {
    const page = new GlobalWindow({
      console,
      url: "http://localhost:3000",
      settings: {
        // Its own looks like Safari's, and the editor would then work around Safari.
        navigator: { userAgent: "Mozilla/5.0 (X11; Linux x86_64) HappyDOM" },
        disableErrorCapturing: true,
      },
    });
    const { keys, originals } = populateGlobal(global, page, { bindFunctions: true, additionalKeys });
    // happy-dom has no idle time.
    const requestIdleCallback = (work: IdleRequestCallback) =>
      setTimeout(() => work({ didTimeout: false, timeRemaining: () => 10 }));
    Object.assign(global, { requestIdleCallback, cancelIdleCallback: clearTimeout });
    return {
      async teardown() {
        await page.happyDOM.abort();
        page.close();
        for (const key of keys) Reflect.deleteProperty(global, key);
        for (const [key, value] of originals) Reflect.set(global, key, value);
      },
    };
  },
};

// biome-ignore lint/style/noDefaultExport: Vitest asks for it
export default environment;
