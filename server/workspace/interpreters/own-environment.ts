// The part of the workbench's environment that scripts may inherit. Under npm, PATH begins with npm's folders: a script
// with them would find the workbench's tools instead of the machine's.
import { delimiter } from "node:path";
import type { ByteString } from "../../contract/bytes-text.js";
import { utf8 } from "../../protocol/byte-string.js";

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

/** `environment` with the PATH it had before npm changed it. */
export function withoutNpm(environment: Environment): Environment {
  const { PATH: path, npm_execpath: npm } = environment;
  if (path === undefined || npm === undefined) return environment;
  const before = path
    .split(delimiter)
    .filter((folder) => !/[\\/]node_modules[\\/]\.bin$|[\\/]node-gyp-bin$/.test(folder));
  return { ...environment, PATH: before.join(delimiter) };
}
