// The part of the workbench's environment that scripts may inherit. Under npm, PATH begins with npm's folders: a script
// with them would find the workbench's tools instead of the machine's. A relative or empty folder in PATH is the one in
// which a program happens to run: the served folder would choose what is started.
import { delimiter, isAbsolute } from "node:path";
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";

export type Environment = Readonly<Record<string, string | undefined>>;

/** PATH and the variables with these names, if the environment has them. */
export function inheritedVariables(
  names: readonly string[],
  environment: Environment,
): ReadonlyMap<ByteString, ByteString> {
  const variables = new Map<ByteString, ByteString>();
  for (const name of ["PATH", ...names]) {
    const value = environment[name];
    if (value !== undefined) variables.set(utf8(name), utf8(value));
  }
  return variables;
}

/**
 * For what only looks at a script of the folder: where a variable lists folders to load modules or libraries from, the
 * relative and the empty ones are left out, as they are of PATH.
 */
export const forChecks = (variables: ReadonlyMap<ByteString, ByteString>): ReadonlyMap<ByteString, ByteString> =>
  new Map(
    [...variables].flatMap(([name, value]): [ByteString, ByteString][] => {
      if (!/(?:PATH|LIB)$/.test(name)) return [[name, value]];
      const folders = value.split(delimiter).filter((folder) => isAbsolute(folder));
      return folders.length === 0 ? [] : [[name, byteString(folders.join(delimiter))]];
    }),
  );

/**
 * `environment` with the absolute folders of the PATH that it had before npm changed it; without any, the system's own
 * PATH applies.
 */
export function machineEnvironment(environment: Environment = process.env): Environment {
  const { PATH: path, ...others } = environment;
  const isOfNpm = others["npm_execpath"] === undefined ? /^$/ : /[\\/]node_modules[\\/]\.bin$|[\\/]node-gyp-bin$/;
  const folders = (path ?? "").split(delimiter).filter((folder) => isAbsolute(folder) && !isOfNpm.test(folder));
  return folders.length === 0 ? others : { ...others, PATH: folders.join(delimiter) };
}
