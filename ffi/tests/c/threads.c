/* Threads share slots, scan and stream with what is in them while others replace it; and threads that share
 * what one alone may use are told so. */
#include <pthread.h>

#include "check.h"

enum { THREADS = 4, ROUNDS = 100 };

static sg_slot *slot;

static void *scan(void *unused) {
    sg_scratch *scratch;
    sg_result *result;
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    const char *text = "TICKET-1234 and OTHER-1";
    for (int i = 0; i < ROUNDS; i++) {
        sg_database *database;
        const sg_finding *findings;
        const char *id;
        size_t count;
        CHECK_OK(sg_slot_get(slot, &database));
        CHECK_OK(sg_scan(database, scratch, (const uint8_t *)text, strlen(text), NULL, result,
                         NULL));
        CHECK_OK(sg_database_free(database));
        CHECK_OK(sg_result_findings(result, &findings, &count));
        CHECK(count == 1);
        CHECK_OK(sg_result_classifier_id(result, findings[0].classifier, &id));
        CHECK(strcmp(id, findings[0].start == 0 ? "custom.ticket" : "custom.other") == 0);
    }
    CHECK_OK(sg_scratch_free(scratch));
    CHECK_OK(sg_result_free(result));
    return unused;
}

static void *replace(void *other) {
    sg_database *mine = two_rules();
    for (int i = 0; i < ROUNDS; i++) {
        CHECK_OK(sg_slot_put(slot, i % 2 ? mine : other));
    }
    CHECK_OK(sg_database_free(mine));
    return NULL;
}

static sg_guard_slot *guard_slot;

/* Streams go on with the guard that they began with, whatever is in the slot meanwhile. */
static void *stream(void *unused) {
    sg_scratch *scratch;
    sg_result *result;
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    for (int i = 0; i < ROUNDS; i++) {
        sg_guard *guard;
        sg_stream *stream;
        sg_verdict verdict;
        CHECK_OK(sg_guard_slot_get(guard_slot, &guard));
        CHECK_OK(sg_stream_new_guarded(guard, NULL, &request, &stream, NULL));
        CHECK_OK(sg_guard_free(guard));
        CHECK_OK(sg_stream_push(stream, scratch, (const uint8_t *)"TICKET-12", 9, result, NULL));
        CHECK_OK(sg_stream_push(stream, scratch, (const uint8_t *)"34", 2, result, NULL));
        CHECK_OK(sg_stream_finish(stream, scratch, result, NULL));
        CHECK_OK(sg_stream_free(stream));
        CHECK_OK(sg_result_verdict(result, &verdict));
        if (verdict.action == SG_ACTION_REDACT) {
            CHECK_TEXT(result, "[TICKET_1]");
        } else {
            CHECK(verdict.action == SG_ACTION_BLOCK);
            CHECK_TEXT(result, "");
        }
    }
    CHECK_OK(sg_scratch_free(scratch));
    CHECK_OK(sg_result_free(result));
    return unused;
}

static void *replace_guard(void *database) {
    sg_guard *redacts = guard_of(database, POLICY);
    sg_guard *blocks = guard_of(database, "default = \"block\"\n");
    for (int i = 0; i < ROUNDS; i++) {
        CHECK_OK(sg_guard_slot_put(guard_slot, i % 2 ? redacts : blocks));
    }
    CHECK_OK(sg_guard_free(redacts));
    CHECK_OK(sg_guard_free(blocks));
    return NULL;
}

static void guards(sg_database *database) {
    sg_guard *guard = guard_of(database, POLICY);
    CHECK_OK(sg_guard_slot_new(guard, &guard_slot, NULL));
    CHECK_OK(sg_guard_free(guard));
    pthread_t threads[THREADS], writer;
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, stream, NULL) == 0);
    }
    CHECK(pthread_create(&writer, NULL, replace_guard, database) == 0);
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(pthread_join(writer, NULL) == 0);
    CHECK_OK(sg_guard_slot_free(guard_slot));
}

struct shared {
    sg_database *database;
    sg_scratch *scratch;
    sg_session *session;
    sg_stream *stream;
};

/* Uses what is another's too: that works or says "busy", and nothing else. */
static void *intrude(void *argument) {
    struct shared *shared = argument;
    sg_guard *guard = guard_of(shared->database, POLICY);
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    sg_result *result;
    sg_scratch *own;
    CHECK_OK(sg_result_new(&result, NULL));
    CHECK_OK(sg_scratch_new(&own, NULL));
    for (int i = 0; i < ROUNDS; i++) {
        sg_status status = sg_scan(shared->database, shared->scratch, (const uint8_t *)"hush", 4,
                                   NULL, result, NULL);
        CHECK(status == SG_STATUS_OK || status == SG_STATUS_BUSY);
        status = sg_stream_push(shared->stream, own, (const uint8_t *)"hush ", 5, result, NULL);
        CHECK(status == SG_STATUS_OK || status == SG_STATUS_BUSY);
        status = sg_guard_inspect(guard, own, shared->session, &request,
                                  (const uint8_t *)"TICKET-1234", 11, result, NULL);
        CHECK(status == SG_STATUS_OK || status == SG_STATUS_BUSY);
        if (status == SG_STATUS_OK) {
            CHECK_TEXT(result, "[TICKET_1]");
        }
    }
    CHECK_OK(sg_result_free(result));
    CHECK_OK(sg_scratch_free(own));
    CHECK_OK(sg_guard_free(guard));
    return NULL;
}

int main(void) {
    const char *rules = "[[classifier]]\n"
                        "id = \"custom.other\"\n"
                        "[[classifier.regex]]\n"
                        "pattern = 'OTHER-[0-9]'\n";
    sg_pack pack = pack_of("other.toml", rules);
    sg_database *database = two_rules(), *other;
    CHECK_OK(sg_database_compile(&pack, 1, SG_CATALOGUE_NONE, &other, NULL));
    CHECK_OK(sg_slot_new(database, &slot, NULL));
    pthread_t threads[THREADS], writer;
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, scan, NULL) == 0);
    }
    CHECK(pthread_create(&writer, NULL, replace, other) == 0);
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK(pthread_join(writer, NULL) == 0);
    CHECK_OK(sg_slot_free(slot));
    CHECK_OK(sg_database_free(other));

    struct shared shared = {database, NULL, NULL, NULL};
    CHECK_OK(sg_scratch_new(&shared.scratch, NULL));
    CHECK_OK(sg_session_new(NULL, 0, &shared.session, NULL));
    CHECK_OK(sg_stream_new(database, NULL, &shared.stream, NULL));
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, intrude, &shared) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK_OK(sg_scratch_free(shared.scratch));
    CHECK_OK(sg_session_free(shared.session));
    CHECK_OK(sg_stream_free(shared.stream));
    guards(database);
    CHECK_OK(sg_database_free(database));
    puts("threads: passed");
    return 0;
}
