// The ways to run a script, one row each. Routing, gateway, worker pool, doctor, command line and window read this
// table. What needs Node is in tables with the same keys (server/runners). Only modes in this table can be chosen.

/** The languages that have an agent. */
export const agentLanguages = ["python", "perl", "ruby"] as const;
export type AgentLanguage = (typeof agentLanguages)[number];

export interface ModeTraits {
  /** In lists and sentences. */
  readonly label: string;
  /** For badges and legends, which have room for one word. */
  readonly shortLabel: string;
  /** What it means for a script; follows the label in the menu that selects it. */
  readonly summary: string;
  /** CSS custom property of its colour, the same in every graph. */
  readonly colour: `--${string}`;
  /** What sentences about a bad response name as its author. */
  readonly responder: "script" | "application";
  /** Requests travel as FastCGI records: no command line (RFC 3875 §4.4), no NPH output (FastCGI 1.0 §6.1). */
  readonly speaksFastcgi: boolean;
  /** The workbench starts its processes, which serve many requests. */
  readonly keepsProcesses: boolean;
  /** One process serves many scripts and has nothing of a single one. */
  readonly sharesProcess: boolean;
  /**
   * An agent in the script's language runs the unmodified script: it is a CGI script, with a
   * command line, NPH output and an exit status.
   */
  readonly usesAgent: boolean;
  /** The file defines an application, which the agent of one of these languages calls; empty: it defines none. */
  readonly applications: readonly AgentLanguage[];
  /** The workbench does not start it, but connects to the address that a route or a handler names. */
  readonly isExternal: boolean;
  /**
   * Beginning of the name of the program that reads the script, which then needs no execute bit and no `#!`; null: the
   * script is the program.
   */
  readonly interpreter: string | null;
  /**
   * Extension of the files that run this way by default; for a mode with an interpreter, also the key of its handler.
   */
  readonly extension: `.${string}` | null;
  /**
   * The client and the script exchange messages for as long as the connection lasts (RFC 6455). What a message is on
   * stdout: a line, or what one read returns; null: there is a request and a response.
   */
  readonly webSocket: "line" | "read" | null;
}

/** The names in cgi-workbench.json, `--mode` and traces. A new name at the end is an addition to schema 1. */
export const modeNames = [
  "cgi",
  "fastcgi",
  "fastcgi-external",
  "php-cgi",
  "prefork",
  "persistent",
  "wsgi",
  "psgi",
  "rack",
  "handler",
  "websocket",
  "websocket-binary",
] as const;
export type Mode = (typeof modeNames)[number];

/** What the modes that start a process of its own for each request or connection have in common. */
const own = {
  responder: "script",
  speaksFastcgi: false,
  keepsProcesses: false,
  sharesProcess: false,
  usesAgent: false,
  applications: [],
  isExternal: false,
  interpreter: null,
  extension: null,
  webSocket: null,
} as const;

/** What the modes that run an unmodified script in an agent have in common. */
const unmodified = {
  ...own,
  speaksFastcgi: true,
  keepsProcesses: true,
  usesAgent: true,
} as const;

/** What the modes have in common whose script is an application, or defines one. */
const application = {
  ...own,
  responder: "application",
  speaksFastcgi: true,
  keepsProcesses: true,
} as const;

export const modeTraits = {
  cgi: {
    ...own,
    label: "CGI",
    shortLabel: "CGI",
    summary: "a new process for each request",
    colour: "--c1",
  },
  fastcgi: {
    ...application,
    label: "FastCGI",
    shortLabel: "FastCGI",
    summary: "kept running; the script must speak FastCGI",
    colour: "--c2",
    extension: ".fcgi",
  },
  "fastcgi-external": {
    ...application,
    label: "FastCGI, external",
    shortLabel: "external",
    summary: "an external application responds; its address is in cgi-workbench.json",
    colour: "--c5",
    keepsProcesses: false,
    isExternal: true,
  },
  "php-cgi": {
    ...own,
    label: "php-cgi",
    shortLabel: "php-cgi",
    summary: "PHP’s own FastCGI program, kept running",
    colour: "--c4",
    speaksFastcgi: true,
    keepsProcesses: true,
    sharesProcess: true,
    interpreter: "php",
    extension: ".php",
  },
  prefork: {
    ...unmodified,
    label: "Prefork",
    shortLabel: "prefork",
    summary: "interpreter and imports stay; a fork for each request",
    colour: "--c3",
  },
  persistent: {
    ...unmodified,
    label: "Persistent",
    shortLabel: "persistent",
    summary: "the script again and again in one interpreter",
    colour: "--c6",
  },
  wsgi: {
    ...application,
    label: "WSGI",
    shortLabel: "WSGI",
    summary: "the file’s Python application, kept running",
    colour: "--c7",
    applications: ["python"],
    extension: ".wsgi",
  },
  psgi: {
    ...application,
    label: "PSGI",
    shortLabel: "PSGI",
    summary: "the file’s Perl application, kept running",
    colour: "--c8",
    applications: ["perl"],
    extension: ".psgi",
  },
  rack: {
    ...application,
    label: "Rack",
    shortLabel: "Rack",
    summary: "the file’s Ruby application, kept running",
    colour: "--c9",
    applications: ["ruby"],
    extension: ".ru",
  },
  handler: {
    ...application,
    label: "Handler",
    shortLabel: "handler",
    summary: "a function of the file for each path, called in an interpreter that stays",
    colour: "--c10",
    applications: ["python", "perl"],
  },
  websocket: {
    ...own,
    label: "WebSocket",
    shortLabel: "WebSocket",
    summary: "a process for each connection; a message is a line",
    colour: "--c11",
    webSocket: "line",
  },
  "websocket-binary": {
    ...own,
    label: "WebSocket, binary",
    shortLabel: "WS binary",
    summary: "a process for each connection; what it writes at once is a message",
    colour: "--c12",
    webSocket: "read",
  },
} as const satisfies Readonly<Record<Mode, ModeTraits>>;

/** An agent of ours runs the file, or calls its application; its status is that of a script's process. */
export const isRunByAgent = (mode: Mode): boolean => modeTraits[mode].usesAgent || callsApplication(mode);

export const callsApplication = (mode: Mode): boolean => modeTraits[mode].applications.length > 0;

/** It is started for each request or connection, and gets nothing else. */
export const isOwnProcess = (mode: Mode): boolean => !modeTraits[mode].speaksFastcgi;

/** What a script of it sends can be told apart: PHP's processes serve one request at a time. */
export const canCatchMail = (mode: Mode): boolean => isOwnProcess(mode) || mode === "php-cgi";

/** It takes connections in place of requests. */
export const speaksWebSocket = (mode: Mode): boolean => modeTraits[mode].webSocket !== null;

/** The modes of scripts that respond to requests. */
export const requestModes = modeNames.filter((mode) => !speaksWebSocket(mode));

/** Null if nothing ran. */
export const traitsOf = (mode: Mode | null | undefined): ModeTraits | null => (mode ? modeTraits[mode] : null);

/** The mode of a script if neither the configuration nor its extension sets one. */
export const defaultMode: Mode = "cgi";
/** The mode of an application at an address. */
export const externalMode: Mode = "fastcgi-external";

/** The modes with worker processes in the pool. */
export type PooledMode = { [M in Mode]: (typeof modeTraits)[M]["keepsProcesses"] extends true ? M : never }[Mode];
export const isPooled = (mode: Mode): mode is PooledMode => modeTraits[mode].keepsProcesses;

export const isMode = (text: string): text is Mode => Object.hasOwn(modeTraits, text);
export const isRequestMode = (text: string): text is Mode => isMode(text) && requestModes.includes(text);

/**
 * The mode of a file by its extension (".fcgi"). `isInterpreted`: its handler's program reads it; else it is started
 * itself, unless it holds an application, which is called in either case.
 */
export const usualMode = (extension: string, isInterpreted: boolean): Mode =>
  modeNames.find(
    (mode) =>
      modeTraits[mode].extension === extension &&
      (callsApplication(mode) || (modeTraits[mode].interpreter !== null) === isInterpreted),
  ) ?? defaultMode;

/** The language of the mode's applications; null: they can be in several, or there are none. */
export function onlyLanguageOf(mode: Mode): AgentLanguage | null {
  const languages: readonly AgentLanguage[] = modeTraits[mode].applications;
  return languages.length === 1 ? (languages[0] ?? null) : null;
}
