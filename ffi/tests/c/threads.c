/* Threads share a slot, read its database and scan while others replace it; and threads that share
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

struct shared {
    sg_database *database;
    sg_scratch *scratch;
};

/* Uses the scratch of others: that works or says "busy", and nothing else. */
static void *intrude(void *argument) {
    struct shared *shared = argument;
    sg_result *result;
    CHECK_OK(sg_result_new(&result, NULL));
    for (int i = 0; i < ROUNDS; i++) {
        sg_status status = sg_scan(shared->database, shared->scratch, (const uint8_t *)"hush", 4,
                                   NULL, result, NULL);
        CHECK(status == SG_STATUS_OK || status == SG_STATUS_BUSY);
    }
    CHECK_OK(sg_result_free(result));
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

    struct shared shared = {database, NULL};
    CHECK_OK(sg_scratch_new(&shared.scratch, NULL));
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_create(&threads[i], NULL, intrude, &shared) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(pthread_join(threads[i], NULL) == 0);
    }
    CHECK_OK(sg_scratch_free(shared.scratch));
    CHECK_OK(sg_database_free(database));
    puts("threads: passed");
    return 0;
}
