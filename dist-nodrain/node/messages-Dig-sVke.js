import { c as discriminatedUnion, d as literal, f as number, g as string, p as object } from "./schemas-ALeHrJtO.js";
import { a as problem } from "./workspace-DLolHr0L.js";
// server/boot/messages.ts
/** A folder to open, and the port of its scripts (null: the configured or the next free one). */
var openWorkspace = object({
	path: string(),
	port: number().int().nullable()
});
/** Browser mode's window, which the launcher listens for. */
var uiSettings = object({
	/** Host and port that the launcher listens on. */
	authority: string(),
	/** Host and port of the page's address, if they differ. */
	page: string().nullable(),
	token: string(),
	/** How long the address of the ready message is good; null: until it is used. */
	linkLifeMs: number().nullable()
});
/**
* To the server. `settings` comes first, once. A `port` or `load-driver` message comes with a MessagePort, or in browser mode with a connection
* for the window and its number.
*/
var toServer = discriminatedUnion("kind", [
	object({
		kind: literal("settings"),
		workspace: openWorkspace.nullable(),
		/** Browser mode only. */
		ui: uiSettings.nullable()
	}),
	object({
		kind: literal("port"),
		connection: number().int().optional()
	}),
	object({
		kind: literal("open"),
		path: string()
	}),
	object({ kind: literal("load-driver") }),
	object({ kind: literal("shutdown") })
]);
/** From the server. */
var fromServer = discriminatedUnion("kind", [
	object({
		kind: literal("ready"),
		pid: number().int(),
		ui: string().nullable()
	}),
	object({
		kind: literal("accepted"),
		connection: number().int()
	}),
	object({
		kind: literal("workspace"),
		workspace: openWorkspace.nullable()
	}),
	object({
		kind: literal("not-opened"),
		problem
	}),
	object({ kind: literal("load-driver") })
]);
export { toServer as n, fromServer as t };

//# sourceMappingURL=messages-Dig-sVke.js.map