/* What a program does with a guard on a good day: each function once, with what it gives. */
#include "check.h"

static sg_database *database;
static sg_scratch *scratch;
static sg_result *result;

static void inspect(const sg_guard *guard, sg_session *session, sg_request request,
                    const char *text) {
    CHECK_OK(sg_guard_inspect(guard, scratch, session, &request, (const uint8_t *)text,
                              strlen(text), result, NULL));
}

static void restore(const sg_guard *guard, const sg_session *session, sg_request request,
                    const char *text) {
    CHECK_OK(sg_guard_restore(guard, scratch, session, &request, (const uint8_t *)text,
                              strlen(text), result, NULL));
}

static sg_verdict verdict(void) {
    sg_verdict verdict;
    CHECK_OK(sg_result_verdict(result, &verdict));
    return verdict;
}

static void sizes(void) {
    CHECK(sg_request_size() == sizeof(sg_request));
    CHECK(sg_decision_size() == sizeof(sg_decision));
    CHECK(sg_verdict_size() == sizeof(sg_verdict));
}

static void actions(void) {
    sg_guard *guard = guard_of(database, POLICY);
    const sg_finding *findings;
    const sg_decision *decisions;
    const sg_item *items;
    size_t count, decided;
    const char *id;

    inspect(guard, NULL, request_on(SG_CHANNEL_PROMPT), "nothing to see");
    sg_verdict passed = verdict();
    CHECK(passed.action == SG_ACTION_ALLOW && passed.would_be == SG_ACTION_ALLOW);
    CHECK(passed.reason == SG_REASON_NO_FINDING && passed.completeness == SG_COMPLETENESS_COMPLETE);
    CHECK(passed.edits == 0 && passed.rule == NULL && passed.error == NULL);
    CHECK_TEXT(result, "nothing to see");
    CHECK_OK(sg_result_decisions(result, &decisions, &count));
    CHECK(decisions == NULL && count == 0);

    inspect(guard, NULL, request_on(SG_CHANNEL_PROMPT), "see TICKET-1234, hush");
    sg_verdict redacted = verdict();
    CHECK(redacted.action == SG_ACTION_REDACT && redacted.reason == SG_REASON_RULE);
    CHECK(redacted.edits == 1 && strcmp(redacted.rule, "no-tickets") == 0);
    CHECK_TEXT(result, "see [TICKET_1], hush");
    CHECK_OK(sg_result_findings(result, &findings, &count));
    CHECK_OK(sg_result_decisions(result, &decisions, &decided));
    CHECK(count == 2 && decided == 2);
    CHECK(findings[0].start == 4 && findings[0].end == 15);
    CHECK(decisions[0].action == SG_ACTION_REDACT && strcmp(decisions[0].rule, "no-tickets") == 0);
    CHECK(decisions[1].action == SG_ACTION_FLAG && decisions[1].rule == NULL);
    CHECK(decisions[0].reserved == 0);
    CHECK_OK(sg_result_classifier_id(result, findings[1].classifier, &id));
    CHECK(strcmp(id, "custom.word") == 0);
    CHECK_OK(sg_result_items(result, &items, &count));
    CHECK(count == 1 && items[0].count == 2);
    CHECK_OK(sg_result_verdict_json(result, &id));
    CHECK(strstr(id, "\"action\":\"redact\"") != NULL && strstr(id, "1234") == NULL);
    CHECK_OK(sg_result_verdict_json(result, &id));
    CHECK(id[0] == '{');

    inspect(guard, NULL, request_on(SG_CHANNEL_OUTPUT), "hush");
    CHECK(verdict().action == SG_ACTION_BLOCK && strcmp(verdict().rule, "no-words-out") == 0);
    CHECK_TEXT(result, "");
    CHECK_OK(sg_guard_free(guard));
    /* What the result lends does not need the guard. */
    CHECK(strcmp(verdict().rule, "no-words-out") == 0);

    guard = guard_of(database, "mode = \"monitor\"\ndefault = \"block\"\n");
    inspect(guard, NULL, request_on(SG_CHANNEL_OUTPUT), "hush");
    CHECK(verdict().action == SG_ACTION_FLAG && verdict().would_be == SG_ACTION_BLOCK);
    CHECK(verdict().reason == SG_REASON_DEFAULT && verdict().rule == NULL);
    CHECK_TEXT(result, "hush");
    CHECK_OK(sg_guard_free(guard));
}

static void json(void) {
    sg_guard *guard = guard_of(database, POLICY);
    sg_request request = request_on(SG_CHANNEL_TOOL_ARGS);
    request.form = SG_FORM_JSON;
    sg_session *session;
    CHECK_OK(sg_session_new("call-1", 6, &session, NULL));
    inspect(guard, session, request, "{\"note\": \"TICKET-1234\"}");
    CHECK_TEXT(result, "{\"note\": \"[TICKET_1]\"}");
    restore(guard, session, request, "[\"[TICKET_1]\"]");
    CHECK_TEXT(result, "[\"TICKET-1234\"]");
    inspect(guard, session, request, "{not json");
    CHECK(verdict().action == SG_ACTION_BLOCK && verdict().reason == SG_REASON_ERROR);
    CHECK(strlen(verdict().error) > 0);
    CHECK_OK(sg_session_free(session));
    CHECK_OK(sg_guard_free(guard));
}

/* Offsets count what was asked for, in findings and in the verdict's JSON. */
static void units(void) {
    sg_guard *guard = guard_of(database, POLICY);
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    request.offset_unit = SG_OFFSET_UNIT_UTF16;
    inspect(guard, NULL, request, "\xF0\x9F\x98\x80 TICKET-1234");
    const sg_finding *findings;
    size_t count;
    const char *json;
    CHECK_OK(sg_result_findings(result, &findings, &count));
    CHECK(count == 1 && findings[0].start == 3 && findings[0].end == 14);
    CHECK_OK(sg_result_verdict_json(result, &json));
    CHECK(strstr(json, "\"start\":3,\"end\":14") != NULL);
    CHECK_OK(sg_guard_free(guard));
}

/* Equal values have equal labels in a session, which turns them back. */
static void sessions(void) {
    sg_guard *guard = guard_of(database, POLICY);
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    sg_session *session;
    size_t restored, unknown;
    CHECK_OK(sg_session_new(NULL, 0, &session, NULL));
    inspect(guard, session, request, "TICKET-1111 TICKET-2222");
    CHECK_TEXT(result, "[TICKET_1] [TICKET_2]");
    inspect(guard, session, request, "again TICKET-2222");
    CHECK_TEXT(result, "again [TICKET_2]");
    restore(guard, session, request, "your [TICKET_2], and [TICKET_9]");
    CHECK_TEXT(result, "your TICKET-2222, and [TICKET_9]");
    CHECK_OK(sg_result_restored(result, &restored, &unknown));
    CHECK(restored == 1 && unknown == 1);
    restore(guard, NULL, request, "your [TICKET_2]");
    CHECK_TEXT(result, "your [TICKET_2]");
    CHECK_OK(sg_session_free(session));
    CHECK_OK(sg_guard_free(guard));
}

/* Tokens need the key, which the policy names, and no session. */
static void keys(void) {
    const char *policy = "[[rule]]\n"
                         "name = \"tokens\"\n"
                         "action = \"redact\"\n"
                         "style = { kind = \"token\", key = \"orders\" }\n";
    const char *secret = "a key for tests only";
    sg_key key = {"orders", 6, (const uint8_t *)secret, strlen(secret)};
    sg_guard *guard, *shared;
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    const uint8_t *text;
    size_t len, restored, unknown;
    CHECK_OK(sg_guard_new(database, policy, strlen(policy), &key, 1, &guard, NULL));
    CHECK_OK(sg_guard_share(guard, &shared));
    CHECK_OK(sg_guard_free(guard));
    inspect(shared, NULL, request, "TICKET-1234");
    CHECK_OK(sg_result_text(result, &text, &len));
    CHECK(len > 11 && memcmp(text, "[tok:", 5) == 0);
    char copy[200] = {0};
    CHECK(len < sizeof copy);
    memcpy(copy, text, len);
    restore(shared, NULL, request, copy);
    CHECK_TEXT(result, "TICKET-1234");
    CHECK_OK(sg_result_restored(result, &restored, &unknown));
    CHECK(restored == 1 && unknown == 0);
    CHECK_OK(sg_guard_free(shared));
}

static void warnings(void) {
    const char *json;
    sg_guard *guard = guard_of(database, POLICY);
    CHECK_OK(sg_guard_diagnostics(guard, &json));
    CHECK(strcmp(json, "[]") == 0);
    CHECK_OK(sg_guard_free(guard));
    guard = guard_of(database, "[[rule]]\n"
                               "name = \"misspelt\"\n"
                               "classifiers = [\"custom.tikket\"]\n"
                               "action = \"block\"\n");
    CHECK_OK(sg_guard_diagnostics(guard, &json));
    CHECK(strstr(json, "SG501") != NULL);
    CHECK_OK(sg_guard_free(guard));
}

static void slots(void) {
    sg_guard *first = guard_of(database, POLICY), *second = guard_of(database, ""), *held;
    sg_guard_slot *slot;
    CHECK_OK(sg_guard_slot_new(first, &slot, NULL));
    CHECK_OK(sg_guard_slot_put(slot, second));
    CHECK_OK(sg_guard_slot_get(slot, &held));
    CHECK_OK(sg_guard_free(first));
    CHECK_OK(sg_guard_free(second));
    CHECK_OK(sg_guard_slot_free(slot));
    inspect(held, NULL, request_on(SG_CHANNEL_OUTPUT), "hush");
    CHECK(verdict().action == SG_ACTION_ALLOW && verdict().reason == SG_REASON_DEFAULT);
    CHECK_OK(sg_guard_free(held));
}

int main(void) {
    database = two_rules();
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    sizes();
    actions();
    json();
    units();
    sessions();
    keys();
    warnings();
    slots();
    CHECK_OK(sg_database_free(database));
    CHECK_OK(sg_scratch_free(scratch));
    CHECK_OK(sg_result_free(result));
    puts("guard: passed");
    return 0;
}
