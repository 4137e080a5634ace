// The menu of a byte or of a selection: where it comes from, and copying.
import type { CommandSubject } from "../../../server/contract/own-commands-contract.js";
import { numberOf } from "../../../server/protocol/trace-id.js";
import type { ChosenByte } from "../../model/traces/chosen-byte.js";
import { CommandItem } from "../../platform/command-item.js";
import { keyLabel } from "../../platform/command-registry.js";
import { ContextMenu } from "../../ui/context-menu.js";
import { MenuGroup, MenuItem, MenuSeparator } from "../../ui/menu.js";
import { OwnItems } from "../own-commands/index.js";
import type { ByteForm } from "./byte-format.js";

interface ByteMenuProps {
  /** Px from the window's left and top edges; null: closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly onClose: () => void;
  readonly returnTo: () => HTMLElement | null;
  /** Null: none is chosen, or it is of a file. */
  readonly byte: ChosenByte | null;
  /** What its own commands would be about. */
  readonly subject: CommandSubject | null;
  readonly isSelected: boolean;
  /** Reports its own failures. */
  readonly onCopy: (form: ByteForm) => Promise<void>;
}

/** The streams that a script writes. */
const written: ReadonlySet<string> = new Set(["stdout", "stderr", "response-body"]);

export function ByteMenu({ at, onClose, returnTo, byte, subject, isSelected, onCopy }: ByteMenuProps) {
  const isWritten = byte !== null && written.has(byte.stream);
  return (
    <ContextMenu label="Bytes" at={at} onClose={onClose} returnTo={returnTo}>
      {isWritten && (
        <MenuGroup title={`Byte ${byte.at} (0x${byte.at.toString(16)})`}>
          <CommandItem id="debug.byte" aside={`sends #${numberOf(byte.traceId)} again`} />
          <MenuSeparator />
        </MenuGroup>
      )}
      <MenuItem onSelect={() => void onCopy("text")} aside={isSelected ? "selection" : "all"}>
        Copy as text
      </MenuItem>
      <MenuItem onSelect={() => void onCopy("hex")} aside={isSelected ? "selection" : "all"}>
        Copy as hex
      </MenuItem>
      <CommandItem id="bytes.find" aside={keyLabel("$mod+f")} />
      <OwnItems menu="body" subject={subject} />
    </ContextMenu>
  );
}
