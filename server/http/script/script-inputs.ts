// What a script is started with: its command line, working folder and variables, and
// what of the request it does not get to see.
import type { ByteString } from "../../contract/bytes-text.js";
import { isOwnProcess, isPooled, type Mode, modeTraits, speaksWebSocket } from "../../contract/modes.js";
import { latin1 } from "../../protocol/byte-string.js";
import { type CommandLine, commandLine } from "../../protocol/command-line.js";
import { type MetaVariable, metaVariables } from "../../protocol/meta-variables.js";
import type { NameAndWhy, RequestHead } from "../../protocol/request.js";
import type { Target } from "../../protocol/target.js";
import type { ScriptRoute } from "../../routing/route.js";
import type { MailCatcher } from "../../runners/mail/mail-catcher.js";
import { workerModes } from "../../runners/pool/worker-modes.js";
import type { RunRequest } from "../../runners/runner.js";
import type { SharedVariables, VariableSet } from "../../trace/shared-variables.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { SignedIn } from "../access/access-control.js";
import type { GatewaySettings } from "../base/gateway-settings.js";
import type { HttpExchange } from "../exchange/http-exchange.js";
import { trailerFields } from "../front/request-sender.js";

/** One run of a script within an exchange. */
export interface ScriptInvocation {
  readonly exchange: HttpExchange;
  /** This run's, with its route. The exchange's own unless a local redirect led here. */
  readonly trace: TraceRecord;
  readonly request: RequestHead;
  readonly target: Target;
  readonly route: ScriptRoute;
  readonly redirected: boolean;
  /** Who was let in, where the configuration asked. */
  readonly signedIn: SignedIn | null;
}

export interface ScriptInput extends VariableSet, Pick<RunRequest, "argv" | "cwd"> {
  /** The end of `argv`; null: the process runs already, and gets none. */
  readonly args: readonly ByteString[] | null;
  readonly isNph: boolean;
  readonly notExported: readonly NameAndWhy[];
}

interface Known {
  readonly route: ScriptRoute;
  readonly settings: GatewaySettings;
  readonly length: number | null;
  readonly input: ScriptInput;
}

export class ScriptInputs {
  readonly #variables: SharedVariables;
  readonly #mail: MailCatcher;
  /** What was made for requests that their connections repeat. */
  readonly #known = new WeakMap<RequestHead, Known>();

  /** `variables`: of the trace log. */
  constructor(variables: SharedVariables, mail: MailCatcher) {
    this.#variables = variables;
    this.#mail = mail;
  }

  /** `length`: bytes of the request's body, null when it has none. */
  of(step: ScriptInvocation, mode: Mode, length: number | null): ScriptInput {
    const { exchange, request, route, redirected, signedIn } = step;
    const { incoming, settings, override } = exchange;
    const isNew = !incoming.isRepeated || redirected || override !== null || signedIn !== null;
    if (isNew || incoming.body.framing.kind === "chunked") return this.#make(step, mode, length);
    const known = this.#known.get(request);
    if (known?.route === route && known.settings === settings && known.length === length) return known.input;
    const input = this.#make(step, mode, length);
    this.#known.set(request, { route, settings, length, input });
    return input;
  }

  /** The input with other variables. */
  withVariables(step: ScriptInvocation, input: ScriptInput, variables: readonly MetaVariable[]): ScriptInput {
    return { ...input, ...this.#variables.share(variables, step.exchange.incoming.connection.id) };
  }

  #make(
    { exchange, trace, request, target, route, redirected, signedIn }: ScriptInvocation,
    mode: Mode,
    length: number | null,
  ): ScriptInput {
    const { settings, incoming } = exchange;
    const { speaksFastcgi, isExternal, usesAgent } = modeTraits[mode];
    const isApplication = speaksFastcgi && !usesAgent;
    const { inherited, policy, serverSoftware, serverAdmin } = settings;
    const meta = metaVariables({
      request,
      target,
      route,
      connection: incoming.connection,
      contentLength: length,
      serverSoftware,
      serverAdmin,
      redirectedFrom: redirected ? exchange.redirectedFrom : null,
      auth: signedIn,
      inherited: isExternal ? none : inherited, // its process has an environment of its own
      overrides: exchange.override?.variables ?? none,
      webSocketId: speaksWebSocket(mode) ? latin1(trace.id) : null,
      policy,
    });
    const catchesMail = isOwnProcess(mode) && settings.catchesMail;
    const variables = catchesMail ? this.#mail.before(meta.variables, route) : meta.variables;
    const { words, why } = isApplication ? noWords : commandLine(request.method, target.query, policy);
    const argv = isExternal
      ? []
      : isPooled(mode)
        ? [...workerModes[mode].argv(route), ...words]
        : [...(route.interpreter ?? []), route.copy ?? route.file, ...words];
    const trailers = redirected ? [] : trailerFields(incoming.body.trailers);
    const badWords: NameAndWhy[] = why === null ? [] : [[target.query, why]];
    return {
      ...this.#variables.share(variables, incoming.connection.id),
      argv,
      args: isExternal || isPooled(mode) ? null : words,
      cwd: latin1(route.file.slice(0, route.file.lastIndexOf("/")) || "/"),
      isNph: !isApplication && route.nph,
      notExported: [...meta.notExported, ...trailers, ...badWords],
    };
  }
}

const noWords: CommandLine = { words: [], why: null };
const none: ReadonlyMap<ByteString, ByteString> = new Map();
