// A folder by its path, which may be new; in the desktop app also by the system's dialog.
import { bridge } from "../rpc/bridge.js";
import { Button } from "../ui/button.js";
import { TextField } from "../ui/text-field.js";
import "./folder-field.css";

interface FolderFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (path: string) => void;
  readonly isWrong?: boolean;
  readonly placeholder?: string;
  /** False: it may stay empty. */
  readonly required?: boolean;
  /** What the button says that opens the system's dialog. */
  readonly choice?: string;
}

export function FolderField({ choice = "Choose…", ...field }: FolderFieldProps) {
  const chooser = bridge;
  const choose = async (): Promise<void> => {
    const path = await chooser?.chooseFolder();
    if (path != null) field.onChange(path);
  };
  return (
    <div className="folder-field">
      <PathField {...field} />
      {chooser && <Button onClick={() => void choose()}>{choice}</Button>}
    </div>
  );
}

/** A path with its label above it. */
export const PathField = ({ label, isWrong, ...field }: Omit<FolderFieldProps, "choice">) => (
  <label className="ui-column folder-field-path">
    <span className="ui-dim">{label}</span>
    <TextField aria-invalid={isWrong} required {...field} />
  </label>
);
