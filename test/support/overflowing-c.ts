// A CGI program in C that writes its query beyond the end of a variable on the stack, in line 7.
export const overflowing = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void greet(const char *query) {
  char name[16];
  strcpy(name, query);
  printf("Hello, %s.\\n", name);
}

int main(void) {
  puts("Content-Type: text/plain\\n");
  greet(getenv("QUERY_STRING"));
  return 0;
}
`;
