/* The table of wrong uses: each is answered with a status, writes no output, and where it takes an
 * error gives one with the same status and a sentence. */
#include "check.h"

#define UNTOUCHED ((void *)0x5A5A)

static sg_database *database;
static sg_scratch *scratch;
static sg_result *result;
static sg_slot *slot;
static sg_guard *guard;
static sg_guard_slot *guard_slot;
static sg_session *session;
static sg_stream *stream;
static sg_error *error;

/* Ends a use that gives an error. */
static sg_status told(sg_status status) {
    CHECK(error != NULL);
    CHECK(sg_error_status(error) == status);
    CHECK(strlen(sg_error_message(error)) > 0);
    CHECK(sg_error_hint(error) != NULL);
    CHECK(sg_error_diagnostics(error)[0] == '[');
    CHECK_OK(sg_error_free(error));
    error = NULL;
    return status;
}

static sg_status compile(const char *text) {
    sg_pack pack = pack_of("pack.toml", text);
    sg_database *made = UNTOUCHED;
    sg_status status = sg_database_compile(&pack, 1, SG_CATALOGUE_NONE, &made, &error);
    CHECK(made == UNTOUCHED);
    return status;
}

static sg_status load(const void *bytes, size_t len) {
    sg_database *made = UNTOUCHED;
    sg_status status = sg_database_load_bytes(bytes, len, &made, &error);
    CHECK(made == UNTOUCHED);
    return status;
}

static sg_status open_file(const char *path, size_t len) {
    sg_database *made = UNTOUCHED;
    sg_status status = sg_database_load_file(path, len, &made, &error);
    CHECK(made == UNTOUCHED);
    return status;
}

static sg_status scan_with(size_t size, uint32_t unit, uint32_t min_confidence) {
    sg_scan_options options = {size, unit, min_confidence, 0, 0};
    return sg_scan(database, scratch, NULL, 0, &options, result, &error);
}

static sg_status guard_with(const char *policy, const sg_key *keys, size_t count) {
    sg_guard *made = UNTOUCHED;
    sg_status status = sg_guard_new(database, policy, strlen(policy), keys, count, &made, &error);
    CHECK(made == UNTOUCHED);
    return status;
}

static sg_status inspect_with(sg_request request) {
    return sg_guard_inspect(guard, scratch, session, &request, NULL, 0, result, &error);
}

static sg_status stream_with(const sg_guard *of, sg_request request) {
    sg_stream *made = UNTOUCHED;
    sg_status status = sg_stream_new_guarded(of, session, &request, &made, &error);
    CHECK(made == UNTOUCHED);
    return status;
}

static void handles(void) {
    const uint8_t *bytes = (const uint8_t *)"hush";
    const sg_finding *findings = UNTOUCHED;
    const sg_item *items = UNTOUCHED;
    const char *text = UNTOUCHED;
    sg_database *made = UNTOUCHED;
    size_t count = 77;
    uint32_t number = 77;
    uint8_t digest[SG_DIGEST_SIZE] = {77};
    const sg_decision *decisions = UNTOUCHED;
    sg_guard *new_guard = UNTOUCHED;
    sg_stream *new_stream = UNTOUCHED;
    sg_verdict verdict;
    sg_request request = request_on(SG_CHANNEL_PROMPT);

    /* An object of another type in each place. */
    sg_database *not_database = (sg_database *)scratch;
    sg_scratch *not_scratch = (sg_scratch *)result;
    sg_result *not_result = (sg_result *)slot;
    sg_slot *not_slot = (sg_slot *)database;
    sg_error *not_error = (sg_error *)database;
    sg_guard *not_guard = (sg_guard *)database;
    sg_guard_slot *not_guard_slot = (sg_guard_slot *)slot;
    sg_session *not_session = (sg_session *)guard;
    sg_stream *not_stream = (sg_stream *)session;
    static const struct {
        sg_status status;
        int foreign;
    } rows[] = {{SG_STATUS_NULL_POINTER, 0}, {SG_STATUS_WRONG_HANDLE, 1}};
    for (size_t i = 0; i < 2; i++) {
        sg_status status = rows[i].status;
        sg_database *db = rows[i].foreign ? not_database : NULL;
        sg_scratch *sc = rows[i].foreign ? not_scratch : NULL;
        sg_result *re = rows[i].foreign ? not_result : NULL;
        sg_slot *sl = rows[i].foreign ? not_slot : NULL;
        sg_error *er = rows[i].foreign ? not_error : NULL;
        sg_guard *gu = rows[i].foreign ? not_guard : NULL;
        sg_guard_slot *gs = rows[i].foreign ? not_guard_slot : NULL;
        sg_stream *st = rows[i].foreign ? not_stream : NULL;
        CHECK_STATUS(status, told(sg_scan(db, scratch, bytes, 4, NULL, result, &error)));
        CHECK_STATUS(status, told(sg_scan(database, sc, bytes, 4, NULL, result, &error)));
        CHECK_STATUS(status, told(sg_scan(database, scratch, bytes, 4, NULL, re, &error)));
        CHECK_STATUS(status, told(sg_scan_batch(db, scratch, NULL, 0, 1, NULL, result, &error)));
        CHECK_STATUS(status, told(sg_scan_batch(database, sc, NULL, 0, 1, NULL, result, &error)));
        CHECK_STATUS(status, told(sg_scan_batch(database, scratch, NULL, 0, 1, NULL, re, &error)));
        CHECK_STATUS(status, sg_database_share(db, &made));
        CHECK_STATUS(status, sg_database_digest(db, digest));
        CHECK_STATUS(status, sg_database_image(db, &bytes, &count));
        CHECK_STATUS(status, sg_database_classifier_count(db, &number));
        CHECK_STATUS(status, sg_database_classifier_id(db, 0, &text));
        CHECK_STATUS(status, sg_database_diagnostics(db, &text));
        CHECK_STATUS(status, sg_result_findings(re, &findings, &count));
        CHECK_STATUS(status, sg_result_items(re, &items, &count));
        CHECK_STATUS(status, sg_result_completeness(re, &number));
        CHECK_STATUS(status, sg_result_classifier_id(re, 0, &text));
        CHECK_STATUS(status, told(sg_slot_new(db, &slot, &error)));
        CHECK_STATUS(status, sg_slot_get(sl, &made));
        CHECK_STATUS(status, sg_slot_put(sl, database));
        CHECK_STATUS(status, sg_slot_put(slot, db));
        CHECK_STATUS(status, told(sg_guard_new(db, "", 0, NULL, 0, &new_guard, &error)));
        CHECK_STATUS(status, sg_guard_share(gu, &new_guard));
        CHECK_STATUS(status, sg_guard_diagnostics(gu, &text));
        CHECK_STATUS(status, told(sg_guard_slot_new(gu, &guard_slot, &error)));
        CHECK_STATUS(status, sg_guard_slot_get(gs, &new_guard));
        CHECK_STATUS(status, sg_guard_slot_put(gs, guard));
        CHECK_STATUS(status, sg_guard_slot_put(guard_slot, gu));
        CHECK_STATUS(status, told(sg_guard_inspect(gu, scratch, session, &request, bytes, 4, result,
                                                   &error)));
        CHECK_STATUS(status, told(sg_guard_inspect(guard, sc, session, &request, bytes, 4, result,
                                                   &error)));
        CHECK_STATUS(status, told(sg_guard_inspect(guard, scratch, session, &request, bytes, 4, re,
                                                   &error)));
        CHECK_STATUS(status, told(sg_guard_restore(gu, scratch, session, &request, bytes, 4, result,
                                                   &error)));
        CHECK_STATUS(status, told(sg_guard_restore(guard, sc, session, &request, bytes, 4, result,
                                                   &error)));
        CHECK_STATUS(status, told(sg_guard_restore(guard, scratch, session, &request, bytes, 4, re,
                                                   &error)));
        CHECK_STATUS(status, told(sg_stream_new(db, NULL, &new_stream, &error)));
        CHECK_STATUS(status, told(sg_stream_new_guarded(gu, session, &request, &new_stream,
                                                        &error)));
        CHECK_STATUS(status, told(sg_stream_push(st, scratch, bytes, 4, result, &error)));
        CHECK_STATUS(status, told(sg_stream_push(stream, sc, bytes, 4, result, &error)));
        CHECK_STATUS(status, told(sg_stream_push(stream, scratch, bytes, 4, re, &error)));
        CHECK_STATUS(status, told(sg_stream_finish(st, scratch, result, &error)));
        CHECK_STATUS(status, told(sg_stream_finish(stream, sc, result, &error)));
        CHECK_STATUS(status, told(sg_stream_finish(stream, scratch, re, &error)));
        CHECK_STATUS(status, sg_stream_held(st, &count));
        CHECK_STATUS(status, sg_stream_stopped(st, &number));
        CHECK_STATUS(status, sg_result_verdict(re, &verdict));
        CHECK_STATUS(status, sg_result_verdict_json(re, &text));
        CHECK_STATUS(status, sg_result_decisions(re, &decisions, &count));
        CHECK_STATUS(status, sg_result_text(re, &bytes, &count));
        CHECK_STATUS(status, sg_result_restored(re, &count, &count));
        CHECK_STATUS(status, sg_result_settled(re, &count));
        sg_position position;
        CHECK_STATUS(status, sg_error_status(er));
        CHECK_STATUS(status, sg_error_position(er, &position));
        CHECK(*sg_error_message(er) == 0 && *sg_error_hint(er) == 0);
        CHECK(*sg_error_diagnostics(er) == 0);
        /* Freeing NULL is nothing; freeing another type frees nothing. */
        sg_status freed = rows[i].foreign ? status : SG_STATUS_OK;
        CHECK_STATUS(freed, sg_database_free(db));
        CHECK_STATUS(freed, sg_scratch_free(sc));
        CHECK_STATUS(freed, sg_result_free(re));
        CHECK_STATUS(freed, sg_slot_free(sl));
        CHECK_STATUS(freed, sg_error_free(er));
        CHECK_STATUS(freed, sg_guard_free(gu));
        CHECK_STATUS(freed, sg_guard_slot_free(gs));
        CHECK_STATUS(freed, sg_session_free(rows[i].foreign ? not_session : NULL));
        CHECK_STATUS(freed, sg_stream_free(st));
    }
    /* NULL is no wrong session, an object of another type is one. */
    sg_status wrong = SG_STATUS_WRONG_HANDLE;
    CHECK_STATUS(wrong, told(sg_guard_inspect(guard, scratch, not_session, &request, bytes, 4,
                                              result, &error)));
    CHECK_STATUS(wrong, told(sg_guard_restore(guard, scratch, not_session, &request, bytes, 4,
                                              result, &error)));
    CHECK_STATUS(wrong, told(sg_stream_new_guarded(guard, not_session, &request, &new_stream,
                                                   &error)));
    CHECK(new_guard == UNTOUCHED && new_stream == UNTOUCHED && decisions == UNTOUCHED);
    CHECK(made == UNTOUCHED && text == UNTOUCHED && count == 77 && number == 77);
    CHECK(findings == UNTOUCHED && items == UNTOUCHED && digest[0] == 77);

    /* A pointer between the places where objects can lie. */
    CHECK_STATUS(SG_STATUS_WRONG_HANDLE, sg_database_share((sg_database *)((char *)database + 1),
                                                          &made));
}

static void places(void) {
    const uint8_t *bytes;
    const sg_finding *findings;
    const sg_item *items;
    size_t count;
    sg_status null = SG_STATUS_NULL_POINTER;
    sg_pack pack = pack_of("two.toml", RULES);
    CHECK_STATUS(null, told(sg_database_builtin(NULL, &error)));
    CHECK_STATUS(null, told(sg_database_compile(&pack, 1, 0, NULL, &error)));
    CHECK_STATUS(null, told(sg_database_load_file("x", 1, NULL, &error)));
    CHECK_STATUS(null, told(sg_database_load_bytes((const uint8_t *)"x", 1, NULL, &error)));
    CHECK_STATUS(null, told(sg_database_load_static((const uint8_t *)"x", 1, NULL, &error)));
    CHECK_STATUS(null, told(sg_scratch_new(NULL, &error)));
    CHECK_STATUS(null, told(sg_result_new(NULL, &error)));
    CHECK_STATUS(null, told(sg_slot_new(database, NULL, &error)));
    CHECK_STATUS(null, sg_slot_get(slot, NULL));
    CHECK_STATUS(null, sg_database_share(database, NULL));
    CHECK_STATUS(null, sg_database_digest(database, NULL));
    CHECK_STATUS(null, sg_database_image(database, NULL, &count));
    CHECK_STATUS(null, sg_database_image(database, &bytes, NULL));
    CHECK_STATUS(null, sg_database_classifier_count(database, NULL));
    CHECK_STATUS(null, sg_database_classifier_id(database, 0, NULL));
    CHECK_STATUS(null, sg_database_diagnostics(database, NULL));
    CHECK_STATUS(null, sg_result_findings(result, NULL, &count));
    CHECK_STATUS(null, sg_result_findings(result, &findings, NULL));
    CHECK_STATUS(null, sg_result_items(result, NULL, &count));
    CHECK_STATUS(null, sg_result_items(result, &items, NULL));
    CHECK_STATUS(null, sg_result_completeness(result, NULL));
    CHECK_STATUS(null, sg_result_classifier_id(result, 0, NULL));
    CHECK_STATUS(null, sg_limit_get(0, NULL));
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    CHECK_STATUS(null, told(sg_guard_new(database, "", 0, NULL, 0, NULL, &error)));
    CHECK_STATUS(null, sg_guard_share(guard, NULL));
    CHECK_STATUS(null, sg_guard_diagnostics(guard, NULL));
    CHECK_STATUS(null, told(sg_guard_slot_new(guard, NULL, &error)));
    CHECK_STATUS(null, sg_guard_slot_get(guard_slot, NULL));
    CHECK_STATUS(null, told(sg_session_new("a", 1, NULL, &error)));
    CHECK_STATUS(null, told(sg_stream_new(database, NULL, NULL, &error)));
    CHECK_STATUS(null, told(sg_stream_new_guarded(guard, NULL, &request, NULL, &error)));
    CHECK_STATUS(null, sg_stream_held(stream, NULL));
    CHECK_STATUS(null, sg_stream_stopped(stream, NULL));
    CHECK_STATUS(null, sg_result_verdict(result, NULL));
    CHECK_STATUS(null, sg_result_verdict_json(result, NULL));
    CHECK_STATUS(null, sg_result_text(result, NULL, &count));
    CHECK_STATUS(null, sg_result_text(result, &bytes, NULL));
    CHECK_STATUS(null, sg_result_decisions(result, NULL, &count));
    CHECK_STATUS(null, sg_result_restored(result, NULL, &count));
    CHECK_STATUS(null, sg_result_restored(result, &count, NULL));
    CHECK_STATUS(null, sg_result_settled(result, NULL));
    /* Whoever wants no error gives no place for one. */
    CHECK_STATUS(null, sg_database_builtin(NULL, NULL));
}

static void arguments(void) {
    const uint8_t *bytes = (const uint8_t *)"hush";
    const char *text;
    sg_limit limit;
    sg_status bad = SG_STATUS_INVALID_ARGUMENT;
    size_t size = sizeof(sg_scan_options);
    CHECK_STATUS(bad, told(scan_with(0, 0, 0)));
    CHECK_STATUS(bad, told(scan_with(size - 1, 0, 0)));
    CHECK_STATUS(bad, told(scan_with(size + 8, 0, 0)));
    CHECK_STATUS(bad, told(scan_with(size, 3, 0)));
    CHECK_STATUS(bad, told(scan_with(size, UINT32_MAX, 0)));
    CHECK_STATUS(bad, told(scan_with(size, 0, 101)));
    sg_scan_options both = {size, 0, 0, 2, 0};
    CHECK_STATUS(bad, told(sg_scan(database, scratch, NULL, 0, &both, result, &error)));
    both = (sg_scan_options){size, 0, 0, 1, 1};
    CHECK_STATUS(bad, told(sg_scan(database, scratch, NULL, 0, &both, result, &error)));
    both.reserved = 0;
    sg_stream *stream = UNTOUCHED;
    CHECK_STATUS(bad, told(sg_stream_new(database, &both, &stream, &error)));
    CHECK(stream == UNTOUCHED);
    CHECK_STATUS(bad, told(scan_with(size, 0, 256)));
    CHECK_STATUS(bad, told(sg_scan(database, scratch, bytes, SIZE_MAX, NULL, result, &error)));
    CHECK_STATUS(SG_STATUS_NULL_POINTER,
                 told(sg_scan(database, scratch, NULL, 1, NULL, result, &error)));

    sg_buffer buffers[2] = {{bytes, 4}, {NULL, 1}};
    sg_status null = SG_STATUS_NULL_POINTER;
    CHECK_STATUS(null, told(sg_scan_batch(database, scratch, buffers, 2, 1, NULL, result, &error)));
    CHECK_STATUS(null, told(sg_scan_batch(database, scratch, NULL, 2, 1, NULL, result, &error)));
    CHECK_STATUS(bad, told(sg_scan_batch(database, scratch, buffers, SIZE_MAX / 2, 1, NULL, result,
                                         &error)));
    CHECK_STATUS(bad, told(sg_scan_batch(database, scratch,
                                         (const sg_buffer *)((const char *)buffers + 1), 1, 1, NULL,
                                         result, &error)));

    CHECK_STATUS(SG_STATUS_OUT_OF_RANGE, sg_database_classifier_id(database, 2, &text));
    CHECK_STATUS(SG_STATUS_OUT_OF_RANGE, sg_database_classifier_id(database, UINT32_MAX, &text));
    CHECK_STATUS(SG_STATUS_OUT_OF_RANGE, sg_limit_get(sg_limit_count(), &limit));
    CHECK_STATUS(SG_STATUS_NOT_FOUND, sg_result_classifier_id(result, 0, &text));
}

/* A call that fails leaves the result as it was. */
static void results_stay(void) {
    const sg_finding *findings;
    size_t count;
    CHECK_OK(sg_scan(database, scratch, (const uint8_t *)"hush", 4, NULL, result, NULL));
    CHECK_STATUS(SG_STATUS_INVALID_ARGUMENT, told(scan_with(1, 0, 0)));
    CHECK_OK(sg_result_findings(result, &findings, &count));
    CHECK(count == 1 && findings[0].end == 4);
}

static void images(void) {
    const uint8_t *image;
    size_t len;
    CHECK_OK(sg_database_image(database, &image, &len));
    uint8_t *copy = malloc(len);
    CHECK(copy != NULL);
    memcpy(copy, image, len);
    sg_status bad = SG_STATUS_INVALID_DATABASE;
    CHECK_STATUS(bad, told(load(NULL, 0)));
    CHECK_STATUS(bad, told(load("no database", 11)));
    CHECK_STATUS(bad, told(load(copy, len - 1)));
    CHECK_STATUS(bad, told(load(copy, 40)));
    copy[len / 2] ^= 1;
    CHECK_STATUS(bad, told(load(copy, len)));
    free(copy);
    CHECK_STATUS(SG_STATUS_NULL_POINTER, told(load(NULL, 1)));
    CHECK_STATUS(SG_STATUS_READ_FAILED, told(open_file("/no/such/file", 13)));
    CHECK_STATUS(SG_STATUS_READ_FAILED, told(open_file("", 0)));
    CHECK_STATUS(SG_STATUS_READ_FAILED, told(open_file("a\0b", 3)));
    CHECK_STATUS(SG_STATUS_READ_FAILED, told(open_file("/", 1)));
    CHECK_STATUS(SG_STATUS_INVALID_TEXT, told(open_file("\xFF", 1)));
    CHECK_STATUS(bad, told(open_file(__FILE__, strlen(__FILE__))));
}

static void rules(void) {
    sg_status bad = SG_STATUS_INVALID_RULES;
    sg_database *made;
    CHECK_STATUS(bad, told(compile("")));
    CHECK_STATUS(bad, told(compile("not = [toml")));
    CHECK_STATUS(bad, told(compile("\xFF")));
    CHECK_STATUS(bad, told(compile("[[classifier]]\nid = \"custom.x\"\n")));
    CHECK_STATUS(bad, told(sg_database_compile(NULL, 0, SG_CATALOGUE_NONE, &made, &error)));
    CHECK_STATUS(SG_STATUS_INVALID_ARGUMENT,
                 told(sg_database_compile(NULL, 0, 2, &made, &error)));
    CHECK_STATUS(SG_STATUS_NULL_POINTER,
                 told(sg_database_compile(NULL, 1, SG_CATALOGUE_NONE, &made, &error)));
    sg_pack twice[2] = {pack_of("one.toml", RULES), pack_of("two.toml", RULES)};
    CHECK_STATUS(bad, told(sg_database_compile(twice, 2, SG_CATALOGUE_NONE, &made, &error)));
    sg_pack unnamed = {"\xFF", 1, (const uint8_t *)RULES, strlen(RULES)};
    CHECK_STATUS(SG_STATUS_INVALID_TEXT,
                 told(sg_database_compile(&unnamed, 1, SG_CATALOGUE_NONE, &made, &error)));

    /* All problems are told, the first of them with its place. */
    CHECK_STATUS(bad, compile("[[classifier]]\n"
                              "id = \"custom.x\"\n"
                              "[[classifier.regex]]\n"
                              "pattern = '(?=x)'\n"
                              "[[classifier]]\n"
                              "id = \"custom.y\"\n"
                              "[[classifier.regex]]\n"
                              "pattern = '(x'\n"));
    CHECK(strstr(sg_error_message(error), "first of 2") != NULL);
    CHECK(strstr(sg_error_diagnostics(error), "SG201") != NULL);
    CHECK(strstr(sg_error_diagnostics(error), "SG202") != NULL);
    sg_position position;
    CHECK_OK(sg_error_position(error, &position));
    CHECK(position.line == 4 && position.column > 1 && position.start < position.end);
    CHECK_STATUS(SG_STATUS_NULL_POINTER, sg_error_position(error, NULL));
    CHECK_OK(sg_error_free(error));
    CHECK_STATUS(SG_STATUS_NULL_POINTER, sg_database_builtin(NULL, &error));
    CHECK_STATUS(SG_STATUS_NOT_FOUND, sg_error_position(error, &position));
    CHECK_OK(sg_error_free(error));
    error = NULL;
}

static void policies(void) {
    sg_status bad = SG_STATUS_INVALID_POLICY, null = SG_STATUS_NULL_POINTER;
    sg_guard *made;
    CHECK_STATUS(bad, told(guard_with("not = [toml", NULL, 0)));
    CHECK_STATUS(bad, told(guard_with("default = \"loud\"", NULL, 0)));
    CHECK_STATUS(SG_STATUS_INVALID_TEXT, told(guard_with("\xFF", NULL, 0)));
    CHECK_STATUS(null, told(sg_guard_new(database, NULL, 1, NULL, 0, &made, &error)));
    CHECK_STATUS(null, told(guard_with("", NULL, 1)));

    /* All problems are told, the first of them with its place. */
    CHECK_STATUS(bad, guard_with("\n\ndefault = \"loud\"\nmode = \"silent\"\n", NULL, 0));
    CHECK(strstr(sg_error_message(error), "policy:3:11") != NULL);
    CHECK(strstr(sg_error_message(error), "first of 2") != NULL);
    CHECK(strlen(sg_error_hint(error)) > 0);
    sg_position position;
    CHECK_OK(sg_error_position(error, &position));
    CHECK(position.line == 3 && position.column == 11);
    CHECK_OK(sg_error_free(error));
    error = NULL;

    const char *keyed = "[[rule]]\n"
                        "name = \"hashes\"\n"
                        "action = \"redact\"\n"
                        "style = { kind = \"hash\", key = \"orders\" }\n";
    const uint8_t *secret = (const uint8_t *)"a key for tests only";
    sg_key key = {"orders", 6, secret, 20};
    CHECK_STATUS(bad, told(guard_with(keyed, NULL, 0)));
    key.secret_len = 3;
    CHECK_STATUS(bad, told(guard_with(keyed, &key, 1)));
    key.name = "\xFF";
    key.name_len = 1;
    CHECK_STATUS(SG_STATUS_INVALID_TEXT, told(guard_with(keyed, &key, 1)));
    key.name = NULL;
    CHECK_STATUS(null, told(guard_with(keyed, &key, 1)));
    key.name = "orders";
    key.secret = NULL;
    CHECK_STATUS(null, told(guard_with(keyed, &key, 1)));
}

static void requests(void) {
    sg_status bad = SG_STATUS_INVALID_ARGUMENT;
    const uint8_t *bytes = (const uint8_t *)"{";
    const sg_request good = request_on(SG_CHANNEL_PROMPT);
    sg_request request = good;
    request.size--;
    CHECK_STATUS(bad, told(inspect_with(request)));
    request = request_on(5);
    CHECK_STATUS(bad, told(inspect_with(request)));
    request = good;
    request.form = 2;
    CHECK_STATUS(bad, told(inspect_with(request)));
    request = good;
    request.offset_unit = 3;
    CHECK_STATUS(bad, told(inspect_with(request)));
    request = good;
    request.reserved = 1;
    CHECK_STATUS(bad, told(inspect_with(request)));
    CHECK_STATUS(bad, told(stream_with(guard, request)));
    CHECK_STATUS(SG_STATUS_NULL_POINTER,
                 told(sg_guard_inspect(guard, scratch, NULL, NULL, bytes, 1, result, &error)));
    CHECK_STATUS(SG_STATUS_NULL_POINTER,
                 told(sg_guard_inspect(guard, scratch, NULL, &good, NULL, 1, result, &error)));
    CHECK_STATUS(bad, told(sg_guard_inspect(guard, scratch, NULL, &good, bytes, SIZE_MAX, result,
                                            &error)));

    /* Streams are of text, count bytes, and can't keep the form of values. */
    request = good;
    request.form = SG_FORM_JSON;
    CHECK_STATUS(bad, told(stream_with(guard, request)));
    CHECK_STATUS(SG_STATUS_INVALID_TEXT,
                 told(sg_guard_restore(guard, scratch, NULL, &request, bytes, 1, result, &error)));
    request = good;
    request.offset_unit = SG_OFFSET_UNIT_UTF16;
    CHECK_STATUS(bad, told(stream_with(guard, request)));
    sg_scan_options options = options_in(SG_OFFSET_UNIT_CODE_POINTS);
    sg_stream *made;
    CHECK_STATUS(bad, told(sg_stream_new(database, &options, &made, &error)));
    const char *forms = "[[rule]]\nname = \"forms\"\naction = \"redact\"\nstyle = \"fpe\"\n";
    sg_key key = {"main", 4, (const uint8_t *)"a key for tests only", 20};
    sg_guard *whole;
    CHECK_OK(sg_guard_new(database, forms, strlen(forms), &key, 1, &whole, NULL));
    CHECK_STATUS(SG_STATUS_INVALID_POLICY, told(stream_with(whole, good)));
    CHECK_OK(sg_guard_free(whole));

    CHECK_STATUS(SG_STATUS_NULL_POINTER,
                 told(sg_stream_push(stream, scratch, NULL, 1, result, &error)));
    CHECK_STATUS(bad, told(sg_stream_push(stream, scratch, bytes, SIZE_MAX, result, &error)));
}

static void names(void) {
    sg_session *made;
    sg_status bad = SG_STATUS_INVALID_ARGUMENT;
    CHECK_STATUS(bad, told(sg_session_new("Night 7", 7, &made, &error)));
    CHECK_STATUS(bad, told(sg_session_new("abcdefghijklmnopqrstuvwxyz0123456", 33, &made, &error)));
    CHECK_STATUS(SG_STATUS_INVALID_TEXT, told(sg_session_new("\xFF", 1, &made, &error)));
    CHECK_STATUS(SG_STATUS_NULL_POINTER, told(sg_session_new(NULL, 1, &made, &error)));
}

/* What a result was not filled with. */
static void absent(void) {
    sg_status none = SG_STATUS_NOT_FOUND;
    const uint8_t *bytes = (const uint8_t *)"hush";
    const char *json;
    sg_verdict verdict;
    size_t count;
    sg_request request = request_on(SG_CHANNEL_PROMPT);
    CHECK_OK(sg_scan(database, scratch, bytes, 4, NULL, result, NULL));
    CHECK_STATUS(none, sg_result_verdict(result, &verdict));
    CHECK_STATUS(none, sg_result_verdict_json(result, &json));
    CHECK_STATUS(none, sg_result_text(result, &bytes, &count));
    CHECK_STATUS(none, sg_result_restored(result, &count, &count));
    CHECK_STATUS(none, sg_result_settled(result, &count));
    CHECK_OK(sg_guard_restore(guard, scratch, session, &request, bytes, 4, result, NULL));
    CHECK_STATUS(none, sg_result_verdict(result, &verdict));
    CHECK_STATUS(none, sg_result_settled(result, &count));
    CHECK_OK(sg_guard_inspect(guard, scratch, session, &request, bytes, 4, result, NULL));
    CHECK_STATUS(none, sg_result_restored(result, &count, &count));
}

int main(void) {
    database = two_rules();
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    CHECK_OK(sg_slot_new(database, &slot, NULL));
    guard = guard_of(database, POLICY);
    CHECK_OK(sg_guard_slot_new(guard, &guard_slot, NULL));
    CHECK_OK(sg_session_new(NULL, 0, &session, NULL));
    CHECK_OK(sg_stream_new(database, NULL, &stream, NULL));
    handles();
    places();
    arguments();
    results_stay();
    images();
    rules();
    policies();
    requests();
    names();
    absent();
    CHECK_OK(sg_stream_free(stream));
    CHECK_OK(sg_session_free(session));
    CHECK_OK(sg_guard_slot_free(guard_slot));
    CHECK_OK(sg_guard_free(guard));
    CHECK_OK(sg_database_free(database));
    CHECK_OK(sg_scratch_free(scratch));
    CHECK_OK(sg_result_free(result));
    CHECK_OK(sg_slot_free(slot));
    puts("wrong: passed");
    return 0;
}
