/*
 * A guarding gateway in C: passes standard input on to standard output as it comes, by what a policy
 * allows, and tells on standard error what was found and decided. Exit status 0 when all has passed
 * as it came, 1 when something was redacted or blocked, 2 on an error.
 *
 *   cc -std=c11 guard.c -o guard $(pkg-config --cflags --libs sluicegate)
 *   printf 'card 4111 1111 1111 1111\n' | ./guard policy.toml
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <sluicegate.h>

/* Says what went wrong and ends the program. */
static void fail(sg_error *error) {
    fprintf(stderr, "error: %s\n", sg_error_message(error));
    if (*sg_error_hint(error)) {
        fprintf(stderr, "hint: %s\n", sg_error_hint(error));
    }
    sg_error_free(error);
    exit(2);
}

/* The stream of a guard with the built-in catalogue, which keeps what it needs itself. */
static sg_stream *guarded(const char *policy, size_t len) {
    sg_database *database = NULL;
    sg_guard *guard = NULL;
    sg_stream *stream = NULL;
    sg_error *error = NULL;
    sg_request request = {sizeof request, SG_CHANNEL_OUTPUT, SG_FORM_TEXT, SG_OFFSET_UNIT_BYTES, 0};
    if (sg_database_builtin(&database, &error) != SG_STATUS_OK ||
        sg_guard_new(database, policy, len, NULL, 0, &guard, &error) != SG_STATUS_OK ||
        sg_stream_new_guarded(guard, NULL, &request, &stream, &error) != SG_STATUS_OK) {
        fail(error);
    }
    const char *warnings = "[]";
    sg_guard_diagnostics(guard, &warnings);
    if (warnings[1] != ']') {
        fprintf(stderr, "warnings: %s\n", warnings);
    }
    sg_guard_free(guard);
    sg_database_free(database);
    return stream;
}

/* Writes what a call has released, and tells what it has found. */
static bool pass_on(const sg_result *result) {
    /* These can't fail: the result is live, a guard has filled it, and the places are there. */
    const uint8_t *bytes = NULL;
    const sg_finding *findings = NULL;
    const sg_decision *decisions = NULL;
    size_t len = 0, count = 0;
    sg_result_text(result, &bytes, &len);
    sg_result_findings(result, &findings, &count);
    sg_result_decisions(result, &decisions, &count);
    for (size_t i = 0; i < count; i++) {
        const char *id = "";
        sg_result_classifier_id(result, findings[i].classifier, &id);
        fprintf(stderr, "%s %zu..%zu: %s\n", id, findings[i].start, findings[i].end,
                decisions[i].rule ? decisions[i].rule : "default");
    }
    /* What was released is not kept back any longer. */
    return (len == 0 || fwrite(bytes, 1, len, stdout) == len) && fflush(stdout) == 0;
}

int main(int argc, char **argv) {
    if (sg_abi_version() != SG_ABI_VERSION) {
        fprintf(stderr, "error: the library is %s, made for another header\n", sg_version());
        return 2;
    }
    static char policy[65536];
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
    if (file == NULL) {
        fputs("error: no policy can be read; give the path of one\n", stderr);
        return 2;
    }
    size_t policy_len = fread(policy, 1, sizeof policy, file);
    fclose(file);
    sg_stream *stream = guarded(policy, policy_len);
    sg_scratch *scratch = NULL;
    sg_result *result = NULL;
    sg_error *error = NULL;
    if (sg_scratch_new(&scratch, &error) != SG_STATUS_OK ||
        sg_result_new(&result, &error) != SG_STATUS_OK) {
        fail(error);
    }

    uint8_t piece[4096];
    ssize_t got = 0;
    uint32_t stopped = 0;
    bool passes = true;
    while (passes && !stopped && (got = read(STDIN_FILENO, piece, sizeof piece)) > 0) {
        if (sg_stream_push(stream, scratch, piece, (size_t)got, result, &error) != SG_STATUS_OK) {
            fail(error);
        }
        passes = pass_on(result);
        sg_stream_stopped(stream, &stopped);
    }
    /* A text that breaks off has no end: what is held back of it is not passed on. */
    if (!passes || got < 0) {
        perror("error");
        return 2;
    }
    if (sg_stream_finish(stream, scratch, result, &error) != SG_STATUS_OK) {
        fail(error);
    }
    passes = pass_on(result);
    sg_verdict verdict = {.action = SG_ACTION_BLOCK};
    const char *json = "";
    sg_result_verdict(result, &verdict);
    sg_result_verdict_json(result, &json);
    fprintf(stderr, "%s\n", json);
    sg_stream_free(stream);
    sg_result_free(result);
    sg_scratch_free(scratch);
    return passes ? verdict.action >= SG_ACTION_REDACT : 2;
}
