// How worker processes are started in each mode that has any: the pool's own table beside `contract/modes`.
import type { ByteString } from "../../contract/bytes-text.js";
import type { PooledMode } from "../../contract/modes.js";
import { byteString } from "../../protocol/byte-string.js";
import type { ScriptRoute } from "../../routing/route.js";

export interface WorkerMode {
  argv(route: Pick<ScriptRoute, "file" | "interpreter">): readonly ByteString[];
  /** Absolute. */
  cwd(route: Pick<ScriptRoute, "file" | "documentRoot">): ByteString;
  /** What its environment has in addition to what is inherited. */
  variables(route: Pick<ScriptRoute, "variables">): Iterable<readonly [ByteString, ByteString]>;
}

/**
 * php-cgi exits after 500 requests by itself and may start children: here each is a single process, replaced between
 * two requests.
 */
const phpVariables = [
  [byteString("PHP_FCGI_CHILDREN"), byteString("0")],
  [byteString("PHP_FCGI_MAX_REQUESTS"), byteString("0")],
] as const;

export const workerModes: Readonly<Record<PooledMode, WorkerMode>> = {
  fastcgi: {
    argv: ({ file, interpreter }) => [...(interpreter ?? []), file],
    cwd: ({ file }) => byteString(file.slice(0, file.lastIndexOf("/")) || "/"),
    variables: ({ variables }) => variables,
  },
  // Only the program: it receives the script's name and variables with each request.
  "php-cgi": {
    argv: ({ interpreter }) => interpreter ?? [byteString("php-cgi")],
    cwd: ({ documentRoot }) => documentRoot,
    variables: () => phpVariables,
  },
};
