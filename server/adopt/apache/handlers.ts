// What Apache's handlers do, by their names, and the handlers of the workbench's configuration that do the same.
import type { z } from "zod";
import type { config } from "../../contract/config.js";

export type Settings = z.input<typeof config>;
type HandlerSettings = NonNullable<Settings["handlers"]>[string];

export type HandlerKind =
  | { readonly kind: "cgi" | "php" | "fastcgi" | "wsgi" | "static" | "unknown" }
  | { readonly kind: "action"; readonly url: string }
  | { readonly kind: "address"; readonly address: string }
  | { readonly kind: "interpreter"; readonly program: string };

/** `actions`: of Action, by the name of a handler or a media type in lower case. */
export function handlerKind(name: string, actions: ReadonlyMap<string, string>): HandlerKind {
  const key = name.toLowerCase();
  const url = actions.get(key);
  if (url !== undefined) return { kind: "action", url };
  const [, program] = /^interpreter:(.+)$/.exec(name) ?? []; // of lighttpd and BusyBox
  if (program !== undefined) return { kind: "interpreter", program };
  const address = fastcgiAddress(name);
  if (address !== null) return { kind: "address", address };
  if (key === "cgi-script" || key === "application/x-httpd-cgi") return { kind: "cgi" };
  if (isPhp(key)) return { kind: "php" };
  if (key === "fcgid-script" || key === "fastcgi-script") return { kind: "fastcgi" };
  if (key === "wsgi-script") return { kind: "wsgi" };
  return { kind: key === "default-handler" || key === "none" ? "static" : "unknown" };
}

/** The name of a handler or media type of PHP. */
export const isPhp = (name: string): boolean =>
  /^(?:application\/x-httpd-php\d*|php\d*-script|x-httpd-php\d*)$/i.test(name);

/** The address in "proxy:unix:/run/x.sock|fcgi://localhost" or "fcgi://127.0.0.1:9000/"; null: there is none. */
export function fastcgiAddress(text: string): string | null {
  const [, socket, host, port] = /^(?:proxy:)?(?:unix:([^|]+)\|)?fcgi:\/\/([^/:]*)(?::(\d+))?/i.exec(text) ?? [];
  if (socket !== undefined) return `unix:${socket}`;
  return host ? `tcp:${host}:${port ?? "9000"}` : null;
}

/** `php`: settings of php.ini, "name=value". Null: the workbench's own handler of the extension does it. */
export function settingsOf(extension: string, handler: HandlerKind, php: readonly string[]): HandlerSettings | null {
  if (handler.kind === "action") return { action: handler.url };
  if (handler.kind === "address") return { address: handler.address };
  if (handler.kind === "interpreter") return { interpreter: [handler.program] };
  if (handler.kind === "fastcgi") return extension === ".fcgi" ? null : { mode: "fastcgi" };
  if (handler.kind === "wsgi") return extension === ".wsgi" ? null : { mode: "wsgi" };
  if (handler.kind !== "php" || (extension === ".php" && php.length === 0)) return null;
  return { mode: "php-cgi", interpreter: ["php-cgi", ...php.flatMap((setting) => ["-d", setting])] };
}

/** "php" and ".php" are the same extension. */
export const extensionNamed = (word: string): string => `.${word.replace(/^\./, "").toLowerCase()}`;
