// The servers that are predicted, in the order in which they are shown.
import { type ServerId, serverIds, serverNames } from "../contract/server-ids.js";
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
  /** It was made from the server's documentation, and nothing is compared with a real one. */
  readonly isDocumented?: true;
}

const rows: Readonly<Record<ServerId, Pick<ServerProfile, "version" | "answer" | "leaks" | "runs" | "isDocumented">>> =
  {
    apache: { version: "2.4.71, mod_cgi", answer: apacheAnswer, leaks: false, runs: runs("www-data", 300) },
    lighttpd: {
      version: "1.4.69, mod_cgi",
      answer: lighttpdAnswer,
      leaks: false,
      runs: runs("www-data", null, { hasPath: false }),
    },
    "nginx-fcgiwrap": { version: "1.22.1, 1.1.0", answer: nginxAnswer, leaks: true, runs: runs("www-data", 60) },
    go: { version: "1.19", answer: goAnswer, leaks: false, runs: runs(null, null) },
    python: {
      version: "3.11, --cgi",
      answer: pythonAnswer,
      leaks: true,
      runs: runs(null, null, { inScriptFolder: false }),
    },
    busybox: { version: "1.35", answer: busyboxAnswer, leaks: true, runs: runs(null, null) },
    h2o: { version: "2.2.5, fastcgi-cgi", answer: h2oAnswer, leaks: true, runs: runs("debian-h2o", 30) },
    caddy: { version: "2.6.2, 1.1.0", answer: caddyAnswer, leaks: true, runs: runs("www-data", null) },
    haproxy: {
      version: "2.6, 1.1.0",
      answer: haproxyAnswer,
      leaks: true,
      runs: runs("www-data", 50),
      isDocumented: true,
    },
    uhttpd: {
      version: "OpenWrt 23.05",
      answer: uhttpdAnswer,
      leaks: false,
      runs: runs("root", 60, { inScriptFolder: false }),
      isDocumented: true,
    },
    uwsgi: { version: "2.0.21, CGI plugin", answer: uwsgiAnswer, leaks: true, runs: runs("www-data", 60) },
  };

export const profiles: readonly ServerProfile[] = serverIds.map((id) => ({
  id,
  name: serverNames[id],
  environment: (run) => environmentOf(environments[id], run),
  ...rows[id],
}));
