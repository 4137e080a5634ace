// The configuration's routes, prepared for matching: the longest path that covers the request's path wins.
import { posix } from "node:path";
import type { ByteString } from "../contract/bytes-text.js";
import type { Config, ConfiguredRoute } from "../contract/config.js";
import { byteString, utf8 } from "../protocol/byte-string.js";
import { connectionsByAddress, connectionsOf } from "./external-targets.js";
import { parseAddress } from "./fastcgi-address.js";
import type { ExternalApplication } from "./route.js";
import { folded, foldsNames } from "./url-path.js";

export interface MatchableRoute {
  /** The path without its final slash: "/git"; "" for "/". */
  readonly prefix: ByteString;
  /** The path in the form in which file names are compared. */
  readonly folded: string;
  /** The only path that it covers; null: what lies below, too. */
  readonly exact: ByteString | null;
  /** Absolute; null when the route has no `file`. */
  readonly file: ByteString | null;
  /** Absolute, without a final slash ("" is the root of the disk); null when the route has no `dir`. */
  readonly dir: ByteString | null;
  /** Null when the route has no `address`. */
  readonly external: ExternalApplication | null;
  /** Names that `deny` refuses; null: none. */
  readonly denied: RegExp | "everything" | null;
  /** Its own index files; null: those of the server. */
  readonly index: readonly ByteString[] | null;
  readonly config: ConfiguredRoute;
}

/** Longest path first, and before what is below it the path alone. */
export function matchableRoutes(root: string, config: Config): readonly MatchableRoute[] {
  const absolute = (path: string | undefined) =>
    path === undefined ? null : withoutSlash(utf8(posix.resolve(root, path)));
  const connections = connectionsByAddress(config, root);
  return config.routes
    .map((route) => {
      const address = parseAddress(route.address ?? "", root);
      const prefix = withoutSlash(utf8(route.path));
      return {
        prefix,
        folded: folded(prefix),
        exact: route.redirect?.exact ? utf8(route.path) : null,
        file: absolute(route.file),
        dir: absolute(route.dir),
        external: address && { address, connections: connectionsOf(address, connections) },
        denied: deniedNames(route.deny),
        index: route.index?.map(utf8) ?? null,
        config: route,
      };
    })
    .sort((a, b) => b.prefix.length - a.prefix.length || rankOf(a) - rankOf(b));
}

/** Among routes of the same path one with a mistake comes first: what it would have refused is not known. */
const rankOf = ({ exact, config }: MatchableRoute): number =>
  config.mistake !== undefined ? 0 : exact !== null ? 1 : 2;

interface Covered {
  /** Null: none covers the path. */
  readonly route: MatchableRoute | null;
  /** Begins as the route spells it. */
  readonly path: ByteString;
}

/** The first route that covers a path: its own path, with or without the slash, or one below it. */
export function coveredBy(routes: readonly MatchableRoute[], path: ByteString): Covered {
  for (const route of routes) {
    const { prefix, exact } = route;
    if (exact !== null) {
      if (folded(path) === folded(exact)) return { route, path: exact };
      continue;
    }
    if (path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === "/"))
      return { route, path };
    const end = foldsNames ? endOfSegments(path, prefix.split("/").length - 1) : null;
    if (end !== null && folded(byteString(path.slice(0, end))) === route.folded)
      return { route, path: byteString(prefix + path.slice(end)) };
  }
  return { route: null, path };
}

/** Where that many segments of a path end; null if it has fewer. */
function endOfSegments(path: ByteString, count: number): number | null {
  let end = 0;
  for (let n = 0; n < count; n++) {
    if (end === path.length) return null;
    const next = path.indexOf("/", end + 1);
    end = next < 0 ? path.length : next;
  }
  return end;
}

/** "/a/" → "/a", "/" → "". */
export function withoutSlash(path: ByteString): ByteString {
  return path.endsWith("/") ? byteString(path.slice(0, -1)) : path;
}

/** One character of a name in UTF-8, or one byte of a name in another encoding. */
const oneCharacter = "(?:[\\xc0-\\xff][\\x80-\\xbf]*|[^])";

/** Names with "*" and "?", as one expression over a whole name; "everything" for true; null for none. */
function deniedNames(deny: boolean | readonly string[] | undefined): RegExp | "everything" | null {
  if (deny === undefined || deny === false) return null;
  if (deny === true) return "everything";
  const patterns = deny.map((name) =>
    folded(utf8(name))
      .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
      .replace(/\*+/g, "[^]*")
      .replaceAll("?", oneCharacter),
  );
  return new RegExp(`^(?:${patterns.join("|")})$`);
}
