/* Objects are freed in every order; what is borrowed from those that remain stays. */
#include "check.h"

enum { MOST = 6 };

static void free_scan(const int order[MOST]) {
    enum { DATABASE, SHARED, SCRATCH, RESULT, SLOT };
    sg_database *database = two_rules(), *shared;
    sg_scratch *scratch;
    sg_result *result;
    sg_slot *slot;
    CHECK_OK(sg_database_share(database, &shared));
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    CHECK_OK(sg_slot_new(database, &slot, NULL));
    CHECK_OK(sg_scan(database, scratch, (const uint8_t *)"TICKET-1234", 11, NULL, result, NULL));
    for (int i = 0; i < 5; i++) {
        switch (order[i]) {
        case DATABASE: CHECK_OK(sg_database_free(database)); break;
        case SHARED: CHECK_OK(sg_database_free(shared)); break;
        case SCRATCH: CHECK_OK(sg_scratch_free(scratch)); break;
        case SLOT: CHECK_OK(sg_slot_free(slot)); break;
        default: {
            const sg_finding *findings;
            const char *id;
            size_t count;
            CHECK_OK(sg_result_findings(result, &findings, &count));
            CHECK(count == 1 && findings[0].end == 11);
            CHECK_OK(sg_result_classifier_id(result, findings[0].classifier, &id));
            CHECK(strcmp(id, "custom.ticket") == 0);
            CHECK_OK(sg_result_free(result));
        }
        }
    }
}

static void free_guarded(const int order[MOST]) {
    enum { DATABASE, GUARD, SESSION, STREAM, SLOT, RESULT };
    sg_database *database = two_rules();
    sg_guard *guard = guard_of(database, POLICY);
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    sg_guard_slot *slot;
    sg_session *session;
    sg_scratch *scratch;
    sg_stream *stream;
    sg_result *result, *last;
    CHECK_OK(sg_guard_slot_new(guard, &slot, NULL));
    CHECK_OK(sg_session_new(NULL, 0, &session, NULL));
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    CHECK_OK(sg_result_new(&last, NULL));
    CHECK_OK(sg_stream_new_guarded(guard, session, &request, &stream, NULL));
    CHECK_OK(sg_stream_push(stream, scratch, (const uint8_t *)"TICKET-12", 9, last, NULL));
    CHECK_OK(sg_guard_inspect(guard, scratch, NULL, &request, (const uint8_t *)"TICKET-1234", 11,
                              result, NULL));
    for (int i = 0; i < 6; i++) {
        switch (order[i]) {
        case DATABASE: CHECK_OK(sg_database_free(database)); break;
        case GUARD: CHECK_OK(sg_guard_free(guard)); break;
        case SESSION: CHECK_OK(sg_session_free(session)); break;
        case SLOT: CHECK_OK(sg_guard_slot_free(slot)); break;
        case STREAM:
            CHECK_OK(sg_stream_push(stream, scratch, (const uint8_t *)"34", 2, last, NULL));
            CHECK_TEXT(last, "");
            CHECK_OK(sg_stream_finish(stream, scratch, last, NULL));
            CHECK_OK(sg_stream_free(stream));
            CHECK_TEXT(last, "[TICKET_1]");
            break;
        default: {
            sg_verdict verdict;
            CHECK_OK(sg_result_verdict(result, &verdict));
            CHECK(strcmp(verdict.rule, "no-tickets") == 0);
            CHECK_TEXT(result, "[TICKET_1]");
            CHECK_OK(sg_result_free(result));
        }
        }
    }
    CHECK_OK(sg_scratch_free(scratch));
    CHECK_OK(sg_result_free(last));
}

static int permute(int order[MOST], int from, int count, void (*free_in)(const int[MOST])) {
    if (from == count) {
        free_in(order);
        return 1;
    }
    int orders = 0;
    for (int i = from; i < count; i++) {
        int swapped = order[i];
        order[i] = order[from];
        order[from] = swapped;
        orders += permute(order, from + 1, count, free_in);
        order[from] = order[i];
        order[i] = swapped;
    }
    return orders;
}

int main(void) {
    int order[MOST] = {0, 1, 2, 3, 4, 5};
    CHECK(permute(order, 0, 5, free_scan) == 120);
    CHECK(permute(order, 0, 6, free_guarded) == 720);
    puts("order: passed");
    return 0;
}
