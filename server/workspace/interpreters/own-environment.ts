// The workbench's own environment, as far as scripts may be given of it. Started through npm, PATH begins with npm's folders: a
// script that ran with them would find the workbench's tools instead of the machine's.
import { delimiter } from "node:path";
import type { Environment } from "../../app/gateway-settings.js";

/** `environment` with the PATH it had before npm changed it. */
export function withoutNpm(environment: Environment): Environment {
  const { PATH: path, npm_execpath: npm } = environment;
  if (path === undefined || npm === undefined) return environment;
  const before = path
    .split(delimiter)
    .filter((folder) => !/[\\/]node_modules[\\/]\.bin$|[\\/]node-gyp-bin$/.test(folder));
  return { ...environment, PATH: before.join(delimiter) };
}
