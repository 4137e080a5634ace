// What a fix is: a title, and a pure function from a script to its changes. Text is bytes, one character each, so that
// a script in any charset keeps every byte that the fix does not change.
import type { ByteString } from "../../contract/bytes-text.js";
import type { FileEncoding } from "../../contract/charsets.js";
import type { Config } from "../../contract/config.js";
import type { FixId } from "../../contract/doctor-contract.js";
import { byteString } from "../../protocol/byte-string.js";
import type { InterpreterFinder } from "../../routing/handlers.js";

export interface ToFix {
  /** In the workspace, `/`-separated. */
  readonly path: string;
  /** With its byte order mark, if it has one. */
  readonly text: ByteString;
  /** What the editor reads it as; not there: what it is probably encoded in. */
  readonly encoding?: FileEncoding | undefined;
  readonly executable: boolean;
  /** The folder of the workspace; not there: it is not known. */
  readonly root?: string;
  /** The text of cgi-workbench.json; empty if the file does not exist, null if it has a mistake or is not read. */
  readonly config: string | null;
  /** The folder's configuration with the rules of its `.htaccess` files; not there: they have no effect. */
  readonly rules?: Pick<Config, "routes" | "handlers" | "inherit"> | undefined;
  readonly programs: InterpreterFinder;
}

/** Has only what changes. */
export interface Fixed {
  readonly text?: ByteString;
  readonly executable?: boolean;
  readonly config?: string;
  /** A new file in the script's folder. One that begins with the same line stays; another one forbids the fix. */
  readonly beside?: { readonly name: string; readonly text: ByteString };
}

export interface Fix {
  readonly id: FixId;
  /** Begins with a verb. */
  readonly title: string;
  /** Null if there is nothing to change. */
  change(script: ToFix): Fixed | null;
}

/** A fix that changes only the text. */
export function textFix(id: FixId, title: string, change: (script: ToFix) => string | null): Fix {
  return {
    id,
    title,
    change: (script) => {
      const text = change(script);
      return text === null || text === script.text ? null : { text: byteString(text) };
    },
  };
}
