// Where a meta-variable's name comes from: RFC 3875, a request header (§4.1.18), a convention of most servers that no
// RFC defines, or the configuration. A script that relies on a convention should know that it does.
import type { VariableStanding } from "../contract/trace.js";

const rfc: ReadonlySet<string> = new Set([
  ...[
    "AUTH_TYPE",
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "GATEWAY_INTERFACE",
    "PATH_INFO",
    "PATH_TRANSLATED",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "REMOTE_HOST",
  ],
  ...[
    "REMOTE_IDENT",
    "REMOTE_USER",
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
    "SERVER_SOFTWARE",
  ],
]);
const customary: ReadonlySet<string> = new Set([
  ...[
    "DOCUMENT_ROOT",
    "HTTPS",
    "PATH",
    "REDIRECT_STATUS",
    "REMOTE_PORT",
    "REQUEST_SCHEME",
    "REQUEST_URI",
    "SCRIPT_FILENAME",
    "SERVER_ADDR",
    "SERVER_ADMIN",
    "SERVER_SIGNATURE",
    "UNIQUE_ID",
  ],
]);

export function variableStanding(name: string): VariableStanding {
  if (rfc.has(name)) return "rfc";
  if (name.startsWith("HTTP_")) return "header";
  return customary.has(name) || name.startsWith("REDIRECT_") ? "customary" : "own";
}
