// The ways to run a script: one row each. Routing, the gateway, the worker pool, the doctor, the command line and the window read this
// table; what needs Node stands beside it, keyed by the same names (server/runners). A mode that is not here is offered nowhere.

export interface ModeTraits {
  /** In lists and sentences. */
  readonly label: string;
  /** In badges and legends, where there is room for one word. */
  readonly shortLabel: string;
  /** What it means for a script, to choose by: follows the label. */
  readonly summary: string;
  /** CSS custom property of its colour, the same in every graph. */
  readonly colour: `--${string}`;
  /** What sentences about a bad response blame. */
  readonly responder: "script" | "application";
  /** Requests travel as FastCGI records: no command line (RFC 3875 §4.4), no NPH output (FastCGI 1.0 §6.1). */
  readonly speaksFastcgi: boolean;
  /** Its processes are started here and serve further requests. */
  readonly keepsProcesses: boolean;
  /** One process serves many scripts: nothing of a single script is in it. */
  readonly sharesProcess: boolean;
  /** It is started by someone else and reached at the address that a route or a handler names. */
  readonly isExternal: boolean;
  /** Beginning of the name of the program that reads the script, which then needs neither execute bit nor `#!`; null: the script is the program. */
  readonly interpreter: string | null;
  /** Extension of the files that run this way when nothing is configured; of an interpreter's mode also the handler that names the program. */
  readonly extension: `.${string}` | null;
}

/** As in cgi-workbench.json, `--mode` and traces. A new name at the end is an addition to schema 1. */
export const modeNames = ["cgi", "fastcgi", "fastcgi-external", "php-cgi"] as const;
export type Mode = (typeof modeNames)[number];

export const modeTraits = {
  cgi: {
    label: "CGI",
    shortLabel: "CGI",
    summary: "a new process for each request",
    colour: "--c1",
    responder: "script",
    speaksFastcgi: false,
    keepsProcesses: false,
    sharesProcess: false,
    isExternal: false,
    interpreter: null,
    extension: null,
  },
  fastcgi: {
    label: "FastCGI",
    shortLabel: "FastCGI",
    summary: "kept running; the script must speak FastCGI",
    colour: "--c2",
    responder: "application",
    speaksFastcgi: true,
    keepsProcesses: true,
    sharesProcess: false,
    isExternal: false,
    interpreter: null,
    extension: ".fcgi",
  },
  "fastcgi-external": {
    label: "FastCGI, external",
    shortLabel: "external",
    summary: "an external application responds; its address is in cgi-workbench.json",
    colour: "--c5",
    responder: "application",
    speaksFastcgi: true,
    keepsProcesses: false,
    sharesProcess: false,
    isExternal: true,
    interpreter: null,
    extension: null,
  },
  "php-cgi": {
    label: "php-cgi",
    shortLabel: "php-cgi",
    summary: "PHP’s own FastCGI program, kept running",
    colour: "--c4",
    responder: "script",
    speaksFastcgi: true,
    keepsProcesses: true,
    sharesProcess: true,
    isExternal: false,
    interpreter: "php",
    extension: ".php",
  },
} as const satisfies Readonly<Record<Mode, ModeTraits>>;

/** Null where nothing ran. */
export const traitsOf = (mode: Mode | null | undefined): ModeTraits | null => (mode ? modeTraits[mode] : null);

/** How a script runs when neither the configuration nor its extension says. */
export const defaultMode: Mode = "cgi";
/** How an application at an address is reached. */
export const externalMode: Mode = "fastcgi-external";

/** Modes whose processes the worker pool keeps. */
export type PooledMode = { [M in Mode]: (typeof modeTraits)[M]["keepsProcesses"] extends true ? M : never }[Mode];
export const isPooled = (mode: Mode): mode is PooledMode => modeTraits[mode].keepsProcesses;

export const isMode = (text: string): text is Mode => Object.hasOwn(modeTraits, text);

/** How a file runs by its extension (".fcgi"). `isInterpreted`: its handler's program reads it; else it is started itself. */
export const usualMode = (extension: string, isInterpreted: boolean): Mode =>
  modeNames.find(
    (mode) => modeTraits[mode].extension === extension && (modeTraits[mode].interpreter !== null) === isInterpreted,
  ) ?? defaultMode;
