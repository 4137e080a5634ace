// What was understood of another server's configuration, line by line, and the configuration that was made of it.

import { oc } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";
import { message } from "./trace.js";

const adoptedServers = ["apache", "lighttpd", "nginx", "busybox"] as const;
export type AdoptedServer = (typeof adoptedServers)[number];

const adoptedLine = z.object({
  file: z.string(),
  line: z.int(),
  /** The directive with its words; of one that may hold a secret, only its name and the name that it sets. */
  text: z.string(),
  result: z.enum(["understood", "approximated", "left-out"]),
  /** What differs, or why; null: the workbench does exactly this. */
  message: message.nullable(),
});
export type AdoptedLine = z.infer<typeof adoptedLine>;

/** `adopt --json`. */
export const adoptReport = z.object({
  schema: z.literal(1),
  server: z.enum(adoptedServers),
  /** Every file that was read. */
  files: z.array(z.string()),
  lines: z.array(adoptedLine),
  /** What cgi-workbench.json holds. */
  configuration: z.record(z.string(), z.unknown()),
});
export type AdoptReport = z.infer<typeof adoptReport>;

/** A file or a folder, absolute or beginning with `~/`; `host` "": the first virtual host. */
const source = z.object({ path: z.string().min(1).max(4096), host: z.string().max(253) });

export const adoptContract = {
  /** Configurations on this machine: the servers' own folders, and what packages have for a program. */
  found: oc.output(z.array(z.string())),
  read: call.input(source).output(adoptReport),
  /** Keeps the configuration in a folder of the user's data, which then can be opened. */
  keep: call.input(source).output(z.object({ folder: z.string() })),
};
