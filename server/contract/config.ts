// cgi-workbench.json, the folder's configuration: every key with its meaning and its default. The file is optional.
// Strict: a misspelt key is a mistake to report. The JSON schema for the editor's completion is generated from this
// one.
import { z } from "zod";
import { defaultCaptureBytes, defaultMemoryBytes } from "./limits.js";
import type { Sentence } from "./message.js";
import { modeNames } from "./modes.js";
import { policy } from "./policy.js";
import { serverIds } from "./server-ids.js";

export const configFileName = "cgi-workbench.json";
/** Apache's own, in any folder. Where a folder is served like Apache, it holds settings, too. */
export const htaccessName = ".htaccess";

/** Whether a path in the workspace is a file that holds settings of the folder. */
export const isOfConfiguration = (path: string): boolean =>
  path === configFileName || path === htaccessName || path.endsWith(`/${htaccessName}`);

const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => !value.includes("\0"), "must not contain a NUL character")
    .refine((value) => !/\p{Surrogate}/u.test(value), "must not contain half of a surrogate pair");
const path = text(4096).min(1);
const urlPath = text(4096)
  .regex(/^\//, 'must begin with "/"')
  .refine((value) => !/\/\/|\/\.\.?(\/|$)/.test(value), 'must not hold "//", "." or ".."')
  .refine((value) => !/%[0-9a-f]{2}/i.test(value), 'must be decoded: " " in place of "%20"');
const extension = z.string().regex(/^\.[^./]+$/, 'must be an extension like ".py"');
const indexName = text(1024).regex(
  /^(?:[^/]+|\/.*[^/])$/,
  "must be a file name, or a path that begins with / and ends in none",
);
const fileName = text(255).regex(/^[^/]+$/, "must be a file name");
const variableName = z
  .string()
  .regex(/^[^=\0]+$/, 'must be a name without "="')
  .max(256);
const variableValue = text(131_000).describe(
  'A value that begins with "./" or "../" is a path in the workspace and reaches the script as an absolute one; so does a relative value of a name that ends in _ROOT.',
);
const variables = z.record(variableName, variableValue);
/** "null", which any page can have, only if it is written so: it is the origin of any other URL, too. */
const isOrigin = (text: string): boolean =>
  text === "null" || (/^https?:\/\/[^*@]+$/i.test(text) && URL.canParse(text));
const isPort = (text: string): boolean => Number(text) >= 1 && Number(text) <= 65_535;
const mode = z.enum(modeNames);
const milliseconds = z.int().positive();
const bytes = z.int().nonnegative();

const server = z.strictObject({
  port: z
    .int()
    .min(0)
    .max(65_535)
    .nullable()
    .default(null)
    .describe("Port for scripts; 0: any free port; null: 8080 or the next free port."),
  host: text(255)
    .min(1)
    .default("127.0.0.1")
    .describe("Address to listen on. With any other than a loopback address, other machines can run the scripts."),
  hosts: z
    .array(
      text(255)
        .min(1)
        .regex(/^[^\s/?#@*]+$/, 'must be a host name like "shop.test"'),
    )
    .default([])
    .describe("Host names that requests may have in `Host`, in addition to localhost and loopback addresses."),
  allowedOrigins: z
    .array(text(255).min(1).refine(isOrigin, 'must be an origin like "http://shop.test:8000"'))
    .default([])
    .describe(
      'Other origins whose pages may send unsafe methods, open WebSockets and send requests in the background: "http://shop.test:8000".',
    ),
  serviceWorkers: z
    .boolean()
    .default(false)
    .describe("Whether pages may register service workers, which then answer in place of scripts."),
  otherUsers: z
    .boolean()
    .default(false)
    .describe("Whether other users of this machine may send requests. Linux; scripts run with your rights."),
  admin: text(255)
    .regex(/^[^\x00-\x20"&<>\x7f]+$/, "must be an e-mail address or a URL")
    .nullable()
    .default(null)
    .describe(
      "E-mail address or URL of the administrator. Scripts get it as SERVER_ADMIN and, as a line of HTML, in SERVER_SIGNATURE; null: neither is set.",
    ),
  index: z
    .array(indexName)
    .default(["index.html", "index.cgi", "index.py", "index.pl", "index.php"])
    .describe(
      'Index files of a folder; the first one that exists is served. If none does, a path such as "/cgi-bin/start.cgi" responds.',
    ),
});

const auth = z.strictObject({
  realm: text(255)
    .regex(/^[^\x00-\x1f\x7f]*$/, "must not contain control characters")
    .describe("Name that the browser shows."),
  htpasswd: path.describe(
    "File of users and password hashes, as htpasswd -B writes it. Hashes: bcrypt, apr1 and {SHA}. It is never served.",
  ),
});

const address = z
  .string()
  .regex(/^(tcp:.+:\d+|unix:.+)$/, 'must be "tcp:host:port" or "unix:path"')
  .refine((text) => isPort(/^tcp:.*:(\d+)$/.exec(text)?.[1] ?? "1"), "must have a port from 1 to 65535");
const connections = z.int().min(1).max(1024);

const route = z
  .strictObject({
    path: urlPath.describe(
      'The URL path of the route, decoded: "/git/" covers /git and everything below it, "/my docs/" covers /my%20docs/. The longest matching path wins.',
    ),
    file: path
      .optional()
      .describe(
        "The script or program that responds. SCRIPT_NAME is the path without its final slash, PATH_INFO the rest.",
      ),
    dir: path
      .optional()
      .describe("A folder, inside or outside the workspace. Its files are served like those of the workspace."),
    address: address.optional().describe("Address on which a FastCGI application listens."),
    connections: connections
      .optional()
      .describe(
        "How many requests the application handles at once. If set, so many connections are kept open and reused, and further requests wait. If not set, each request gets a new connection. One setting is enough for all routes to the address.",
      ),
    deny: z
      .union([z.boolean(), z.array(fileName).min(1).max(1000)])
      .optional()
      .describe(
        'true: every request below this path gets 403. A list of names, in which "*" and "?" have their usual meaning: files and folders of these names do ("*.inc", "users.auth.php").',
      ),
    redirect: z
      .strictObject({
        to: text(4096)
          .regex(/^(\/(?!\/)|https?:\/\/[^/])/, 'must begin with "/", "http://" or "https://"')
          .describe("Where the client is sent. What follows the route's path in the request is added, with its query."),
        status: z
          .union([301, 302, 303, 307, 308].map((status) => z.literal(status)))
          .default(302)
          .describe("301 and 308 are permanent; 307 and 308 keep the method."),
        exact: z
          .boolean()
          .optional()
          .describe(
            "true: only the route's own path, as it is written, is redirected. Another route may have the path with a final slash, or without one.",
          ),
      })
      .optional()
      .describe("Sends the client elsewhere (RFC 9110 §15.4)."),
    run: z
      .union([z.boolean(), z.literal("all"), z.array(extension).max(100)])
      .optional()
      .describe(
        'false: nothing below this path runs. Scripts are sent as text, like all other files. A list of extensions, [".cgi"]: only such files run. "all": every file runs, as below Apache\'s ScriptAlias.',
      ),
    list: z
      .boolean()
      .optional()
      .describe("true: a folder below this path that has no index file is shown as a list of its files."),
    index: z
      .array(indexName)
      .max(100)
      .optional()
      .describe("Index files of the folders below this path, instead of those of `server`."),
    fallback: fileName
      .refine((name) => name !== "." && name !== "..", "must be a file name")
      .optional()
      .describe(
        'A file of the route\'s folder that responds where nothing exists, as with try_files: "index.php". SCRIPT_NAME is its own path, REQUEST_URI that of the request.',
      ),
    mode: mode.optional().describe("Mode of the scripts below this path."),
    auth: auth.optional().describe("Requires a sign-in (HTTP Basic authentication) for everything below the path."),
    passAuthorization: z.boolean().optional().describe("Passes the Authorization header to scripts below this path."),
    variables: variables.optional().describe("Environment variables for scripts below this path."),
  })
  .refine(
    (r) => [r.file, r.dir, r.address, r.redirect].filter((target) => target !== undefined).length <= 1,
    "must have only one of file, dir, address and redirect",
  )
  .refine(
    (r) => r.fallback === undefined || [r.file, r.address, r.redirect].every((target) => target === undefined),
    "must not have fallback together with file, address or redirect",
  );

/** How the agent runs a script, or an application (wsgi, psgi, rack, handler). */
const agent = {
  preload: z
    .array(text(255).regex(/^[^,\s]+$/, "must be the name of a module"))
    .max(200)
    .optional()
    .describe(
      "All modes with an agent (prefork, persistent, wsgi, psgi, rack, handler): modules that a worker process loads before its first request. A Python script in prefork has the installed modules that it imports at its top, too; an empty list leaves them to each request.",
    ),
  modules: z
    .enum(["drop", "keep"])
    .optional()
    .describe(
      'persistent: what happens to the script\'s own modules after each request. "drop", the default: they are loaded again. "keep": they stay, with their state.',
    ),
  globals: z
    .enum(["fresh", "keep"])
    .optional()
    .describe(
      'persistent: the script\'s global variables. "fresh", the default: new for each request. "keep": the next request finds them.',
    ),
  growMiB: z
    .int()
    .nonnegative()
    .optional()
    .describe(
      "All modes with an agent (of prefork Python's alone): a worker process that grew by so many MiB is replaced; 0: never. 256 by default, in Perl's persistent 64. On Linux only.",
    ),
  spare: z
    .int()
    .nonnegative()
    .max(64)
    .optional()
    .describe("prefork: forked children that wait for a request, in each worker process; 1 by default."),
};

/** How worker processes are kept, in modes that have any. */
const pool = {
  workers: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe("Maximum number of worker processes, in modes that have any; 2 by default."),
  requests: z
    .int()
    .min(1)
    .optional()
    .describe("A worker process is restarted after this many requests; by default never."),
  start: z
    .enum(["demand", "always"])
    .optional()
    .describe(
      'When worker processes run. "demand", the default: from the first request that needs them. "always": from the start of the server (those of a handler other than php-cgi: from the first request of each script), and they are restarted as soon as they end.',
    ),
  watch: z
    .array(path)
    .max(100)
    .optional()
    .describe(
      "Files and folders of the workspace: a change restarts the worker processes, as a change of the script does.",
    ),
  ...agent,
};

const handler = z
  .strictObject({
    interpreter: z
      .array(text(4096).min(1))
      .min(1)
      .optional()
      .describe("Program (searched along PATH), and its arguments before the script's name."),
    address: address
      .optional()
      .describe(
        "Address of a FastCGI application that runs such files, for example php-fpm. It must see the files at the same paths. SCRIPT_FILENAME names the file.",
      ),
    connections: connections.optional().describe("As for a route: connections that are kept open to the application."),
    action: urlPath
      .regex(/[^/]$/, "must not end in a slash")
      .optional()
      .describe(
        'URL path of the script that gets such files, as with Apache\'s Action: "/cgi-bin/parser3". PATH_INFO is the path of the request, PATH_TRANSLATED the file, SCRIPT_NAME the script.',
      ),
    mode: mode.optional().describe("Mode of such files."),
    ...pool,
  })
  .refine(
    (h) => h.address === undefined || (h.interpreter === undefined && h.mode === undefined),
    "must not have address together with interpreter or mode",
  )
  .refine(
    (h) => h.action === undefined || Object.keys(h).length === 1,
    "must not have action together with another setting: the script has its own",
  );

const script = z.strictObject({
  mode: mode.optional().describe("Mode of the script."),
  ...pool,
  variables: variables.optional().describe("Environment variables for this script."),
  passAuthorization: z.boolean().optional().describe("Passes the Authorization header to this script."),
});

const limits = z.strictObject({
  silenceMs: milliseconds
    .nullable()
    .default(60_000)
    .describe("A script that reads and writes nothing for this long is stopped; null: never."),
  totalMs: milliseconds.nullable().default(null).describe("Limit for the whole request; null: no limit."),
  concurrency: z.int().min(1).max(1024).default(32).describe("How many scripts run at once."),
  queue: z
    .int()
    .nonnegative()
    .max(100_000)
    .default(1024)
    .describe("How many requests may wait for a script to end; further ones get 503."),
  requestBodyBytes: bytes.nullable().default(null).describe("Largest request body; null: no limit."),
  captureBytes: bytes
    .max(1 << 30)
    .default(defaultCaptureBytes)
    .describe("How much of each stream a trace keeps."),
  memoryBytes: bytes.default(defaultMemoryBytes).describe("Memory for all traces together."),
});

const doctor = z.strictObject({
  off: z
    .record(z.string(), text(1000).min(1))
    .default({})
    .describe(
      'Rules of the doctor that are switched off, each with the reason: {"handler-used": "this folder never leaves the workbench"}.',
    ),
});

export const config = z.strictObject({
  $schema: z.string().optional().describe("For editors only."),
  server: server.prefault({}),
  routes: z.array(route).max(1000).default([]).describe("URL paths that lead elsewhere than to the folder's files."),
  handlers: z
    .record(extension, handler.nullable())
    .default({})
    .describe(
      "What runs files with an extension. `interpreter` is for those that are not executable or have no shebang line, the other settings are for all of them; null: no handler.",
    ),
  scripts: z
    .record(path, script)
    .default({})
    .describe('Settings by the script\'s path in the workspace: "cgi-bin/cart.py".'),
  variables: variables.default({}).describe("Environment variables for every script."),
  inherit: z
    .array(variableName)
    .default([])
    .describe("Variables that scripts inherit from the workbench's environment. They always inherit PATH."),
  links: z
    .array(path)
    .default([])
    .describe("Files and folders outside the workspace to which symbolic links may lead."),
  limits: limits.prefault({}),
  serveLike: z
    .enum(serverIds)
    .nullable()
    .default(null)
    .describe(
      "CGI scripts get the variables, and clients the response, that this server would give them; null: as CGI Workbench serves.",
    ),
  mail: z
    .enum(["caught", "real"])
    .default("caught")
    .describe(
      'What becomes of the mail that CGI scripts send. "caught": it is in the trace and goes nowhere, and a script that calls `sendmail` or `mail` by its path, or port 25 of a server, is not started. "real": the `sendmail` of this machine and other servers send it.',
    ),
  doctor: doctor.prefault({}),
  policy: policy.prefault({}).describe("Behaviour that RFC 3875 leaves open and in which servers differ."),
});
type Parsed = z.infer<typeof config>;
export interface ConfiguredRoute extends z.infer<typeof route> {
  /** What is wrong with it: it gives no response below its path. */
  readonly mistake?: Sentence;
  /** Lines of `.htaccess` files that redirect, refuse or ask for a sign-in there: "private/.htaccess:2". */
  readonly from?: readonly string[];
}
/** The configuration with every default filled in. */
export interface Config extends Omit<Parsed, "routes"> {
  readonly routes: readonly ConfiguredRoute[];
}
/** What a script or a handler sets of this; the rest has defaults. */
export type PoolOptions = Pick<z.infer<typeof script>, keyof typeof pool>;
export type AgentOptions = Pick<PoolOptions, keyof typeof agent>;

/** A route with a mistake as one that gives no response; null: what it protects is not known from its path alone. */
export function closedRoute(written: unknown, mistake: Sentence): ConfiguredRoute | null {
  const places = { file: path.optional(), dir: path.optional(), address: address.optional().catch(undefined) };
  const known = z.looseObject({ path: urlPath, ...places }).safeParse(written);
  if (!known.success) return null;
  const { path: covered, file, dir, address: place, ...others } = known.data;
  const mayHavePasswords = Object.entries(others).some(
    ([key, value]) =>
      key === "auth" ||
      !Object.hasOwn(route.shape, key) ||
      (typeof value === "object" && !["redirect", "variables", "deny", "index", "run"].includes(key)),
  );
  return mayHavePasswords ? null : { path: covered, file, dir, address: place, deny: true, mistake };
}

/** The configuration without a file. */
export const defaultConfig: Config = config.parse({});

/** JSON schema (draft 2020-12) of the file: keys with a default are optional. */
export function configJsonSchema(): object {
  return z.toJSONSchema(
    config.meta({ title: configFileName, description: "The configuration of a CGI Workbench folder." }),
    { io: "input" },
  );
}
