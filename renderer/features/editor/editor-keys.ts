// The keys that the editor itself knows, as keyboards label them. Keys of our
// commands are in server/contract/commands.ts.
import { keyLabel } from "../../platform/command-registry.js";

export const editorKeys = {
  cut: keyLabel("$mod+x"),
  copy: keyLabel("$mod+c"),
  paste: keyLabel("$mod+v"),
  find: keyLabel("$mod+f"),
  goToLine: keyLabel("$mod+g"),
  quickFix: keyLabel("$mod+."),
} as const;
