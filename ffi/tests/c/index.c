/* Indexes beside a database, of the files that SG_TEST_INDEXES names the folder of. */
#include "check.h"

static const char *const KEY = "an example of a secret\n";
static const char *const ROW = "Ms WEIRKEEPER, no. 4711 0815, asked";
static const char *const PASSAGE = "He wrote: on the FIRST Monday of each month in the old mill where "
                                   "the sluice was opened for the first time.";

typedef sg_status attach_file(const sg_database *, const char *, size_t, const uint8_t *, size_t,
                              sg_database **, sg_error **);
typedef sg_status attach_bytes(const sg_database *, const uint8_t *, size_t, const uint8_t *, size_t,
                               sg_database **, sg_error **);

/* An index, and the functions of its kind. */
struct kind {
    const char *name, *id, *text;
    attach_file *file;
    attach_bytes *bytes;
    char path[4096];
    uint8_t image[4096];
    size_t len;
};

static struct kind kinds[2] = {
    {"people.sgx", "exact.people", "", sg_database_attach_exact_file,
     sg_database_attach_exact_bytes, "", {0}, 0},
    {"minutes.sgf", "document.minutes", "", sg_database_attach_documents_file,
     sg_database_attach_documents_bytes, "", {0}, 0},
};

static const uint8_t *bytes_of(const char *text) { return (const uint8_t *)text; }

static void read_index(struct kind *kind, const char *folder) {
    int len = snprintf(kind->path, sizeof kind->path, "%s/%s", folder, kind->name);
    CHECK(len > 0 && (size_t)len < sizeof kind->path);
    FILE *file = fopen(kind->path, "rb");
    CHECK(file != NULL);
    kind->len = fread(kind->image, 1, sizeof kind->image, file);
    CHECK(kind->len > 0 && kind->len < sizeof kind->image && fclose(file) == 0);
}

static sg_database *from_file(const struct kind *kind, const sg_database *database) {
    sg_database *made;
    CHECK_OK(kind->file(database, kind->path, strlen(kind->path), bytes_of(KEY), strlen(KEY), &made,
                        NULL));
    return made;
}

/* How many findings of a classifier there are in a text. */
static size_t found(const sg_database *database, const char *text, const char *wanted) {
    sg_scratch *scratch;
    sg_result *result;
    const sg_finding *findings;
    size_t count, of_it = 0;
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    CHECK_OK(sg_scan(database, scratch, bytes_of(text), strlen(text), NULL, result, NULL));
    CHECK_OK(sg_result_findings(result, &findings, &count));
    for (size_t i = 0; i < count; i++) {
        const char *id;
        CHECK_OK(sg_result_classifier_id(result, findings[i].classifier, &id));
        of_it += strcmp(id, wanted) == 0;
    }
    CHECK_OK(sg_scratch_free(scratch));
    CHECK_OK(sg_result_free(result));
    return of_it;
}

/* Files and bytes give the same, beside each other and beside rules. */
static void attached(void) {
    sg_database *rules = two_rules(), *mapped, *copied;
    uint8_t digests[3][SG_DIGEST_SIZE];
    for (size_t i = 0; i < 2; i++) {
        struct kind *kind = &kinds[i];
        mapped = from_file(kind, rules);
        uint8_t *image = malloc(kind->len);
        CHECK(image != NULL);
        memcpy(image, kind->image, kind->len);
        CHECK_OK(kind->bytes(rules, image, kind->len, bytes_of(KEY), strlen(KEY), &copied, NULL));
        memset(image, 0, kind->len);
        free(image);
        CHECK_OK(sg_database_digest(rules, digests[0]));
        CHECK_OK(sg_database_digest(mapped, digests[1]));
        CHECK_OK(sg_database_digest(copied, digests[2]));
        CHECK(memcmp(digests[0], digests[1], SG_DIGEST_SIZE) != 0);
        CHECK(memcmp(digests[1], digests[2], SG_DIGEST_SIZE) == 0);
        CHECK(found(mapped, kind->text, kind->id) > 0);
        CHECK(found(copied, kind->text, kind->id) > 0);
        CHECK(found(copied, "TICKET-1234", "custom.ticket") == 1);
        /* The given one stays as it is. */
        CHECK(found(rules, kind->text, kind->id) == 0);
        uint32_t count;
        CHECK_OK(sg_database_classifier_count(rules, &count));
        CHECK(count == 2);
        CHECK_OK(sg_database_free(mapped));
        CHECK_OK(sg_database_free(copied));
    }
    sg_database *rows = from_file(&kinds[0], rules);
    CHECK_OK(sg_database_free(rules));
    sg_database *both = from_file(&kinds[1], rows);
    CHECK_OK(sg_database_free(rows));
    CHECK(found(both, ROW, "exact.people") == 2 && found(both, PASSAGE, "document.minutes") == 1);
    /* The image is that of the rules. */
    const uint8_t *image;
    const char *json;
    size_t len;
    uint32_t count;
    CHECK_OK(sg_database_diagnostics(both, &json));
    CHECK(json[0] == '[');
    CHECK_OK(sg_database_image(both, &image, &len));
    CHECK_OK(sg_database_load_bytes(image, len, &rules, NULL));
    CHECK_OK(sg_database_classifier_count(rules, &count));
    CHECK(count == 2);
    CHECK_OK(sg_database_free(rules));
    CHECK_OK(sg_database_free(both));
}

/* Ends a refusal, whose sentence has this part and which has made nothing. */
static sg_status told(sg_status status, const sg_database *made, sg_error *error, const char *part) {
    CHECK(made == NULL && error != NULL && sg_error_status(error) == status);
    if (strstr(sg_error_message(error), part) == NULL) {
        fprintf(stderr, "not \"%s\": %s\n", part, sg_error_message(error));
        exit(1);
    }
    if (status == SG_STATUS_INVALID_INDEX || status == SG_STATUS_INVALID_ARGUMENT) {
        CHECK(strlen(sg_error_hint(error)) > 0);
    }
    CHECK_OK(sg_error_free(error));
    return status;
}

static sg_status with_bytes(const struct kind *kind, const sg_database *database,
                            const uint8_t *image, size_t len, const char *key, size_t key_len,
                            const char *part) {
    sg_database *made = NULL;
    sg_error *error = NULL;
    sg_status status = kind->bytes(database, image, len, bytes_of(key), key_len, &made, &error);
    return told(status, made, error, part);
}

static sg_status with_file(const struct kind *kind, const sg_database *database, const char *path,
                           size_t len, const char *part) {
    sg_database *made = NULL;
    sg_error *error = NULL;
    sg_status status = kind->file(database, path, len, bytes_of(KEY), strlen(KEY), &made, &error);
    return told(status, made, error, part);
}

static void wrong(void) {
    sg_database *rules = two_rules();
    size_t key_len = strlen(KEY);
    for (size_t i = 0; i < 2; i++) {
        const struct kind *kind = &kinds[i], *other = &kinds[1 - i];
        const uint8_t *image = kind->image;
        size_t len = kind->len;
        sg_database *with = from_file(kind, rules);
        sg_status bad = SG_STATUS_INVALID_INDEX;
        CHECK_STATUS(bad, with_bytes(kind, rules, image, len, "a different secret", 18,
                                     "was made with the key"));
        CHECK_STATUS(bad, with_bytes(kind, rules, image, len - 1, KEY, key_len, "is truncated"));
        CHECK_STATUS(bad, with_bytes(kind, rules, NULL, 0, KEY, key_len, "not a sluicegate"));
        CHECK_STATUS(bad, with_bytes(kind, rules, other->image, other->len, KEY, key_len,
                                     "another kind of index"));
        uint8_t altered[sizeof kind->image];
        memcpy(altered, image, len);
        altered[len / 2] ^= 1;
        CHECK_STATUS(bad, with_bytes(kind, rules, altered, len, KEY, key_len, "is altered"));
        CHECK_STATUS(bad, with_bytes(kind, with, image, len, KEY, key_len, kind->id));
        CHECK_STATUS(bad, with_file(kind, rules, __FILE__, strlen(__FILE__), __FILE__));

        sg_status few = SG_STATUS_INVALID_ARGUMENT, null = SG_STATUS_NULL_POINTER;
        CHECK_STATUS(few, with_bytes(kind, rules, image, len, KEY, 15, "at least 16"));
        CHECK_STATUS(few, with_bytes(kind, rules, image, len, NULL, 0, "at least 16"));
        CHECK_STATUS(null, with_bytes(kind, NULL, image, len, KEY, key_len, "sg_database"));
        CHECK_STATUS(null, with_bytes(kind, rules, NULL, 1, KEY, key_len, "`bytes`"));
        CHECK_STATUS(null, with_bytes(kind, rules, image, len, NULL, 16, "`key`"));
        CHECK_STATUS(null, with_file(kind, rules, NULL, 1, "`path`"));
        CHECK_STATUS(SG_STATUS_INVALID_TEXT, with_file(kind, rules, "\xFF", 1, "`path`"));
        CHECK_STATUS(SG_STATUS_READ_FAILED, with_file(kind, rules, "no such file", 12, "no such"));
        CHECK_STATUS(SG_STATUS_READ_FAILED, with_file(kind, rules, "/", 1, "/"));
        CHECK_STATUS(null, kind->bytes(rules, image, len, bytes_of(KEY), key_len, NULL, NULL));
        CHECK_STATUS(null, kind->file(rules, "x", 1, bytes_of(KEY), key_len, NULL, NULL));

        sg_scratch *scratch;
        CHECK_OK(sg_scratch_new(&scratch, NULL));
        CHECK_STATUS(SG_STATUS_WRONG_HANDLE,
                     with_bytes(kind, (sg_database *)scratch, image, len, KEY, key_len,
                                "sg_database"));
        CHECK_OK(sg_scratch_free(scratch));
        CHECK_OK(sg_database_free(with));
    }
    CHECK_OK(sg_database_free(rules));
}

/* A guard takes rows out of a text however it is cut, and outlives the database. */
static void guarded(void) {
    sg_database *rules = two_rules(), *database = from_file(&kinds[0], rules);
    const char *policy = "[[rule]]\n"
                         "name = \"no-rows\"\n"
                         "classifiers = [\"exact.people\"]\n"
                         "action = \"redact\"\n";
    sg_guard *guard = guard_of(database, policy);
    sg_request request = request_on(SG_CHANNEL_OUTPUT);
    sg_scratch *scratch;
    sg_result *result;
    sg_stream *stream;
    CHECK_OK(sg_database_free(rules));
    CHECK_OK(sg_database_free(database));
    CHECK_OK(sg_scratch_new(&scratch, NULL));
    CHECK_OK(sg_result_new(&result, NULL));
    CHECK_OK(sg_stream_new_guarded(guard, NULL, &request, &stream, NULL));
    CHECK_OK(sg_guard_free(guard));
    for (size_t size = 1; size <= strlen(ROW); size++) {
        char passed[100] = "";
        size_t at = 0, end = 0;
        for (int more = 1; more;) {
            size_t piece = strlen(ROW) - at < size ? strlen(ROW) - at : size;
            more = piece > 0;
            if (more) {
                CHECK_OK(sg_stream_push(stream, scratch, bytes_of(ROW) + at, piece, result, NULL));
            } else {
                CHECK_OK(sg_stream_finish(stream, scratch, result, NULL));
            }
            at += piece;
            const uint8_t *bytes;
            size_t len;
            CHECK_OK(sg_result_text(result, &bytes, &len));
            CHECK(end + len < sizeof passed);
            if (len > 0) {
                memcpy(passed + end, bytes, len);
            }
            end += len;
        }
        CHECK(strcmp(passed, "Ms [EXACT_PEOPLE], no. [EXACT_PEOPLE], asked") == 0);
    }
    CHECK_OK(sg_stream_free(stream));
    CHECK_OK(sg_result_free(result));
    CHECK_OK(sg_scratch_free(scratch));
}

int main(void) {
    const char *folder = getenv("SG_TEST_INDEXES");
    CHECK(folder != NULL);
    kinds[0].text = ROW;
    kinds[1].text = PASSAGE;
    read_index(&kinds[0], folder);
    read_index(&kinds[1], folder);
    attached();
    wrong();
    guarded();
    puts("index: passed");
    return 0;
}
