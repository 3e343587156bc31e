/* What a program does on a good day: each function once, with what it gives. */
#include "check.h"

static const uint8_t *bytes_of(const char *text) { return (const uint8_t *)text; }

static void versions(void) {
    CHECK(sg_abi_version() == SG_ABI_VERSION);
    CHECK(strlen(sg_version()) > 0);
    CHECK(sg_finding_size() == sizeof(sg_finding));
    CHECK(sg_item_size() == sizeof(sg_item));
    CHECK(sg_scan_options_size() == sizeof(sg_scan_options));
    CHECK(strcmp(sg_status_name(SG_STATUS_OK), "SG_STATUS_OK") == 0);
    CHECK(strcmp(sg_status_name(4711), "unknown status") == 0);
}

static void limits(void) {
    size_t count = sg_limit_count();
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++) {
        sg_limit limit;
        CHECK_OK(sg_limit_get(i, &limit));
        CHECK(strlen(limit.name) > 0 && strlen(limit.reason) > 0 && limit.value > 0);
    }
}

static void catalogue(void) {
    sg_database *database;
    sg_scratch *scratch;
    sg_result *result;
    sg_error *error;
    CHECK_OK(sg_database_builtin(&database, &error));
    CHECK_OK(sg_scratch_new(&scratch, &error));
    CHECK_OK(sg_result_new(&result, &error));
    uint32_t classifiers;
    CHECK_OK(sg_database_classifier_count(database, &classifiers));
    CHECK(classifiers > 1000);

    const char *text = "card 4111 1111 1111 1111";
    CHECK_OK(sg_scan(database, scratch, bytes_of(text), strlen(text), NULL, result, &error));
    const sg_finding *findings;
    size_t count;
    CHECK_OK(sg_result_findings(result, &findings, &count));
    CHECK(count >= 1);
    for (size_t i = 0; i < count; i++) {
        const char *in_result, *in_database;
        CHECK_OK(sg_result_classifier_id(result, findings[i].classifier, &in_result));
        CHECK_OK(sg_database_classifier_id(database, findings[i].classifier, &in_database));
        CHECK(strcmp(in_result, in_database) == 0);
        CHECK(findings[i].start < findings[i].end && findings[i].end <= strlen(text));
        CHECK(findings[i].severity <= SG_SEVERITY_CRITICAL && findings[i].confidence <= 100);
        CHECK(findings[i].view == SG_VIEW_RAW && findings[i].reserved == 0);
    }
    CHECK_OK(sg_database_free(database));
    CHECK_OK(sg_scratch_free(scratch));
    CHECK_OK(sg_result_free(result));
}

static void database(void) {
    sg_database *first = two_rules(), *second, *third;
    const uint8_t *image;
    size_t len;
    const char *json;
    uint8_t digests[2][SG_DIGEST_SIZE];
    CHECK_OK(sg_database_image(first, &image, &len));
    CHECK_OK(sg_database_load_bytes(image, len, &second, NULL));
    CHECK_OK(sg_database_digest(first, digests[0]));
    CHECK_OK(sg_database_digest(second, digests[1]));
    CHECK(memcmp(digests[0], digests[1], SG_DIGEST_SIZE) == 0);
    CHECK_OK(sg_database_diagnostics(first, &json));
    CHECK(json[0] == '[');

    const char *path = "sg-test.sgdb";
    FILE *file = fopen(path, "wb");
    CHECK(file != NULL && fwrite(image, 1, len, file) == len && fclose(file) == 0);
    CHECK_OK(sg_database_load_file(path, strlen(path), &third, NULL));
    CHECK_OK(sg_database_digest(third, digests[1]));
    CHECK(memcmp(digests[0], digests[1], SG_DIGEST_SIZE) == 0);
    CHECK(remove(path) == 0);
    CHECK_OK(sg_database_free(third));

    CHECK_OK(sg_database_share(first, &third));
    CHECK_OK(sg_database_free(first));
    uint32_t count;
    CHECK_OK(sg_database_classifier_count(third, &count));
    CHECK(count == 2);
    CHECK_OK(sg_database_free(second));
    CHECK_OK(sg_database_free(third));
}

static void tables(void) {
    const char *rules = "[[table]]\n"
                        "file = \"words.csv\"\n"
                        "[table.classifier]\n"
                        "id = \"custom.${name}\"\n"
                        "[[table.classifier.regex]]\n"
                        "pattern = '\\b${name}\\b'\n";
    sg_pack packs[2] = {pack_of("words.toml", rules), pack_of("words.csv", "name\nalpha\nbeta\n")};
    sg_database *database;
    sg_error *error = NULL;
    sg_status status = sg_database_compile(packs, 2, SG_CATALOGUE_NONE, &database, &error);
    if (status != SG_STATUS_OK) {
        fprintf(stderr, "%s\n", sg_error_diagnostics(error));
    }
    CHECK_OK(status);
    const char *id;
    CHECK_OK(sg_database_classifier_id(database, 1, &id));
    CHECK(strcmp(id, "custom.beta") == 0);
    CHECK_OK(sg_database_free(database));
}

/* "é" and a face from beyond U+FFFF before the first finding, a stray byte before the second. */
static void units(void) {
    sg_database *database = two_rules();
    sg_scratch *scratch;
    sg_result *result;
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    const char *text = "\xC3\xA9 \xF0\x9F\x98\x80 TICKET-1234 \xFF hush";
    static const struct {
        uint32_t unit;
        size_t start, end, second;
    } expected[] = {
        {SG_OFFSET_UNIT_BYTES, 8, 19, 22},
        {SG_OFFSET_UNIT_CODE_POINTS, 4, 15, 18},
        {SG_OFFSET_UNIT_UTF16, 5, 16, 19},
    };
    for (size_t i = 0; i < 3; i++) {
        sg_scan_options options = options_in(expected[i].unit);
        CHECK_OK(sg_scan(database, scratch, bytes_of(text), strlen(text), &options, result, NULL));
        const sg_finding *findings;
        size_t count;
        CHECK_OK(sg_result_findings(result, &findings, &count));
        CHECK(count == 2);
        CHECK(findings[0].start == expected[i].start && findings[0].end == expected[i].end);
        CHECK(findings[1].start == expected[i].second);
        CHECK(findings[0].severity == SG_SEVERITY_HIGH && findings[0].confidence == 80);
    }
    sg_scan_options options = options_in(SG_OFFSET_UNIT_BYTES);
    options.min_confidence = 50;
    CHECK_OK(sg_scan(database, scratch, bytes_of(text), strlen(text), &options, result, NULL));
    const sg_finding *findings;
    size_t count;
    CHECK_OK(sg_result_findings(result, &findings, &count));
    CHECK(count == 1 && findings[0].start == 8);
    sg_database_free(database);
    sg_scratch_free(scratch);
    sg_result_free(result);
}

/* One finding of each value, where that is asked for. */
static void resolved(void) {
    sg_pack pack = pack_of("claims.toml",
                           "[[classifier]]\n"
                           "id = \"custom.any\"\n"
                           "[[classifier.regex]]\n"
                           "pattern = '[0-9]{4}'\n"
                           "[[classifier]]\n"
                           "id = \"custom.checked\"\n"
                           "chance = 0.1\n"
                           "[[classifier.regex]]\n"
                           "pattern = '[0-9]{4}'\n");
    sg_database *database;
    sg_scratch *scratch;
    sg_result *result;
    CHECK_OK(sg_database_compile(&pack, 1, SG_CATALOGUE_NONE, &database, NULL));
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    sg_scan_options options = options_in(SG_OFFSET_UNIT_BYTES);
    for (uint32_t resolve = 0; resolve < 2; resolve++) {
        options.resolve = resolve;
        CHECK_OK(sg_scan(database, scratch, bytes_of("1234"), 4, &options, result, NULL));
        const sg_finding *findings;
        size_t count;
        CHECK_OK(sg_result_findings(result, &findings, &count));
        CHECK(count == 2 - resolve && findings[count - 1].classifier == 1);
    }
    sg_database_free(database);
    sg_scratch_free(scratch);
    sg_result_free(result);
}

/* Any number of threads gives what the buffers give one by one. */
static void batch(void) {
    enum { COUNT = 300 };
    sg_database *database = two_rules();
    sg_scratch *scratch;
    sg_result *whole, *single;
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&whole, NULL));
    CHECK_OK(sg_result_new(&single, NULL));
    static const char *const texts[] = {"", "hush", "TICKET-1234 hush TICKET-5678", "nothing"};
    sg_buffer buffers[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        const char *text = texts[(i * 7 + i / 5) % 4];
        buffers[i].bytes = *text ? bytes_of(text) : NULL;
        buffers[i].len = strlen(text);
    }
    for (uint32_t threads = 0; threads < 6; threads++) {
        CHECK_OK(sg_scan_batch(database, scratch, buffers, COUNT, threads, NULL, whole, NULL));
        const sg_finding *all, *own;
        const sg_item *items;
        size_t all_count, own_count, item_count, next = 0;
        uint32_t completeness;
        CHECK_OK(sg_result_findings(whole, &all, &all_count));
        CHECK_OK(sg_result_items(whole, &items, &item_count));
        CHECK_OK(sg_result_completeness(whole, &completeness));
        CHECK(item_count == COUNT && completeness == SG_COMPLETENESS_COMPLETE);
        for (size_t i = 0; i < COUNT; i++) {
            CHECK_OK(sg_scan(database, scratch, buffers[i].bytes, buffers[i].len, NULL, single,
                             NULL));
            CHECK_OK(sg_result_findings(single, &own, &own_count));
            CHECK(items[i].first == next && items[i].count == own_count);
            CHECK(items[i].completeness == SG_COMPLETENESS_COMPLETE && items[i].reserved == 0);
            for (size_t j = 0; j < own_count; j++) {
                CHECK(all[next + j].start == own[j].start && all[next + j].end == own[j].end);
                CHECK(all[next + j].classifier == own[j].classifier);
            }
            next += own_count;
        }
        CHECK(next == all_count);
    }
    CHECK_OK(sg_scan_batch(database, scratch, NULL, 0, 0, NULL, whole, NULL));
    const sg_item *items;
    size_t count;
    CHECK_OK(sg_result_items(whole, &items, &count));
    CHECK(items == NULL && count == 0);
    sg_database_free(database);
    sg_scratch_free(scratch);
    sg_result_free(whole);
    sg_result_free(single);
}

int main(void) {
    versions();
    limits();
    catalogue();
    database();
    tables();
    units();
    resolved();
    batch();
    puts("scan: passed");
    return 0;
}
