// What the gateway is made with: the parts of the core it calls, and nothing of how they are made.
import type { RequestOverrides } from "../../client/request-overrides.js";
import type { Target } from "../../protocol/target.js";
import type { Guard, Route } from "../../routing/route.js";
import type { Runners } from "../../runners/runners.js";
import type { TraceLog } from "../../trace/trace-log.js";
import type { Previews } from "../preview/previews.js";
import type { StaticFiles } from "../static/static-answer.js";
import type { GatewaySettings } from "./gateway-settings.js";

export interface GatewayDeps {
  readonly routing: {
    /** Asked before `resolve`, and answered for: who may not come in learns nothing about what there is. */
    guard(target: Target): Guard | null;
    resolve(target: Target): Route;
  };
  readonly runners: Runners;
  readonly staticFiles: StaticFiles;
  readonly traces: TraceLog;
  /** Read once per request. */
  readonly settings: () => GatewaySettings;
  readonly overrides: RequestOverrides;
  /** Recorded responses that a browser asks for. Absent: none are. */
  readonly previews?: Pick<Previews, "answer" | "parentOf" | "noteEnded">;
  /** Told of our own failures: bugs, not what scripts or clients do. */
  readonly onFault?: (error: unknown) => void;
}
