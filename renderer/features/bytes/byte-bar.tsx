// The bar above the bytes: form, charset, colours, search and copying.
import { formatExactBytes } from "../../format/size.js";
import { keyLabel } from "../../platform/command-registry.js";
import { IconButton } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { PaletteIcon, SearchIcon } from "../../ui/icon.js";
import type { ByteForm } from "./byte-format.js";
import type { ByteRange } from "./byte-selection.js";
import type { ByteMode } from "./byte-view-state.js";
import { CopyMenu, type CopyState } from "./copy-menu.js";
import { ReadAsMenu, type ReadAsProps } from "./read-as-menu.js";

interface ByteBarProps {
  readonly mode: ByteMode;
  readonly onMode: (mode: ByteMode) => void;
  readonly charset: ReadAsProps;
  /** Null: the stream has no escape sequences. */
  readonly colours: { readonly isOn: boolean; readonly onChange: (isOn: boolean) => void } | null;
  readonly onFind: () => void;
  readonly copy: {
    readonly state: CopyState;
    readonly range: ByteRange | null;
    /** Bytes that were kept. */
    readonly length: number;
    readonly areAll: boolean;
    readonly isDisabled: boolean;
    readonly onCopy: (form: ByteForm) => Promise<void>;
    readonly onSave: () => Promise<void>;
  };
}

export function ByteBar({ mode, onMode, charset, colours, onFind, copy }: ByteBarProps) {
  const { range } = copy;
  return (
    <div className="ui-row byte-bar">
      <Choice label="Show as" value={mode} choices={modes} onChange={onMode} />
      <ReadAsMenu {...charset} />
      <span className="ui-spacer" />
      {colours && (
        <IconButton
          label="Terminal colours"
          hint={
            colours.isOn
              ? "Show escape sequences instead of terminal colours"
              : "Show escape sequences as terminal colours"
          }
          aria-pressed={colours.isOn}
          onClick={() => colours.onChange(!colours.isOn)}
          icon={PaletteIcon}
        />
      )}
      <IconButton
        label="Find in bytes"
        hint={`Find in bytes (${keyLabel("$mod+f")})`}
        onClick={onFind}
        icon={SearchIcon}
      />
      <CopyMenu
        state={copy.state}
        title={
          range
            ? `Selection, ${formatExactBytes(range.to - range.from)}`
            : `${copy.areAll ? "All," : "The first"} ${formatExactBytes(copy.length)}`
        }
        isDisabled={copy.isDisabled}
        onCopy={copy.onCopy}
        onSave={copy.onSave}
      />
    </div>
  );
}

const modes: readonly { readonly value: ByteMode; readonly title: string }[] = [
  { value: "text", title: "Text" },
  { value: "hex", title: "Hex" },
  { value: "both", title: "Both" },
];
