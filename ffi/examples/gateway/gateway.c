/*
 * A gateway in C: reads standard input as it comes, puts whole messages (lines) together, and prints
 * what is in each. Exit status 0 when nothing was found, 1 with findings, 2 on an error.
 *
 *   cc -std=c11 gateway.c -o gateway $(pkg-config --cflags --libs sluicegate)
 *   printf 'card 4111 1111 1111 1111\n' | ./gateway
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sluicegate.h>

/* What one thread needs. */
struct inspector {
    sg_database *database;
    sg_scratch *scratch;
    sg_result *result;
};

/* Says what went wrong and ends the program. */
static void fail(sg_error *error) {
    fprintf(stderr, "error: %s\n", sg_error_message(error));
    if (*sg_error_hint(error)) {
        fprintf(stderr, "hint: %s\n", sg_error_hint(error));
    }
    sg_error_free(error);
    exit(2);
}

/* Prints the findings of a message: its number, and for each its classifier, confidence and bytes. */
static size_t inspect(const struct inspector *inspector, size_t number, const uint8_t *message,
                      size_t len) {
    sg_error *error = NULL;
    if (sg_scan(inspector->database, inspector->scratch, message, len, NULL, inspector->result,
                &error) != SG_STATUS_OK) {
        fail(error);
    }
    /* These can't fail: the result is live and the places are there. */
    const sg_finding *findings = NULL;
    size_t count = 0;
    uint32_t completeness = SG_COMPLETENESS_INCOMPLETE;
    sg_result_findings(inspector->result, &findings, &count);
    sg_result_completeness(inspector->result, &completeness);
    for (size_t i = 0; i < count; i++) {
        const char *id = "";
        sg_result_classifier_id(inspector->result, findings[i].classifier, &id);
        printf("%zu: %s (%u) %zu..%zu\n", number, id, (unsigned)findings[i].confidence,
               findings[i].start, findings[i].end);
    }
    if (completeness != SG_COMPLETENESS_COMPLETE) {
        printf("%zu: not inspected to its end\n", number);
        count++;
    }
    return count;
}

int main(void) {
    if (sg_abi_version() != SG_ABI_VERSION) {
        fprintf(stderr, "error: the library is %s, made for another header\n", sg_version());
        return 2;
    }
    struct inspector inspector;
    sg_error *error = NULL;
    if (sg_database_builtin(&inspector.database, &error) != SG_STATUS_OK ||
        sg_scratch_new(&inspector.scratch, &error) != SG_STATUS_OK ||
        sg_result_new(&inspector.result, &error) != SG_STATUS_OK) {
        fail(error);
    }

    /* What has come of the message that is not whole yet. */
    uint8_t *pending = NULL;
    size_t len = 0, room = 0, number = 0, found = 0;
    ssize_t got;
    do {
        if (room - len < 4096) {
            room = room * 2 + 8192;
            uint8_t *grown = realloc(pending, room);
            if (grown == NULL) {
                fputs("error: out of memory\n", stderr);
                return 2;
            }
            pending = grown;
        }
        got = read(STDIN_FILENO, pending + len, room - len);
        size_t start = 0, searched = len;
        len += got > 0 ? (size_t)got : 0;
        const uint8_t *end;
        while ((end = memchr(pending + searched, '\n', len - searched)) != NULL) {
            size_t after = (size_t)(end - pending) + 1;
            found += inspect(&inspector, ++number, pending + start, after - 1 - start);
            start = searched = after;
        }
        len -= start;
        memmove(pending, pending + start, len);
    } while (got > 0);
    if (len > 0) {
        found += inspect(&inspector, ++number, pending, len);
    }
    bool failed = got < 0 || fflush(stdout) != 0;
    if (failed) {
        perror("error");
    }
    free(pending);
    sg_result_free(inspector.result);
    sg_scratch_free(inspector.scratch);
    sg_database_free(inspector.database);
    return failed ? 2 : found > 0;
}
