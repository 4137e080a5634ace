// A folder by its path, which may be new; in the desktop app also by the system's dialog.
import { bridge } from "../../rpc/bridge.js";
import { Button } from "../../ui/button.js";

interface FolderFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly isWrong?: boolean;
}

export function FolderField({ label, value, onChange, isWrong = false }: FolderFieldProps) {
  const chooser = bridge;
  const choose = async (): Promise<void> => {
    const path = await chooser?.chooseFolder();
    if (path != null) onChange(path);
  };
  return (
    <div className="samples-folder">
      <PathField label={label} value={value} onChange={onChange} isWrong={isWrong} />
      {chooser && <Button onClick={() => void choose()}>Choose…</Button>}
    </div>
  );
}

/** A path with its label above it. */
export function PathField({ label, value, onChange, isWrong = false }: FolderFieldProps) {
  return (
    <label className="ui-column samples-field">
      <span className="ui-dim">{label}</span>
      <input
        className="ui-field ui-mono"
        aria-invalid={isWrong}
        required
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
