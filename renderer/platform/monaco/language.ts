// Which language a file is in: by its extension, else by the program its first line names.

export interface Language {
  /** The editor's id. */
  readonly id: string;
  readonly title: string;
}

const plain: Language = { id: "plaintext", title: "Plain text" };

const languages: readonly (Language & { readonly extensions: readonly string[]; readonly programs?: RegExp })[] = [
  { id: "python", title: "Python", extensions: ["py", "pyw", "wsgi"], programs: /python/ },
  { id: "perl", title: "Perl", extensions: ["pl", "pm", "psgi"], programs: /perl/ },
  { id: "php", title: "PHP", extensions: ["php", "phtml"], programs: /php/ },
  { id: "ruby", title: "Ruby", extensions: ["rb", "ru"], programs: /ruby/ },
  { id: "shell", title: "Shell", extensions: ["sh", "bash"], programs: /\b(?:ba|da|k|z)?sh\b/ },
  { id: "lua", title: "Lua", extensions: ["lua"], programs: /lua/ },
  { id: "tcl", title: "Tcl", extensions: ["tcl"], programs: /tclsh|wish/ },
  { id: "javascript", title: "JavaScript", extensions: ["js", "mjs", "cjs"], programs: /node/ },
  { id: "json", title: "JSON", extensions: ["json"] },
  { id: "html", title: "HTML", extensions: ["html", "htm"] },
  { id: "css", title: "CSS", extensions: ["css"] },
  { id: "xml", title: "XML", extensions: ["xml", "svg"] },
  { id: "cpp", title: "C", extensions: ["c", "h", "cc", "cpp"] },
  { id: "sql", title: "SQL", extensions: ["sql"] },
  { id: "markdown", title: "Markdown", extensions: ["md"] },
  { id: "ini", title: "INI", extensions: ["ini", "conf"] },
];

export function languageOf(path: string, text: string): Language {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const byExtension = languages.find(({ extensions }) => extensions.includes(extension));
  if (byExtension) return byExtension;
  const shebang = /^#![^\n]*/.exec(text)?.[0];
  return (shebang && languages.find(({ programs }) => programs?.test(shebang))) || plain;
}
