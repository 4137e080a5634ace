// cgi-workbench.json, the folder's configuration: every key with its meaning and its default. The file is optional.
// Strict: a misspelt key is a mistake to report. The JSON schema for the editor's completion is generated from this
// one.
import { z } from "zod";
import { defaultCaptureBytes, defaultMemoryBytes } from "./limits.js";
import { modeNames } from "./modes.js";
import { policy } from "./policy.js";

export const configFileName = "cgi-workbench.json";

const text = (maxLength: number) =>
  z
    .string()
    .max(maxLength)
    .refine((value) => !value.includes("\0"), "must not hold a NUL character");
const path = text(4096).min(1);
const urlPath = text(4096)
  .regex(/^\//, 'must begin with "/"')
  .refine((value) => !/\/\/|\/\.\.?(\/|$)/.test(value), 'must not hold "//", "." or ".."');
const variableName = z
  .string()
  .regex(/^[^=\0]+$/, 'must be a name without "="')
  .max(256);
const variableValue = text(131_000).describe(
  'A value that begins with "./" or "../" is a path in the workspace and reaches the script as an absolute one; so does a relative value of a name that ends in _ROOT.',
);
const variables = z.record(variableName, variableValue);
const isPort = (text: string): boolean => Number(text) >= 1 && Number(text) <= 65_535;
/** Messages shorten longer values. */
const maxQuoted = 40;
const mode = z.enum(modeNames, {
  error: ({ input }) =>
    `mode “${String(input).slice(0, maxQuoted)}” is not available in this version; available: ${modeNames.join(", ")}`,
});
const milliseconds = z.int().positive();
const bytes = z.int().nonnegative();

const server = z.strictObject({
  port: z
    .int()
    .min(0)
    .max(65_535)
    .nullable()
    .default(null)
    .describe("Port for scripts; 0: any free one; null: 8080, or the next free one."),
  host: text(255)
    .min(1)
    .default("127.0.0.1")
    .describe("Address to listen at. Anything but a loopback address lets other machines run the scripts."),
  hosts: z
    .array(text(255).min(1))
    .default([])
    .describe("Host names that requests may ask for, beside localhost and loopback addresses."),
  allowedOrigins: z
    .array(text(255).min(1))
    .default([])
    .describe('Foreign origins whose pages may send unsafe methods: "http://shop.test:8000".'),
  index: z
    .array(text(255).regex(/^[^/]+$/, "must be a file name"))
    .default(["index.html", "index.cgi", "index.py", "index.pl", "index.php"])
    .describe("What answers for a folder: the first of these that it holds."),
});

const auth = z.strictObject({
  realm: text(255)
    .regex(/^[^\x00-\x1f\x7f]*$/, "must not hold control characters")
    .describe("Name shown by the browser."),
  htpasswd: path.describe(
    "File of users and password hashes, as htpasswd -B makes it: bcrypt, and of the older forms apr1 and {SHA}. It is never served.",
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
      'Where the route begins: "/git/" is for /git and everything below it. The longest matching path wins.',
    ),
    file: path
      .optional()
      .describe(
        "The script or program that answers. SCRIPT_NAME is the path without its final slash, PATH_INFO the rest.",
      ),
    dir: path
      .optional()
      .describe("A folder, possibly outside of the workspace, whose files are treated like the workspace's own."),
    address: address.optional().describe("Where a FastCGI application listens."),
    connections: connections
      .optional()
      .describe(
        "How many requests the application at the address serves at once. Said, that many connections are kept open and used again, and further requests wait; not said, each request gets a new one. It holds for every route to the address, and need be said in one of them only.",
      ),
    mode: mode.optional().describe("How scripts here are run."),
    auth: auth
      .optional()
      .describe("Who may come in, by HTTP Basic authentication. Holds for everything below the path."),
    passAuthorization: z.boolean().optional().describe("Let scripts here see the Authorization header."),
    variables: variables.optional().describe("Environment variables for scripts here."),
  })
  .refine(
    (r) => [r.file, r.dir, r.address].filter((target) => target !== undefined).length <= 1,
    "must have only one of file, dir and address",
  );

/** How worker processes are kept, in modes that have any. */
const pool = {
  workers: z
    .int()
    .min(1)
    .max(64)
    .optional()
    .describe("Processes kept for it, in modes that keep any: 2 unless said otherwise."),
  requests: z.int().min(1).optional().describe("A process is replaced after this many requests; not said: never."),
  start: z
    .enum(["demand", "always"])
    .optional()
    .describe(
      'When processes run: "demand", from the first request that needs them; "always", from the start (of a handler: php-cgi\'s; those of other scripts from a script\'s first request), and again at once when they end.',
    ),
  watch: z
    .array(path)
    .max(100)
    .optional()
    .describe("Files and folders of the workspace, beside the script itself, whose change replaces its processes."),
};

const handler = z
  .strictObject({
    interpreter: z
      .array(text(4096).min(1))
      .min(1)
      .optional()
      .describe("Program, looked for along PATH, and its arguments before the script's name."),
    address: address
      .optional()
      .describe(
        "Where a FastCGI application listens that runs such files, which must see them by the same paths: php-fpm. SCRIPT_FILENAME names the file.",
      ),
    connections: connections.optional().describe("As a route's: connections kept to the application at the address."),
    mode: mode.optional().describe("How such files are run."),
    ...pool,
  })
  .refine(
    (h) => h.address === undefined || (h.interpreter === undefined && h.mode === undefined),
    "must have only one of address, and interpreter or mode",
  );

const script = z.strictObject({
  mode: mode.optional().describe("How the script is run."),
  ...pool,
  variables: variables.optional().describe("Environment variables for this script."),
  passAuthorization: z.boolean().optional().describe("Let this script see the Authorization header."),
});

const limits = z.strictObject({
  silenceMs: milliseconds
    .nullable()
    .default(60_000)
    .describe("A script with which nothing was exchanged for this long is stopped; null: never."),
  totalMs: milliseconds.nullable().default(null).describe("A request may take this long in all; null: no limit."),
  concurrency: z.int().min(1).max(1024).default(32).describe("Scripts running at once."),
  queue: z
    .int()
    .nonnegative()
    .max(100_000)
    .default(1024)
    .describe("Requests that may wait for a place; one more is answered 503."),
  requestBodyBytes: bytes.nullable().default(null).describe("Largest request body; null: no limit."),
  captureBytes: bytes
    .max(1 << 30)
    .default(defaultCaptureBytes)
    .describe("How much of each stream a trace keeps."),
  memoryBytes: bytes.default(defaultMemoryBytes).describe("How much all traces together may keep."),
});

const doctor = z.strictObject({
  off: z
    .record(z.string(), text(1000).min(1))
    .default({})
    .describe(
      'Rules of the doctor that are not asked, each with the reason why: {"handler-used": "this folder never leaves the workbench"}.',
    ),
});

export const config = z.strictObject({
  $schema: z.string().optional().describe("For the editor alone."),
  server: server.prefault({}),
  routes: z.array(route).max(1000).default([]).describe("Paths that mean something else than the folder's files."),
  handlers: z
    .record(z.string().regex(/^\.[^./]+$/, 'must be an extension like ".py"'), handler.nullable())
    .default({})
    .describe("Interpreters by extension, for files that are not executable or have no shebang line; null: none."),
  scripts: z
    .record(path, script)
    .default({})
    .describe('Settings by the script\'s path in the workspace: "cgi-bin/cart.py".'),
  variables: variables.default({}).describe("Environment variables for every script."),
  inherit: z
    .array(variableName)
    .default([])
    .describe("Variables of the workbench's own environment that scripts get too. PATH always is one."),
  links: z
    .array(path)
    .default([])
    .describe("Files and folders outside of the workspace to which symbolic links may lead."),
  limits: limits.prefault({}),
  doctor: doctor.prefault({}),
  policy: policy.prefault({}).describe("What the RFC leaves open, and servers do differently."),
});
/** The configuration with every default filled in. */
export type Config = z.infer<typeof config>;
/** What a script or a handler sets of this; the rest has defaults. */
export type PoolOptions = Pick<z.infer<typeof script>, keyof typeof pool>;
export type ConfiguredRoute = Config["routes"][number];

/** The configuration without a file. */
export const defaultConfig: Config = config.parse({});

/** JSON schema (draft 2020-12) of the file: keys with a default are optional. */
export function configJsonSchema(): object {
  return z.toJSONSchema(
    config.meta({ title: configFileName, description: "The configuration of a CGI Workbench folder." }),
    { io: "input" },
  );
}
