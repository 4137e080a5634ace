// What is not served although it lies where a request leads, and which requests must
// sign in first. A link leads past none of it.
import { toDisplayText } from "../base/decode-text.js";
import type { ByteString } from "../contract/bytes-text.js";
import type { Config } from "../contract/config.js";
import type { Message } from "../contract/message.js";
import { byteString, utf8 } from "../protocol/byte-string.js";
import { coveredBy, type MatchableRoute, withoutSlash } from "./configured-routes.js";
import { Containment, isSameFile, pathsBehindLink, realPath, type ServedPlace } from "./containment.js";
import { hiddenSegment, unservedFile } from "./deny-list.js";
import { Guards } from "./guards.js";
import { routeMessage } from "./messages.js";
import type { FoundFile, Mount } from "./resolve-path.js";
import type { Guard, NoRoute, StaticRoute } from "./route.js";
import { deniedBy } from "./route-options.js";
import { baseName } from "./url-path.js";

interface AccessRulesOptions {
  /** The workspace: absolute. */
  readonly root: string;
  readonly workspace: Mount;
  /** The configuration as it is written: nothing is guarded less while its trusted settings wait. */
  readonly written: Config;
  /** Folders outside that links may lead to. */
  readonly links: Config["links"];
  /** The configuration in place of the folder's own, absolute; null: that one. */
  readonly configFile: string | null;
  readonly routes: readonly MatchableRoute[];
}

export class AccessRules {
  readonly #routes: readonly MatchableRoute[];
  /** What is served at which path: the folder, and what routes lead to. */
  readonly #places: readonly ServedPlace[];
  readonly #containment: Containment;
  readonly #guards: Guards;
  readonly #configFile: ByteString | null;
  /** Some route denies something. */
  readonly #denies: boolean;

  constructor({ root, workspace, written, links, configFile, routes }: AccessRulesOptions) {
    this.#configFile = configFile === null ? null : utf8(configFile);
    this.#routes = routes;
    this.#places = [
      { prefix: byteString(""), at: workspace.folder },
      ...routes.flatMap(({ prefix, dir, file }) => placeOf(prefix, file ?? dir)),
    ];
    this.#containment = new Containment(root, links);
    this.#guards = new Guards(root, written);
    this.#denies = routes.some(({ denied }) => denied !== null);
  }

  /** Some requests must sign in. */
  get hasGuards(): boolean {
    return this.#guards.any;
  }

  /** What guards a request that reaches these paths, and these files: a link's target is guarded as at its own path. */
  guards(paths: readonly ByteString[], files: readonly ByteString[]): readonly Guard[] {
    const behind = files.flatMap((file) => [...pathsBehindLink(withoutSlash(file), this.#places)]);
    return this.#guards.innermost([...paths, ...behind].map((path) => this.#guards.of(path)));
  }

  /** What a link leads to is denied as at its own path. */
  deniedBehindLink(file: ByteString): NoRoute | null {
    if (!this.#denies) return null;
    for (const behind of pathsBehindLink(file, this.#places)) {
      const { route, path } = coveredBy(this.#routes, behind);
      const denied = route === null ? null : deniedBy(route, path);
      if (denied !== null) return denied;
    }
    return null;
  }

  /** Why a file is not served. `folder`: the folder through which it was reached; null: a route names the file. */
  refusal({ file, scriptName }: Pick<FoundFile, "file" | "scriptName">, folder: ByteString | null): Message | null {
    const name = toDisplayText(scriptName);
    const unserved = folder === null ? null : unservedFile(baseName(file));
    if (unserved !== null) return routeMessage(unserved, { name });
    const outside =
      folder === null ? null : this.#containment.refusal(file, folder === "" ? byteString("/") : folder, name);
    const secret = outside === null ? this.#secretFile(file) : null;
    return secret === null ? outside : routeMessage(secret, { name });
  }

  /** Finds out whether it is a file of the configuration, whatever its name and through whatever link. */
  #secretFile(file: ByteString): "password-file" | "configuration-file" | null {
    if (this.#guards.isPasswordFile(file)) return "password-file";
    const config = this.#configFile;
    return config !== null && isSameFile(config, file) ? "configuration-file" : null;
  }

  /** Whether a real path may be sent for a file that was reached through `folder`. */
  permits(folder: ByteString | null): StaticRoute["permits"] {
    return folder === null ? null : (real) => this.#containment.permits(real, folder === "" ? byteString("/") : folder);
  }

  /**
   * Which names of a folder its list shows: none that a request would be refused. `at` and `path` end in a slash.
   * `guardsOf`: those of a request, also behind a link.
   */
  lists(
    at: ByteString,
    path: ByteString,
    folder: ByteString,
    guardsOf: (path: ByteString) => readonly Guard[],
  ): NonNullable<StaticRoute["lists"]> {
    let own: readonly Guard[] | undefined; // asked for only with a list
    const isBehindLink = realPath(at) !== withoutSlash(at);
    return (name, { isFolder, isLink }) => {
      own ??= guardsOf(path);
      const passed = own;
      if ((isFolder ? hiddenSegment(name) : unservedFile(name)) !== null) return false;
      const file = byteString(at + name);
      const scriptName = byteString(path + name);
      const covered = coveredBy(this.#routes, scriptName);
      if (covered.route !== null && deniedBy(covered.route, covered.path) !== null) return false;
      if (this.#secretFile(file) !== null) return false;
      const asked = isLink ? guardsOf(scriptName) : [this.#guards.of(scriptName)];
      if (this.#guards.innermost([...asked, ...passed]).some((guard) => !passed.includes(guard))) return false;
      if (isLink && this.refusal({ file, scriptName }, folder) !== null) return false;
      return !(isLink || isBehindLink) || this.deniedBehindLink(file) === null;
    };
  }
}

const placeOf = (prefix: ByteString, at: ByteString | null): ServedPlace[] => (at === null ? [] : [{ prefix, at }]);
