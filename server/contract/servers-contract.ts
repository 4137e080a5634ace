// What other servers would have done with a recorded request.

import { z } from "zod";
import { bytesText } from "./bytes-text.js";
import { call } from "./call.js";
import { serverIds } from "./server-ids.js";
import { header, message } from "./trace.js";

/** The window shows so many bytes of a body. */
export const shownBodyBytes = 4096;

export const serverAnswer = z.object({
  id: z.enum(serverIds),
  name: z.string(),
  version: z.string(),
  /** A real server answered; false: this is a prediction. */
  seen: z.boolean(),
  /** Why the real server was not asked; null if it was, or if only a prediction was wanted. */
  unseen: message.nullable(),
  /** The server cannot be predicted here: `why` says for what reason, and there is nothing else. */
  isKnown: z.boolean(),
  /** Null: what is sent has no status that a client could read. */
  status: z.number().int().nullable(),
  /** Without those of the connection and the moment. */
  headers: z.array(header),
  /** Its length, and its first bytes. */
  body: z.object({ bytes: z.number().int(), base64: z.base64() }),
  log: z.array(z.string()),
  why: message,
  /** The variables that the request decides, by name. */
  environment: z.array(z.tuple([z.string(), bytesText])),
  /** A script gets what is in the server's own environment, too. */
  leaks: z.boolean(),
  /** How it runs scripts, as Debian's package sets it up. `user`: null is whoever starts it; `seconds`: null is never. */
  runs: z.object({
    user: z.string().nullable(),
    inScriptFolder: z.boolean(),
    hasPath: z.boolean(),
    seconds: z.number().nullable(),
  }),
  /** What the user that it runs scripts as may not do with the script, its interpreter and the files it touched. */
  unusable: z.array(message),
  /** Why suEXEC would not run the script as its owner; of Apache alone. */
  suexec: z.array(message),
});
export type ServerAnswer = z.infer<typeof serverAnswer>;

/** Each server for one trace, and the environment that the script had here; null: none ran. */
export const serverComparison = z.object({
  servers: z.array(serverAnswer),
  here: z.array(z.tuple([z.string(), bytesText])).nullable(),
});
export type ServerComparison = z.infer<typeof serverComparison>;

export const serversContract = {
  /** Compares a trace that has ended. */
  compare: call.input(z.object({ id: z.string().max(64) })).output(serverComparison),
  /** Serves the folder as that server would, which its configuration keeps; null: as CGI Workbench. */
  serveLike: call.input(z.object({ server: z.enum(serverIds).nullable() })),
  /** Sends its request to the real server: the script runs again. The folder must be trusted. */
  ask: call.input(z.object({ id: z.string().max(64), server: z.enum(serverIds) })).output(serverAnswer),
};
