// The steps of a character's path, one below the other: the text, its bytes, the encoding, and who decides it.
import type { EncodingStage, StageVerdict } from "../../../server/formats/encodings/encoding-stage.js";
import { latin1, toBytes } from "../../../server/protocol/byte-string.js";
import { spacedHex } from "../../../server/protocol/hex.js";
import { CheckIcon, ErrorIcon, InfoIcon, WarningIcon } from "../../ui/icon.js";

const words: Record<StageVerdict, string> = {
  fine: "correct",
  breaks: "breaks here",
  carried: "already wrong, passed on",
  detour: "wrong here, corrected later",
  assumed: "assumed: the language’s default",
};
const icons: Record<StageVerdict, typeof CheckIcon> = {
  fine: CheckIcon,
  breaks: ErrorIcon,
  carried: WarningIcon,
  detour: InfoIcon,
  assumed: InfoIcon,
};
const tones: Record<StageVerdict, string> = {
  fine: "ui-ok",
  breaks: "ui-bad",
  carried: "ui-warn",
  detour: "ui-warn",
  assumed: "ui-dim",
};

export function StageList({ steps }: { readonly steps: readonly EncodingStage[] }) {
  return (
    <ol className="way" aria-label="Path of a character">
      {steps.map((step) => (
        <EncodingStageItem key={step.id} step={step} />
      ))}
    </ol>
  );
}

function EncodingStageItem({
  step: { id, title, bytes, text, encoding, why, verdict },
}: {
  readonly step: EncodingStage;
}) {
  const Icon = icons[verdict];
  return (
    <li className="way-step" data-step={id} data-verdict={verdict}>
      <Icon className={`ui-beside ${tones[verdict]}`} role="img" aria-label={words[verdict]} />
      <div className="ui-stack way-body">
        <h4 className="ui-row ui-strong way-title">
          {title}
          {encoding !== null && <span className="ui-badge">{encoding}</span>}
          {(verdict === "breaks" || verdict === "detour") && (
            <span className={`ui-small way-verdict ${tones[verdict]}`}>{words[verdict]}</span>
          )}
        </h4>
        {text !== null && (
          <p className="way-text ui-mono" data-part="text">
            {text === "" ? <span className="ui-faint">nothing</span> : visible(text)}
          </p>
        )}
        {bytes !== null && (
          <p className="way-bytes ui-mono" data-part="bytes">
            <Hex bytes={bytes} />
          </p>
        )}
        <p className="ui-small ui-wrap way-why ui-dim">{why}</p>
      </div>
    </li>
  );
}

const maxHexBytes = 48;

/** Bytes beyond ASCII stand out. */
function Hex({ bytes }: { readonly bytes: string }) {
  const runs = [...bytes.slice(0, maxHexBytes).matchAll(/[\0-\x7f]+|[\x80-\xff]+/g)];
  return (
    <>
      {runs.map((run) => (
        <span key={run.index} className={run[0] > "\x7f" ? "way-high" : "ui-faint"}>
          {spacedHex(toBytes(latin1(run[0])))}{" "}
        </span>
      ))}
      {bytes.length > maxHexBytes && <span className="ui-faint">… {bytes.length - maxHexBytes} more</span>}
    </>
  );
}

/** Shows control characters, which mojibake is full of, and Python's lone surrogates as code points. */
function visible(text: string): string {
  return text.replace(
    /[\0-\x1f\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    (character) => {
      const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
      return `⟨U+${code}⟩`;
    },
  );
}
