// What the routing has to know of a file: from its bytes, its name, the route that leads to it and the configuration.
import type { ByteString } from "../contract/bytes-text.js";
import type { Config } from "../contract/config.js";
import { externalMode, modeTraits, usualMode } from "../contract/modes.js";
import { utf8 } from "../protocol/byte-string.js";
import type { MatchableRoute } from "./configured-routes.js";
import { pathWithin } from "./containment.js";
import { readFacts, readWhole, shebangLine } from "./file-facts.js";
import type { Handler } from "./handlers.js";
import type { KnownFile } from "./known-files.js";
import type { FoundFile } from "./resolve-path.js";
import { scriptPath } from "./script-settings.js";
import { decide, extensionKind, passedOn, type Row, sentAsIs } from "./table.js";
import { baseName, extensionOf, isInCgiBin } from "./url-path.js";
import { configuredVariables } from "./variables.js";
import { workerSettings } from "./worker-settings.js";

/** Gets the bytes of each script that a request runs. */
export interface KeptVersions {
  keep(hash: string, bytes: Uint8Array): void;
}

interface FileReaderOptions {
  /** The workspace: absolute. */
  readonly root: string;
  readonly config: Config;
  /** The workspace's folder. */
  readonly folder: ByteString;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly versions: KeptVersions | undefined;
}

export class FileReader {
  readonly #options: FileReaderOptions;
  readonly #scripts: ReadonlyMap<ByteString, Config["scripts"][string]>;

  constructor(options: FileReaderOptions) {
    this.#options = options;
    this.#scripts = new Map(
      Object.entries(options.config.scripts).map(([key, settings]) => [utf8(scriptPath(key)), settings]),
    );
  }

  /** `withHash` false: for files that are only listed. */
  read(found: FoundFile & Pick<KnownFile, "base">, route: MatchableRoute | null, withHash: boolean): KnownFile {
    const { root, config, folder, handlers, versions } = this.#options;
    const facts = readFacts(found.file, found.stats);
    const name = baseName(found.file);
    const extension = extensionOf(name);
    const handler = handlers.get(extension) ?? null;
    const inWorkspace = pathWithin(found.file, folder);
    const script = inWorkspace === null ? undefined : this.#scripts.get(inWorkspace);
    const run = route?.config.run ?? true;
    const isListed = Array.isArray(run) && run.some((one) => one.toLowerCase() === extension);
    const runs = isListed || run === true || run === "all";
    const action = runs && !route?.file ? (handler?.action ?? null) : null;
    const row: Row = !runs
      ? sentAsIs
      : action !== null
        ? passedOn
        : decide({
            // a file that a route names is always a script
            inCgiBin: Boolean(route?.file) || run === "all" || isInCgiBin(found.scriptName),
            executable: facts.executable,
            begins: facts.begins,
            extension: extensionKind(extension, handler !== null, isListed || script !== undefined),
          });
    // Reading a large file blocks the event loop, so only what itself runs is read whole: nothing else has versions.
    const version = withHash && action === null && row.action !== "static" ? readWhole(found.file, found.stats) : null;
    if (version !== null) versions?.keep(version.hash, version.bytes);
    const mode =
      script?.mode ??
      (handler?.external
        ? externalMode
        : (handler?.mode ??
          route?.config.mode ??
          (row.action === "handler" && handler ? handler.usualMode : usualMode(extension, false))));
    return {
      file: found.file,
      base: found.base,
      scriptName: found.scriptName,
      stats: found.stats,
      row,
      hash: version?.hash ?? null,
      firstLine: shebangLine(facts.bytes),
      handler,
      action,
      mode,
      // a single script cannot set how processes that run every script are kept
      workers: workerSettings(
        root,
        config.policy,
        modeTraits[mode].sharesProcess ? undefined : script,
        handler ?? undefined,
      ),
      variables: configuredVariables(root, config.variables, route?.config.variables, script?.variables),
      passAuthorization: script?.passAuthorization ?? route?.config.passAuthorization ?? false,
    };
  }
}
