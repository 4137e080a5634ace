// The ways to run a script, as badges name them.
import type { Mode } from "../../../server/contract/trace.js";

export const modeNames: Readonly<Record<Mode, string>> = {
  cgi: "CGI",
  fastcgi: "FastCGI",
  "fastcgi-external": "external",
  "php-cgi": "php-cgi",
  prefork: "prefork",
  persistent: "persistent",
  wsgi: "WSGI",
  psgi: "PSGI",
};
