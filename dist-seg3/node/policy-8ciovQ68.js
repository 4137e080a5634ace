import { h as policy } from "./replayable-body-BD_4lrx2.js";
// server/protocol/policy.ts
/** What this server does by default. */
var defaultPolicy = policy.parse({});
export { defaultPolicy as t };

//# sourceMappingURL=policy-8ciovQ68.js.map