/* Objects are freed in every order; what is borrowed from those that remain stays. */
#include "check.h"

enum { DATABASE, SHARED, SCRATCH, RESULT, SLOT, OBJECTS };

static void free_in(const int order[OBJECTS]) {
    sg_database *database = two_rules(), *shared;
    sg_scratch *scratch;
    sg_result *result;
    sg_slot *slot;
    CHECK_OK(sg_database_share(database, &shared));
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    CHECK_OK(sg_slot_new(database, &slot, NULL));
    CHECK_OK(sg_scan(database, scratch, (const uint8_t *)"TICKET-1234", 11, NULL, result, NULL));
    for (int i = 0; i < OBJECTS; i++) {
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

static int permute(int order[OBJECTS], int from) {
    if (from == OBJECTS) {
        free_in(order);
        return 1;
    }
    int count = 0;
    for (int i = from; i < OBJECTS; i++) {
        int swapped = order[i];
        order[i] = order[from];
        order[from] = swapped;
        count += permute(order, from + 1);
        order[from] = order[i];
        order[i] = swapped;
    }
    return count;
}

int main(void) {
    int order[OBJECTS] = {DATABASE, SHARED, SCRATCH, RESULT, SLOT};
    CHECK(permute(order, 0) == 120);
    puts("order: passed");
    return 0;
}
