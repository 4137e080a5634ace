/* After a change, compile it again: cc -O2 -Wall -o PROGRAM SOURCE */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    const char *query = getenv("QUERY_STRING");
    puts("Content-Type: text/plain; charset=utf-8");
    puts(""); /* the blank line: the headers end here */
    puts("Hello from C");
    printf("The query is: %s\n", query == NULL || *query == '\0' ? "empty" : query);
    return 0;
}
