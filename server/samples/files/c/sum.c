/* Adds two numbers: /cgi-bin/sum?a=1&b=2
 *
 * A CGI program may be written in anything that can read its environment and
 * write to stdout. Compiled, it starts in about a millisecond, where an
 * interpreter takes tens: compare the two in Timing.
 *
 * After a change, compile it again, in the folder that holds c and cgi-bin:
 *     cc -O2 -Wall -o cgi-bin/sum c/sum.c
 */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Finds "name=" at the beginning of the query or after an "&"; reads the whole number behind it. Digits need no decoding. */
static bool number(const char *query, const char *name, long *value)
{
    size_t length = strlen(name);
    for (const char *at = query; at != NULL; at = strchr(at, '&')) {
        if (*at == '&')
            at++;
        if (strncmp(at, name, length) != 0 || at[length] != '=')
            continue;
        const char *digits = at + length + 1;
        /* strtol skips white space before a number: "a= 1" is not one here. */
        if (strspn(digits, "+-0123456789") == 0)
            return false;
        char *end;
        errno = 0;
        *value = strtol(digits, &end, 10);
        return errno == 0 && end != digits && end - digits <= 16 && (*end == '&' || *end == '\0');
    }
    return false;
}

int main(void)
{
    const char *query = getenv("QUERY_STRING"); /* NULL when started by hand */
    long a, b;
    if (query == NULL || !number(query, "a", &a) || !number(query, "b", &b)) {
        puts("Status: 400 Bad Request\n"
             "Content-Type: text/plain; charset=utf-8\n"
             "\n"
             "Give two whole numbers: ?a=1&b=2");
        return 0; /* the script did its work: the request was at fault */
    }
    puts("Content-Type: text/plain; charset=utf-8");
    puts(""); /* the blank line: the headers end here */
    printf("%ld\n", a + b);
    return 0;
}
