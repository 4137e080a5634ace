// The script's file as it is found after a failure: what the system looked at when it refused to start it, and the source.
import type { ByteString } from "../../contract/bytes-text.js";

export interface Shebang {
  /** The first line after "#!", without its line feed. */
  readonly line: ByteString;
  /** The program named first, without a carriage return. */
  readonly program: string;
  /** The program `env` is to look for, when the shebang asks it to. */
  readonly lookedFor: string | null;
  readonly carriageReturn: boolean;
  /** Where the program (for `env`, the one it looks for) is; null when it is not there or may not be executed. */
  readonly found: string | null;
  /** What is at `program`: nothing, something that may not be executed, or a program. */
  readonly state: "absent" | "not-executable" | "there";
}

export interface Folder {
  readonly path: string;
  /** Permission bits; null when there is nothing. */
  readonly mode: number | null;
  /** The server's user may look files up in it. */
  readonly searchable: boolean;
}

export interface ScriptFile {
  readonly path: string;
  readonly exists: boolean;
  /** Permission bits; null when it could not be looked at. */
  readonly mode: number | null;
  readonly uid: number | null;
  readonly sizeBytes: number;
  /** The first 256 KiB; empty when it may not be read. */
  readonly source: ByteString;
  /** The platform of the program's format: "elf", "mach-o", "pe"; with the machine of an ELF. Null: no program. */
  readonly program: { readonly format: "elf" | "mach-o" | "pe"; readonly machine: number | null } | null;
  readonly shebang: Shebang | null;
  /** From the root down. */
  readonly folders: readonly Folder[];
}
