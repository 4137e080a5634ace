// What a fix is: a title and a pure function from a script as it is to what would change. Text is bytes, one character each, so
// that a script in any charset keeps every byte that the fix is not about.
import type { ByteString } from "../../contract/bytes-text.js";
import type { FixId } from "../../contract/doctor-contract.js";
import { byteString } from "../../protocol/byte-string.js";
import type { InterpreterFinder } from "../../routing/handlers.js";

export interface ToFix {
  /** In the workspace, `/`-separated. */
  readonly path: string;
  /** With its byte order mark, if it has one. */
  readonly text: ByteString;
  readonly executable: boolean;
  /** The text of cgi-workbench.json; empty when there is none. */
  readonly config: string;
  readonly programs: InterpreterFinder;
}

/** Only what changes is named. */
export interface Fixed {
  readonly text?: ByteString;
  readonly executable?: boolean;
  readonly config?: string;
  /** A new file in the script's folder. */
  readonly beside?: { readonly name: string; readonly text: ByteString };
}

export interface Fix {
  readonly id: FixId;
  /** What it does, a verb first. */
  readonly title: string;
  /** Null when there is nothing that it could change here. */
  change(script: ToFix): Fixed | null;
}

/** A fix of the text alone. */
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
