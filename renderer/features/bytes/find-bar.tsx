// The search in a stream: the text or hex to find, the number of matches, and buttons to the previous and next one.
import { type KeyboardEvent, type RefObject, useEffect } from "react";
import { formatCount } from "../../format/size.js";
import { IconButton } from "../../ui/button.js";
import { ChevronDownIcon, ChevronUpIcon, CloseIcon } from "../../ui/icon.js";
import { TextField } from "../../ui/text-field.js";
import { useByteViewState } from "./byte-view-state.js";
import { maxMatches } from "./finder.js";
import type { Find } from "./use-find.js";

interface FindBarProps {
  readonly find: Find;
  readonly field: RefObject<HTMLInputElement | null>;
  /** The search was asked for before this bar was loaded. */
  readonly isAsked: RefObject<boolean>;
  readonly onClose: () => void;
}

export function FindBar({ find, field, isAsked, onClose }: FindBarProps) {
  const { wanted, isHex, matchesCase } = useByteViewState();
  // An open bar comes with every stream that is shown: it takes the focus only where the user asked for it.
  useEffect(() => {
    if (isAsked.current) field.current?.select();
    isAsked.current = false;
  }, [field, isAsked]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return; // the key belongs to the input method
    if (event.key === "Enter") find.goTo(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const hasMatches = (find.finder?.count ?? 0) > 0;
  return (
    <search className="ui-row byte-find" aria-label="Find in bytes">
      <TextField
        ref={field}
        className="byte-find-field"
        aria-label="Find"
        aria-invalid={find.why !== null}
        placeholder={isHex ? "0d 0a ff ??" : "Find text"}
        value={wanted}
        onChange={(text) => useByteViewState.setState({ wanted: text })}
        onKeyDown={onKeyDown}
      />
      <IconButton
        label="Aa: match case"
        aria-pressed={matchesCase}
        disabled={isHex}
        onClick={() => useByteViewState.setState({ matchesCase: !matchesCase })}
      >
        Aa
      </IconButton>
      <IconButton
        label="0x: find bytes in hex"
        aria-pressed={isHex}
        onClick={() => useByteViewState.setState({ isHex: !isHex })}
      >
        0x
      </IconButton>
      <span role="status" className={`ui-small byte-find-count ui-num ${find.why === null ? "ui-dim" : "ui-bad"}`}>
        {wordsOf(find)}
      </span>
      <IconButton
        label="Previous match"
        hint="Previous match (Shift ⏎)"
        disabled={!hasMatches}
        onClick={() => find.goTo(-1)}
        icon={ChevronUpIcon}
      />
      <IconButton
        label="Next match"
        hint="Next match (⏎)"
        disabled={!hasMatches}
        onClick={() => find.goTo(1)}
        icon={ChevronDownIcon}
      />
      <IconButton label="Close search" hint="Close (Esc)" onClick={onClose} icon={CloseIcon} />
    </search>
  );
}

function wordsOf({ finder, why, current, progress }: Find): string {
  if (why !== null) return why;
  if (finder === null) return "";
  const searching = progress === null ? "" : `, ${Math.floor(progress * 100)} %`;
  if (finder.count === 0) return progress === null ? "not found" : `searching${searching}`;
  const count = finder.isFull ? `${formatCount(maxMatches)} or more` : formatCount(finder.count);
  return `${current === null ? "" : `${formatCount(current + 1)} of `}${count}${searching}`;
}
