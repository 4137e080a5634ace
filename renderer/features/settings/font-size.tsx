// The editor's font size: applied as soon as the typed number is in range.
import { useId, useState } from "react";
import { fontPxRange, isFontPx, setEditor, useEditorSettings } from "../../model/documents/editor-settings.js";

export function FontSize() {
  const id = useId();
  const fontPx = useEditorSettings((settings) => settings.fontPx);
  const [text, setText] = useState(String(fontPx));
  const isGood = text.trim() !== "" && isFontPx(Number(text));
  const change = (next: string): void => {
    setText(next);
    if (next.trim() !== "" && isFontPx(Number(next))) setEditor({ fontPx: Number(next) });
  };
  return (
    <div>
      <label className="settings-row">
        <span>Font size (px)</span>
        <input
          type="number"
          className="ui-field settings-number"
          min={fontPxRange.least}
          max={fontPxRange.most}
          step="any"
          aria-invalid={!isGood}
          aria-describedby={isGood ? undefined : id}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      </label>
      {!isGood && (
        <p id={id} className="ui-bad settings-words">
          Enter a number from {fontPxRange.least} to {fontPxRange.most}. The size stays at {fontPx}.
        </p>
      )}
    </div>
  );
}
