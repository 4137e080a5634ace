// A file to send: the system's chooser, the name and size of what was chosen, and
// what to do when a reload has let go of it.
import { useRef } from "react";
import { formatBytes } from "../../format/size.js";
import { keepFile, keptFile } from "../../model/request/chosen-files.js";
import type { FileRef } from "../../model/request/draft.js";
import { Button } from "../../ui/button.js";

interface FileFieldProps {
  readonly label: string;
  readonly file: FileRef | null;
  readonly onChoose: (file: FileRef) => void;
}

export function FileField({ label, file, onChoose }: FileFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const isGone = file !== null && keptFile(file) === null;
  return (
    <span className="ui-row composer-file">
      <input
        ref={input}
        type="file"
        className="ui-hidden"
        aria-label={label}
        tabIndex={-1}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen) onChoose(keepFile(chosen, chosen.name));
          target.value = ""; // choosing the same file again, changed since, is a choice too
        }}
      />
      <Button size="small" className="composer-choose" onClick={() => input.current?.click()}>
        Choose file…
      </Button>
      <span className={`ui-cut ${isGone ? "ui-warn" : "ui-dim"}`}>
        {file === null
          ? "No file chosen"
          : isGone
            ? `${file.name}: choose it again, the page was reloaded`
            : `${file.name}, ${formatBytes(file.sizeBytes)}`}
      </span>
    </span>
  );
}
