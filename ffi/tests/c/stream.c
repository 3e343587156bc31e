/* Texts in pieces of every size: findings as they settle, and what a guard releases. */
#include "check.h"

static sg_database *database;
static sg_scratch *scratch;
static sg_result *result;

/* What a stream gives for a text: its bytes, its findings, and how many decisions. */
struct taken {
    char text[200];
    size_t len;
    sg_finding findings[8];
    size_t count, decisions;
};

static void push(sg_stream *stream, const char *bytes, size_t len) {
    CHECK_OK(sg_stream_push(stream, scratch, (const uint8_t *)bytes, len, result, NULL));
}

static void finish(sg_stream *stream) {
    CHECK_OK(sg_stream_finish(stream, scratch, result, NULL));
}

/* Takes over what the last call gave. */
static void take(struct taken *taken, int guarded) {
    const sg_finding *findings;
    const sg_decision *decisions;
    size_t count;
    CHECK_OK(sg_result_findings(result, &findings, &count));
    CHECK(taken->count + count <= 8);
    for (size_t i = 0; i < count; i++) {
        taken->findings[taken->count++] = findings[i];
    }
    CHECK_OK(sg_result_decisions(result, &decisions, &count));
    taken->decisions += count;
    if (guarded) {
        const uint8_t *bytes;
        size_t len;
        CHECK_OK(sg_result_text(result, &bytes, &len));
        CHECK(taken->len + len < sizeof taken->text);
        if (len > 0) {
            memcpy(taken->text + taken->len, bytes, len);
        }
        taken->len += len;
    }
}

static struct taken in_pieces(sg_stream *stream, const char *text, size_t size, int guarded) {
    struct taken taken = {{0}, 0, {{0}}, 0, 0};
    size_t len = strlen(text), held, settled, before = 0;
    for (size_t at = 0; at < len; at += size) {
        size_t piece = len - at < size ? len - at : size;
        push(stream, text + at, piece);
        take(&taken, guarded);
        CHECK_OK(sg_stream_held(stream, &held));
        if (guarded) {
            CHECK_STATUS(SG_STATUS_NOT_FOUND, sg_result_settled(result, &settled));
            continue;
        }
        CHECK_OK(sg_result_settled(result, &settled));
        CHECK(settled + held == at + piece && settled >= before);
        before = settled;
    }
    finish(stream);
    take(&taken, guarded);
    CHECK_OK(sg_stream_held(stream, &held));
    CHECK(held == 0);
    if (!guarded) {
        CHECK_OK(sg_result_settled(result, &settled));
        CHECK(settled == len);
    }
    return taken;
}

/* However the text is cut, the findings are those of a scan. */
static void findings(void) {
    const char *text = "see TICKET-1234, hush: TICKET-5678 and TICKET-12345";
    sg_stream *stream;
    const sg_finding *whole;
    size_t count;
    uint32_t stopped, completeness;
    CHECK_OK(sg_stream_new(database, NULL, &stream, NULL));
    for (size_t size = 1; size <= strlen(text); size++) {
        struct taken taken = in_pieces(stream, text, size, 0);
        CHECK_OK(sg_result_completeness(result, &completeness));
        CHECK(completeness == SG_COMPLETENESS_COMPLETE);
        CHECK_OK(sg_scan(database, scratch, (const uint8_t *)text, strlen(text), NULL, result,
                         NULL));
        CHECK_OK(sg_result_findings(result, &whole, &count));
        CHECK(count == 3 && taken.count == 3 && taken.decisions == 0);
        for (size_t i = 0; i < count; i++) {
            CHECK(whole[i].start == taken.findings[i].start && whole[i].end == taken.findings[i].end);
            CHECK(whole[i].classifier == taken.findings[i].classifier);
            CHECK(whole[i].severity == taken.findings[i].severity);
        }
    }
    CHECK_OK(sg_stream_stopped(stream, &stopped));
    CHECK(stopped == 0);
    CHECK_OK(sg_stream_free(stream));

    sg_scan_options options = options_in(SG_OFFSET_UNIT_BYTES);
    options.min_confidence = 50;
    CHECK_OK(sg_stream_new(database, &options, &stream, NULL));
    CHECK(in_pieces(stream, text, 3, 0).count == 2);
    CHECK_OK(sg_stream_free(stream));
}

/* However the text is cut, what is released is what the whole would be. */
static void released(void) {
    const char *text = "see TICKET-1234, hush: TICKET-5678, TICKET-1234 and TICKET-12345";
    sg_guard *guard = guard_of(database, POLICY);
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    sg_stream *stream;
    sg_verdict verdict;
    const char *json;
    CHECK_OK(sg_stream_new_guarded(guard, NULL, &request, &stream, NULL));
    for (size_t size = 1; size <= strlen(text); size++) {
        struct taken taken = in_pieces(stream, text, size, 1);
        CHECK(strcmp(taken.text, "see [TICKET_1], hush: [TICKET_2], [TICKET_1] and TICKET-12345")
              == 0);
        CHECK(taken.count == 4 && taken.decisions == 4);
        CHECK_OK(sg_result_verdict(result, &verdict));
        CHECK(verdict.action == SG_ACTION_REDACT && verdict.edits == 3);
        CHECK_OK(sg_result_verdict_json(result, &json));
        CHECK(json[0] == '{');
    }
    push(stream, "see TICKET-1234 ", 16);
    CHECK_STATUS(SG_STATUS_NOT_FOUND, sg_result_verdict(result, &verdict));
    CHECK_OK(sg_stream_free(stream));
    CHECK_OK(sg_guard_free(guard));
}

/* Nothing is released from what is blocked on. */
static void blocked(void) {
    sg_guard *guard = guard_of(database, POLICY);
    sg_request request = request_on(SG_CHANNEL_OUTPUT);
    sg_stream *stream;
    sg_verdict verdict;
    uint32_t stopped;
    CHECK_OK(sg_stream_new_guarded(guard, NULL, &request, &stream, NULL));
    struct taken taken = {{0}, 0, {{0}}, 0, 0};
    push(stream, "first hu", 8);
    take(&taken, 1);
    push(stream, "sh then more", 12);
    take(&taken, 1);
    CHECK(strcmp(taken.text, "first ") == 0);
    CHECK(taken.count == 1 && taken.decisions == 1);
    CHECK_OK(sg_stream_stopped(stream, &stopped));
    CHECK(stopped == 1);
    finish(stream);
    CHECK_TEXT(result, "");
    CHECK_OK(sg_result_verdict(result, &verdict));
    CHECK(verdict.action == SG_ACTION_BLOCK && strcmp(verdict.rule, "no-words-out") == 0);
    /* The next text begins anew. */
    CHECK_OK(sg_stream_stopped(stream, &stopped));
    CHECK(stopped == 0);
    push(stream, "all is well.", 12);
    finish(stream);
    CHECK_OK(sg_result_verdict(result, &verdict));
    CHECK(verdict.action == SG_ACTION_ALLOW);
    CHECK_OK(sg_stream_free(stream));
    CHECK_OK(sg_guard_free(guard));
}

/* Streams and messages of one session have the same labels; streams of none begin anew. */
static void sessions(void) {
    sg_guard *guard = guard_of(database, POLICY);
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    sg_session *session;
    sg_stream *kept, *own;
    CHECK_OK(sg_session_new("0", 1, &session, NULL));
    CHECK_OK(sg_guard_inspect(guard, scratch, session, &request, (const uint8_t *)"TICKET-1111", 11,
                              result, NULL));
    CHECK_OK(sg_stream_new_guarded(guard, session, &request, &kept, NULL));
    CHECK_OK(sg_stream_new_guarded(guard, NULL, &request, &own, NULL));
    CHECK_OK(sg_guard_free(guard));
    CHECK_OK(sg_session_free(session));
    CHECK(strcmp(in_pieces(kept, "TICKET-2222", 4, 1).text, "[TICKET_2]") == 0);
    CHECK(strcmp(in_pieces(kept, "TICKET-1111", 4, 1).text, "[TICKET_1]") == 0);
    CHECK(strcmp(in_pieces(own, "TICKET-2222", 4, 1).text, "[TICKET_1]") == 0);
    CHECK(strcmp(in_pieces(own, "TICKET-1111", 4, 1).text, "[TICKET_1]") == 0);
    CHECK_OK(sg_stream_free(kept));
    CHECK_OK(sg_stream_free(own));
}

/* Streams go on with what they were made of while it is replaced and freed. */
static void replaced(void) {
    sg_guard *first = guard_of(database, POLICY), *second = guard_of(database, "");
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    sg_guard_slot *slot;
    sg_guard *held;
    sg_stream *stream;
    CHECK_OK(sg_guard_slot_new(first, &slot, NULL));
    CHECK_OK(sg_guard_free(first));
    CHECK_OK(sg_guard_slot_get(slot, &held));
    CHECK_OK(sg_stream_new_guarded(held, NULL, &request, &stream, NULL));
    CHECK_OK(sg_guard_free(held));
    struct taken taken = {{0}, 0, {{0}}, 0, 0};
    push(stream, "see TICKET-12", 13);
    take(&taken, 1);
    CHECK_OK(sg_guard_slot_put(slot, second));
    CHECK_OK(sg_guard_slot_free(slot));
    CHECK_OK(sg_guard_free(second));
    push(stream, "34", 2);
    take(&taken, 1);
    finish(stream);
    take(&taken, 1);
    CHECK(strcmp(taken.text, "see [TICKET_1]") == 0);
    CHECK_OK(sg_stream_free(stream));
}

int main(void) {
    database = two_rules();
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    findings();
    released();
    blocked();
    sessions();
    replaced();
    CHECK_OK(sg_database_free(database));
    CHECK_OK(sg_scratch_free(scratch));
    CHECK_OK(sg_result_free(result));
    puts("stream: passed");
    return 0;
}
