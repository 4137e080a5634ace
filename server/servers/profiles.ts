// The servers that are predicted, in the order in which they are shown.
import { type ServerId, serverIds, serverNames } from "../contract/server-ids.js";
import type { ServerAnswer } from "../contract/servers-contract.js";
import type { Answer } from "./answer.js";
import { apacheAnswer } from "./apache.js";
import { busyboxAnswer } from "./busybox.js";
import { caddyAnswer } from "./caddy-fcgiwrap.js";
import { type Environment, environmentOf } from "./environment.js";
import { environments } from "./environments.js";
import { goAnswer } from "./go.js";
import { h2oAnswer } from "./h2o.js";
import { haproxyAnswer } from "./haproxy.js";
import { lighttpdAnswer } from "./lighttpd.js";
import { nginxAnswer } from "./nginx-fcgiwrap.js";
import { pythonAnswer } from "./python.js";
import type { ServerRun } from "./server-run.js";
import { uhttpdAnswer } from "./uhttpd.js";
import { uwsgiAnswer } from "./uwsgi.js";

/** `version`: which it was made of and compared with. `leaks`, `runs`: see the contract. */
export interface ServerProfile extends Pick<ServerAnswer, "id" | "name" | "version" | "leaks" | "runs"> {
  readonly answer: (run: ServerRun) => Answer;
  readonly environment: (run: ServerRun) => Environment;
  /** It was made from the server's documentation, and nothing is compared with a real one. */
  readonly isDocumented: boolean;
}

type Rest = Partial<Pick<ServerProfile, "leaks" | "isDocumented"> & ServerProfile["runs"]>;
const row = (version: string, answer: ServerProfile["answer"], rest: Rest) => {
  const { leaks = false, isDocumented = false, ...runs } = rest;
  const usual = { user: null, seconds: null, inScriptFolder: true, hasPath: true };
  return { version, answer, leaks, isDocumented, runs: { ...usual, ...runs } };
};
const user = "www-data";
const rows: Readonly<Record<ServerId, ReturnType<typeof row>>> = {
  apache: row("2.4.71, mod_cgi", apacheAnswer, { user, seconds: 300 }),
  lighttpd: row("1.4.69, mod_cgi", lighttpdAnswer, { user, hasPath: false }),
  "nginx-fcgiwrap": row("1.22.1, 1.1.0", nginxAnswer, { user, seconds: 60, leaks: true }),
  go: row("1.19", goAnswer, {}),
  python: row("3.11, --cgi", pythonAnswer, { inScriptFolder: false, leaks: true }),
  busybox: row("1.35", busyboxAnswer, { leaks: true }),
  h2o: row("2.2.5, fastcgi-cgi", h2oAnswer, { user: "debian-h2o", seconds: 30, leaks: true }),
  caddy: row("2.6.2, 1.1.0", caddyAnswer, { user, leaks: true }),
  haproxy: row("2.6, 1.1.0", haproxyAnswer, { user, seconds: 50, leaks: true, isDocumented: true }),
  uhttpd: row("OpenWrt 23.05", uhttpdAnswer, { user: "root", seconds: 60, inScriptFolder: false, isDocumented: true }),
  uwsgi: row("2.0.21, CGI plugin", uwsgiAnswer, { user, seconds: 60, leaks: true }),
};

export const profiles: readonly ServerProfile[] = serverIds.map((id) => ({
  id,
  name: serverNames[id],
  environment: (run) => environmentOf(environments[id], run),
  ...rows[id],
}));
