// The parts of the core that the gateway calls.
import type { RequestOverrides } from "../../client/request-overrides.js";
import type { Target } from "../../protocol/target.js";
import type { Guard, Route } from "../../routing/route.js";
import type { RecordedAnswers } from "../../runners/commands/recorded-answers.js";
import type { MailCatcher } from "../../runners/mail/mail-catcher.js";
import type { Runner } from "../../runners/runner.js";
import type { Runners } from "../../runners/runners.js";
import type { TraceLog } from "../../trace/trace-log.js";
import type { GatewaySettings } from "../base/gateway-settings.js";
import type { Holds } from "../exchange/holds.js";
import type { Previews } from "../preview/previews.js";
import type { Debuggers } from "../script/debug-script.js";
import type { StaticFiles } from "../static/static-response.js";

export interface GatewayDeps {
  readonly routing: {
    /** Called before `resolve`: a client that is not let in learns nothing about what there is. */
    guards(target: Target): readonly Guard[];
    resolve(target: Target): Route;
  };
  readonly runners: Runners;
  readonly watching: (startedAt: number) => Runner;
  /** For commands that are missing here, for one run; null: none is recorded, or the folder is not trusted. */
  readonly answers: () => RecordedAnswers | null;
  readonly mail: MailCatcher;
  readonly staticFiles: StaticFiles;
  readonly traces: TraceLog;
  /** Those in force. An exchange keeps the ones that it began with; the limiter always reads them. */
  readonly settings: () => GatewaySettings;
  readonly overrides: RequestOverrides;
  readonly holds: Holds;
  readonly debuggers: Debuggers;
  /** Recorded responses that a browser requests. Absent: there are none. */
  readonly previews?: Pick<Previews, "respond" | "parentOf" | "noteBegun" | "noteEnded">;
  /** Called with failures of the workbench itself: bugs, not what scripts or clients do. */
  readonly onFault?: (error: unknown) => void;
}
