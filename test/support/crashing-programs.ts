// Ten programs in C that crash, and the lines of their mistakes.
export interface CrashingProgram {
  readonly what: string;
  /** The word in the sanitizer's report. */
  readonly kind: string;
  /** Without the sanitizer; null: it need not crash. */
  readonly signal: string | null;
  readonly source: string;
  readonly line: number;
}

const program = (what: string, kind: string, signal: string | null, body: string, before = ""): CrashingProgram => {
  const head = "#include <assert.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n";
  const source = `${head}${before}\nint main(void) {\n  char *query = getenv("QUERY_STRING");\n${body}\n  return 0;\n}\n`;
  const line = source.split("\n").findIndex((text) => text.includes("/* here */")) + 1;
  return { what, kind, signal, source, line };
};

export const crashingPrograms: readonly CrashingProgram[] = [
  program(
    "heap overflow",
    "heap-buffer-overflow",
    null,
    "  char *b = malloc(8);\n  strcpy(b, query); /* here */\n  puts(b);",
  ),
  program(
    "stack overflow",
    "stack-overflow",
    "SIGSEGV",
    "  return down(1, query);",
    "int down(int n, char *q) { volatile char b[4096]; b[0] = n; return down(n + 1, q) + b[0]; /* here */ }",
  ),
  program(
    "use after free",
    "heap-use-after-free",
    null,
    '  char *b = malloc(8);\n  free(b);\n  printf("%c", b[1]); /* here */',
  ),
  program(
    "double free",
    "double-free",
    "SIGABRT",
    "  char *volatile b = malloc(8);\n  free(b);\n  free(b); /* here */",
  ),
  program("null pointer", "SEGV", "SIGSEGV", "  int *volatile p = NULL;\n  *p = 1; /* here */"),
  program("division by zero", "FPE", "SIGFPE", '  volatile int zero = 0;\n  printf("%d", 10 / zero); /* here */'),
  program("aborting", "ABRT", "SIGABRT", "  if (query) abort(); /* here */"),
  program("assertion", "ABRT", "SIGABRT", "  assert(query == NULL); /* here */"),
  program(
    "stack buffer",
    "stack-buffer-overflow",
    "SIGABRT",
    "  char b[8];\n  strcpy(b, query); /* here */\n  puts(b);",
  ),
  program(
    "global buffer",
    "global-buffer-overflow",
    null,
    "  strcpy(name, query); /* here */\n  puts(name);",
    "char name[8];",
  ),
];
