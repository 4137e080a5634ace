// The names of everything that passes between main and preload. Bundled into both.

export const channel = {
  /** Page asks for a port / main replies with one. */
  connect: "connect",
  port: "port",
  chooseFolder: "choose-folder",
  openExternal: "open-external",
  showPreview: "show-preview",
  pictureOfPreview: "picture-of-preview",
  placePreview: "place-preview",
  /** Main sends the address that the view began with. */
  previewMoved: "preview-moved",
  /** Main sends the address whose page lost its process. */
  previewGone: "preview-gone",
  focusPreview: "focus-preview",
  /** Main sends whether the view has the keyboard, when that may have changed. */
  previewFocused: "preview-focused",
  /** Main sends a command's id. */
  command: "command",
} as const;
