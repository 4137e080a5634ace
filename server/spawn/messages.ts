// Why a process was not started.
import { defineMessages } from "../contract/message.js";

type WithErrno = { readonly errno: string };
type WithPath = { readonly path: string };
type WithText = { readonly systemText: string };

export const startMessage = defineMessages({
  "start-refused": ({ program, errno }: WithErrno & { readonly program: string }) =>
    `The system refused to start ${program}: ${errno}.`,
  "no-program": "The command names no program.",
  "nul-byte": "A path, an argument or a variable cannot contain a NUL byte.",
  "not-utf-8": ({ text }: { readonly text: string }) =>
    `The portable start cannot pass bytes that are not UTF-8: ${text}`,
  "server-ending": "The server is shutting down and starts no more processes.",
  "no-pipe": ({ errno }: WithErrno) => `The pipe for the script could not be made: ${errno}`,
  "no-watchdog-pipe": "The pipe for the watchdog could not be made.",
  "listening-not-supported": ({
    platform,
    architecture,
  }: {
    readonly platform: string;
    readonly architecture: string;
  }) =>
    `FastCGI applications cannot be started on ${platform} (${architecture}): the workbench cannot give them a listening socket there.`,
  "listening-not-possible": ({ systemText }: WithText) =>
    `FastCGI applications cannot be started here: they need a listening socket as descriptor 0, and the system's functions for it cannot be called (${systemText}).`,
  "socket-path-too-long": ({
    path,
    bytes,
    limitBytes,
  }: WithPath & { readonly bytes: number; readonly limitBytes: number }) =>
    `The path of a socket can have ${limitBytes} bytes, but ${path} has ${bytes}. Set XDG_RUNTIME_DIR or TMPDIR to a shorter folder.`,
  "no-socket": ({ path, errno }: WithPath & WithErrno) => `The socket ${path} could not be made: ${errno}.`,
  "start-failed": ({ systemText }: WithText) => `The workbench itself failed: ${systemText}`,
});
