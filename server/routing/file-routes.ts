// From a file that a request has reached to its route: the file is run, by which interpreter or
// application, or sent, or neither, with the reason.
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Config } from "../contract/config.js";
import type { Message } from "../contract/message.js";
import { callsApplication, externalMode, modeTraits } from "../contract/modes.js";
import { byteString, copyOf, utf8 } from "../protocol/byte-string.js";
import type { AccessRules } from "./access-rules.js";
import { coveredBy, type MatchableRoute, withoutSlash } from "./configured-routes.js";
import { applicationInterpreter, findInterpreter, type Handler, type InterpreterFinder } from "./handlers.js";
import type { KnownFile } from "./known-files.js";
import { handlerReason, routeMessage } from "./messages.js";
import type { ExternalApplication, NoRoute, Route, ScriptRoute } from "./route.js";
import { agentRefusal, isReadByAgent } from "./script-interpreter.js";
import { baseName, extensionOf } from "./url-path.js";
import { configuredVariables } from "./variables.js";
import { defaultWorkers } from "./worker-settings.js";

interface FileRoutesOptions {
  /** The workspace: absolute. */
  readonly root: string;
  /** What is in force. */
  readonly config: Config;
  /** The configuration as written, while its trusted settings wait; else null. */
  readonly waiting: Config | null;
  readonly interpreters: InterpreterFinder;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly routes: readonly MatchableRoute[];
  readonly access: Pick<AccessRules, "permits">;
}

export class FileRoutes {
  readonly #options: FileRoutesOptions;
  /** What "/" leads to: the folder, unless a route moves it. */
  readonly #documentRoot: ByteString;
  /** For each script the last route to it. */
  readonly #last = new WeakMap<KnownFile, ScriptRoute>();

  constructor(options: FileRoutesOptions) {
    this.#options = options;
    const moved = options.routes.find(({ prefix, exact }) => prefix === "" && exact === null)?.dir ?? null;
    this.#documentRoot = moved === null ? utf8(options.root) : moved === "" ? byteString("/") : moved;
  }

  /** Gives the route of the last request with this path, unless its interpreter is now another. */
  again(known: KnownFile, pathInfo: ByteString): Route {
    const last = this.#last.get(known);
    const again = last?.pathInfo === pathInfo ? last : null;
    if (again?.interpreter === null) return again;
    const route = this.of(known, copyOf(pathInfo));
    if (route.kind !== "script") return route;
    if (again && again.interpreter?.join("\0") === route.interpreter?.join("\0")) return again;
    this.#last.set(known, route);
    return route;
  }

  of(known: KnownFile, pathInfo: ByteString): Route {
    const { file, scriptName, row, mode, workers } = known;
    const { root, waiting, interpreters, handlers, access } = this.#options;
    const { interpreter: reader, extension, isExternal, speaksFastcgi, usesAgent } = modeTraits[mode];
    const handler = known.handler ?? (reader === null ? null : (handlers.get(extension) ?? null));
    const nowhere = (status: number, why: Message): NoRoute => ({
      kind: "none",
      file,
      scriptName,
      pathInfo,
      status,
      why,
      location: null,
    });
    if (row.action === "static") {
      if (pathInfo !== "") return nowhere(404, routeMessage("path-below-file", { path: toDisplayText(scriptName) }));
      return { kind: "static", file, scriptName, pathInfo, permits: access.permits(known.base) };
    }
    const needed = row.action === "handler" || reader !== null;
    if (waiting && waitsFor(waiting, known.handler ? extensionOf(baseName(file)) : (extension ?? ""), needed))
      return nowhere(503, routeMessage("handler-untrusted", { path: toDisplayText(scriptName) }));
    const external = isExternal ? (handler?.external ?? null) : null;
    let interpreter: readonly ByteString[] | null = null;
    if (!external && needed && handler !== null) {
      interpreter = findInterpreter(handler, root, interpreters);
      const because = row.because ?? handlerReason("mode-needs-interpreter", { mode });
      const program = handler.interpreter[0] ?? null;
      if (interpreter === null)
        return nowhere(500, routeMessage("interpreter-missing", { path: toDisplayText(scriptName), because, program }));
    }
    // Applications have no first line, or that of rackup or plackup: the mode says who reads them.
    const isUnnamed = known.firstLine === "" || extensionOf(baseName(file)) === extension;
    if (interpreter === null && callsApplication(mode) && isUnnamed && !isReadByAgent(known.firstLine))
      interpreter =
        (handler && findInterpreter(handler, root, interpreters)) ?? applicationInterpreter(mode, interpreters);
    const firstLine = external ? byteString("") : known.firstLine;
    const refusal = agentRefusal(mode, { firstLine, interpreter, scriptName });
    if (refusal !== null) return nowhere(500, refusal);
    return {
      kind: "script",
      file,
      scriptName,
      pathInfo,
      mode,
      interpreter,
      firstLine,
      handlerBecause: external || callsApplication(mode) ? null : row.because, // the system need not start it
      nph: (usesAgent || !speaksFastcgi) && baseName(file).startsWith("nph-"), // FastCGI has no NPH (§6.1)
      documentRoot: this.#documentRoot,
      pathTranslated: this.#translated(pathInfo),
      scriptHash: known.hash,
      variables: known.variables,
      passAuthorization: known.passAuthorization,
      workers,
      external,
    };
  }

  /** An external application: it gets every path below the route, whatever the workspace contains. */
  ofApplication({ prefix, config }: MatchableRoute, external: ExternalApplication, path: ByteString): ScriptRoute {
    const pathInfo = byteString(path.slice(prefix.length));
    return {
      kind: "script",
      file: byteString(withoutSlash(this.#documentRoot) + prefix),
      scriptName: prefix,
      pathInfo,
      mode: externalMode,
      interpreter: null,
      firstLine: byteString(""),
      handlerBecause: null,
      nph: false, // FastCGI has no NPH (§6.1)
      documentRoot: this.#documentRoot,
      pathTranslated: this.#translated(pathInfo),
      scriptHash: null,
      variables: configuredVariables(this.#options.root, this.#options.config.variables, config.variables),
      passAuthorization: config.passAuthorization ?? false,
      workers: defaultWorkers,
      external,
    };
  }

  /** The path info as a path of its own, through the routes; null: none leads it elsewhere. */
  #translated(pathInfo: ByteString): ByteString | null {
    const routes = this.#options.routes.filter(({ exact }) => exact === null);
    if (pathInfo === "" || routes.length === 0) return null;
    const { route, path } = coveredBy(routes, pathInfo);
    const place = route?.file ?? route?.dir ?? null;
    return route === null || place === null ? null : byteString(place + path.slice(route.prefix.length));
  }
}

/** Whether the extension's interpreter waits for trust, or its application, which gets every such file. */
function waitsFor({ handlers }: Config, extension: string, needsInterpreter: boolean): boolean {
  return Object.entries(handlers).some(
    ([name, handler]) =>
      name.toLowerCase() === extension &&
      (handler?.address !== undefined || (needsInterpreter && handler?.interpreter !== undefined)),
  );
}
