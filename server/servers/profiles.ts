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

export interface ServerProfile {
  readonly id: ServerId;
  readonly name: string;
  /** The version that it was made of and compared with. */
  readonly version: string;
  readonly answer: (run: ServerRun) => Answer;
  readonly environment: (run: ServerRun) => Environment;
  /** A script gets all that is in the server's own environment, too. */
  readonly leaks: boolean;
}

export const profiles: readonly ServerProfile[] = [
  {
    id: "apache",
    name: serverNames.apache,
    version: "2.4.71, mod_cgi",
    answer: apacheAnswer,
    environment: apacheEnvironment,
    leaks: false,
  },
  {
    id: "lighttpd",
    name: serverNames.lighttpd,
    version: "1.4.69, mod_cgi",
    answer: lighttpdAnswer,
    environment: lighttpdEnvironment,
    leaks: false,
  },
  {
    id: "nginx-fcgiwrap",
    name: serverNames["nginx-fcgiwrap"],
    version: "1.22.1, 1.1.0",
    answer: nginxAnswer,
    environment: nginxEnvironment,
    leaks: true,
  },
  { id: "go", name: serverNames.go, version: "1.19", answer: goAnswer, environment: goEnvironment, leaks: false },
  {
    id: "python",
    name: serverNames.python,
    version: "3.11, --cgi",
    answer: pythonAnswer,
    environment: pythonEnvironment,
    leaks: true,
  },
  {
    id: "busybox",
    name: serverNames.busybox,
    version: "1.35",
    answer: busyboxAnswer,
    environment: busyboxEnvironment,
    leaks: true,
  },
  {
    id: "h2o",
    name: serverNames.h2o,
    version: "2.2.5, fastcgi-cgi",
    answer: h2oAnswer,
    environment: h2oEnvironment,
    leaks: true,
  },
  {
    id: "caddy",
    name: serverNames.caddy,
    version: "2.6.2, 1.1.0",
    answer: caddyAnswer,
    environment: caddyEnvironment,
    leaks: true,
  },
  {
    id: "uwsgi",
    name: serverNames.uwsgi,
    version: "2.0.21, CGI plugin",
    answer: uwsgiAnswer,
    environment: uwsgiEnvironment,
    leaks: true,
  },
];
