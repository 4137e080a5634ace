// The servers that are predicted, in the order in which they are shown.
import { type ServerId, serverNames } from "../contract/server-ids.js";
import type { Answer } from "./answer.js";
import { apacheAnswer } from "./apache.js";
import { busyboxAnswer } from "./busybox.js";
import { caddyAnswer } from "./caddy-fcgiwrap.js";
import type { Environment } from "./environment.js";
import {
  apacheEnvironment,
  busyboxEnvironment,
  caddyEnvironment,
  goEnvironment,
  h2oEnvironment,
  lighttpdEnvironment,
  nginxEnvironment,
  pythonEnvironment,
  uwsgiEnvironment,
} from "./environments.js";
import { goAnswer } from "./go.js";
import { h2oAnswer } from "./h2o.js";
import { lighttpdAnswer } from "./lighttpd.js";
import { nginxAnswer } from "./nginx-fcgiwrap.js";
import { pythonAnswer } from "./python.js";
import type { ServerRun } from "./server-run.js";
import { uwsgiAnswer } from "./uwsgi.js";

/** How it runs a script where it is set up as Debian's package sets it up. */
export interface RunsScripts {
  /** Null: whoever starts the server. The group is the user's own, and the umask 022. */
  readonly user: string | null;
  /** False: in the folder in which the server was started. */
  readonly inScriptFolder: boolean;
  readonly hasPath: boolean;
  /** It ends a script that is silent for so long; null: never. */
  readonly seconds: number | null;
}
const runs = (user: string | null, seconds: number | null, more: Partial<RunsScripts> = {}): RunsScripts => ({
  user,
  seconds,
  inScriptFolder: true,
  hasPath: true,
  ...more,
});

export interface ServerProfile {
  readonly id: ServerId;
  readonly name: string;
  /** The version that it was made of and compared with. */
  readonly version: string;
  readonly answer: (run: ServerRun) => Answer;
  readonly environment: (run: ServerRun) => Environment;
  /** A script gets all that is in the server's own environment, too. */
  readonly leaks: boolean;
  readonly runs: RunsScripts;
}

export const profiles: readonly ServerProfile[] = [
  {
    id: "apache",
    name: serverNames.apache,
    version: "2.4.71, mod_cgi",
    answer: apacheAnswer,
    environment: apacheEnvironment,
    leaks: false,
    runs: runs("www-data", 300),
  },
  {
    id: "lighttpd",
    name: serverNames.lighttpd,
    version: "1.4.69, mod_cgi",
    answer: lighttpdAnswer,
    environment: lighttpdEnvironment,
    leaks: false,
    runs: runs("www-data", null, { hasPath: false }),
  },
  {
    id: "nginx-fcgiwrap",
    name: serverNames["nginx-fcgiwrap"],
    version: "1.22.1, 1.1.0",
    answer: nginxAnswer,
    environment: nginxEnvironment,
    leaks: true,
    runs: runs("www-data", 60),
  },
  {
    id: "go",
    name: serverNames.go,
    version: "1.19",
    answer: goAnswer,
    environment: goEnvironment,
    leaks: false,
    runs: runs(null, null),
  },
  {
    id: "python",
    name: serverNames.python,
    version: "3.11, --cgi",
    answer: pythonAnswer,
    environment: pythonEnvironment,
    leaks: true,
    runs: runs(null, null, { inScriptFolder: false }),
  },
  {
    id: "busybox",
    name: serverNames.busybox,
    version: "1.35",
    answer: busyboxAnswer,
    environment: busyboxEnvironment,
    leaks: true,
    runs: runs(null, null),
  },
  {
    id: "h2o",
    name: serverNames.h2o,
    version: "2.2.5, fastcgi-cgi",
    answer: h2oAnswer,
    environment: h2oEnvironment,
    leaks: true,
    runs: runs("debian-h2o", 30),
  },
  {
    id: "caddy",
    name: serverNames.caddy,
    version: "2.6.2, 1.1.0",
    answer: caddyAnswer,
    environment: caddyEnvironment,
    leaks: true,
    runs: runs("www-data", null),
  },
  {
    id: "uwsgi",
    name: serverNames.uwsgi,
    version: "2.0.21, CGI plugin",
    answer: uwsgiAnswer,
    environment: uwsgiEnvironment,
    leaks: true,
    runs: runs("www-data", 60),
  },
];
