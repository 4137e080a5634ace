// "Read as…": the charset in which a stream is shown, and every other one with how these bytes look in it.
import { type Ref, useMemo } from "react";
import { formatCount } from "../../format/size.js";
import { ChevronDownIcon } from "../../ui/icon.js";
import { Menu, MenuChoice } from "../../ui/menu.js";
import type { CharsetChoice } from "./charset-choice.js";
import { charsetLabel } from "./charset-choice.js";
import { encodings, lookOf, misfits, tellingBytes } from "./encodings.js";

export interface ReadAsProps {
  /** What it is shown in now. */
  readonly choice: CharsetChoice;
  /** What it would be without a choice. */
  readonly usual: CharsetChoice;
  /** The beginning of the stream. */
  readonly sample: Uint8Array;
  readonly onChoose: (charset: string | null) => void;
  readonly button: Ref<HTMLButtonElement>;
}

export function ReadAsMenu({ choice, usual, sample, onChoose, button }: ReadAsProps) {
  const shown = choice.charset === "binary" ? "not text" : choice.charset;
  return (
    <Menu
      trigger={
        <button
          ref={button}
          type="button"
          className="ui-button ui-button-small byte-charset"
          aria-label={`Read as ${shown}`}
          title={`Read as ${charsetLabel(choice)}. Click to choose another charset`}
        >
          <span className="byte-charset-words">
            <span className="ui-cut">{shown}</span>
          </span>
          <ChevronDownIcon />
        </button>
      }
    >
      <Items choice={choice} usual={usual} sample={sample} onChoose={onChoose} />
    </Menu>
  );
}

/** Computed when the menu is open, not before. */
function Items({ choice, usual, sample, onChoose }: Omit<ReadAsProps, "button">) {
  const telling = useMemo(() => tellingBytes(sample), [sample]);
  const choices = useMemo(
    () =>
      encodings.map(({ name, of }) => {
        const wrong = misfits(sample, name);
        return {
          value: name,
          title: (
            <span className="byte-encoding" data-misfit={wrong > 0 || undefined}>
              <span>{name}</span> <span className="ui-dim">{of}</span>
            </span>
          ),
          aside:
            wrong > 0 ? (
              <span className="ui-warn">{formatCount(wrong)} invalid</span>
            ) : (
              telling && (
                <bdi className="byte-encoding-look" aria-hidden="true">
                  {lookOf(telling, name)}
                </bdi>
              )
            ),
        };
      }),
    [sample, telling],
  );
  const automatic = {
    value: "",
    title: `As ${usual.from}: ${usual.charset === "binary" ? "not text" : usual.charset}`,
    aside: telling === null ? "all bytes are ASCII" : undefined,
  };
  return (
    <MenuChoice
      title="Read as"
      value={choice.from === "chosen" ? choice.charset : ""}
      choices={[automatic, ...choices]}
      onChange={(next) => onChoose(next === "" ? null : next)}
    />
  );
}
