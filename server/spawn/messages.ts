// Why a process was not started.
import { defineMessages } from "../contract/message.js";

type WithErrno = { readonly errno: string };
type WithPath = { readonly path: string };
type WithText = { readonly systemText: string };

export const startMessage = defineMessages({
  "start-refused": ({ program, errno }: WithErrno & { readonly program: string }) =>
    `The system refused to start ${program}: ${errno}.`,
  "no-program": "No program is named.",
  "nul-byte": "A NUL byte cannot be in a path, an argument or a variable.",
  "not-utf-8": ({ text }: { readonly text: string }) =>
    `The portable start cannot pass on bytes that are not UTF-8: ${text}`,
  "server-ending": "The server is shutting down and starts no more processes.",
  "no-pipe": ({ errno }: WithErrno) => `No pipe for the script: ${errno}`,
  "no-watchdog-pipe": "No pipe for the watchdog.",
  "listening-not-supported": ({
    platform,
    architecture,
  }: {
    readonly platform: string;
    readonly architecture: string;
  }) =>
    `FastCGI applications cannot be started on ${platform} (${architecture}): no way to hand them a socket is known.`,
  "listening-not-possible": ({ systemText }: WithText) =>
    `FastCGI applications cannot be started here: they need a listening socket as descriptor 0, and the system's functions for it cannot be called (${systemText}).`,
  "socket-path-too-long": ({
    path,
    bytes,
    limitBytes,
  }: WithPath & { readonly bytes: number; readonly limitBytes: number }) =>
    `The path of a socket may have ${limitBytes} bytes, and ${path} has ${bytes}: set XDG_RUNTIME_DIR or TMPDIR to a shorter folder.`,
  "no-socket": ({ path, errno }: WithPath & WithErrno) => `No socket could be made at ${path}: ${errno}.`,
  "start-failed": ({ systemText }: WithText) => `The workbench itself failed: ${systemText}`,
});
