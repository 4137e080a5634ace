// Making a new file: never over one that exists, with the first lines of a script in languages where a request can run it.
import { create } from "zustand";
import { useSelection } from "../../app/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";

/** `folder`: where the new file is to be; null: beside the one in the editor. */
export const useNewFile = create<{ readonly isOpen: boolean; readonly folder: string | null }>()(() => ({ isOpen: false, folder: null }));

export const askNewFile = (folder: string | null = null): void => useNewFile.setState({ isOpen: true, folder });
export const closeNewFile = (): void => useNewFile.setState({ isOpen: false });

const starters: Readonly<Record<string, string>> = {
  py: '#!/usr/bin/env python3\nimport os\n\nprint("Content-Type: text/plain; charset=utf-8")\nprint()\nprint("Hello from", os.environ["SCRIPT_NAME"])\n',
  pl: '#!/usr/bin/env perl\nuse strict;\nuse warnings;\n\nprint "Content-Type: text/plain; charset=utf-8\\n\\n";\nprint "Hello from $ENV{SCRIPT_NAME}\\n";\n',
  sh: '#!/bin/sh\necho "Content-Type: text/plain; charset=utf-8"\necho\necho "Hello from $SCRIPT_NAME"\n',
  rb: '#!/usr/bin/env ruby\nputs "Content-Type: text/plain; charset=utf-8"\nputs\nputs "Hello from #{ENV[\'SCRIPT_NAME\']}"\n',
  php: '<?php\nheader("Content-Type: text/plain; charset=utf-8");\necho "Hello from {$_SERVER[\'SCRIPT_NAME\']}\\n";\n',
};

/** Writes the new file and shows it; answers with why it could not, or null. */
export async function createFile(path: string): Promise<string | null> {
  const { client } = useServer.getState();
  if (!client) return "There is no connection to the server.";
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  try {
    // A script begins executable, as a server wants it; PHP has its interpreter by its name alone.
    const text = starters[extension] ?? "";
    await client.files.create({ path, text, executable: text.startsWith("#!") });
  } catch (error) {
    return problemText(problemOf(error));
  }
  useSelection.getState().open(path);
  return null;
}
