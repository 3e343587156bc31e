/* What the C tests share: a check that says where it failed, and a database of two rules, a policy. */
#ifndef SG_TEST_CHECK_H
#define SG_TEST_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sluicegate.h"

#define CHECK(condition)                                                       \
    do {                                                                       \
        if (!(condition)) {                                                    \
            fprintf(stderr, "%s:%d: not true: %s\n", __FILE__, __LINE__,       \
                    #condition);                                               \
            exit(1);                                                           \
        }                                                                      \
    } while (0)

#define CHECK_STATUS(expected, call)                                           \
    do {                                                                       \
        sg_status status_ = (call);                                            \
        if (status_ != (expected)) {                                           \
            fprintf(stderr, "%s:%d: %s, not %s: %s\n", __FILE__, __LINE__,     \
                    sg_status_name(status_), sg_status_name(expected), #call); \
            exit(1);                                                           \
        }                                                                      \
    } while (0)

/* The bytes that a result lends are this text. */
#define CHECK_TEXT(result, expected)                                           \
    do {                                                                       \
        const uint8_t *text_;                                                  \
        size_t len_;                                                           \
        CHECK_OK(sg_result_text(result, &text_, &len_));                       \
        CHECK(len_ == strlen(expected));                                       \
        CHECK(len_ == 0 ? text_ == NULL : memcmp(text_, expected, len_) == 0); \
    } while (0)

#define CHECK_OK(call) CHECK_STATUS(SG_STATUS_OK, call)

static const char *const RULES =
    "[[classifier]]\n"
    "id = \"custom.ticket\"\n"
    "severity = \"high\"\n"
    "confidence = 80\n"
    "[[classifier.regex]]\n"
    "pattern = '\\bTICKET-[0-9]{4}\\b'\n"
    "[[classifier]]\n"
    "id = \"custom.word\"\n"
    "severity = \"info\"\n"
    "confidence = 30\n"
    "[[classifier.regex]]\n"
    "pattern = '\\bhush\\b'\n";

/* Numbers tickets, lets no word out of the model, flags what else there is. */
static const char *const POLICY =
    "default = \"flag\"\n"
    "[[rule]]\n"
    "name = \"no-tickets\"\n"
    "classifiers = [\"custom.ticket\"]\n"
    "action = \"redact\"\n"
    "style = \"numbered\"\n"
    "[[rule]]\n"
    "name = \"no-words-out\"\n"
    "classifiers = [\"custom.word\"]\n"
    "channels = [\"output\"]\n"
    "action = \"block\"\n";

static inline sg_pack pack_of(const char *name, const char *text) {
    sg_pack pack = {name, strlen(name), (const uint8_t *)text, strlen(text)};
    return pack;
}

static inline sg_database *two_rules(void) {
    sg_pack pack = pack_of("two.toml", RULES);
    sg_database *database = NULL;
    CHECK_OK(sg_database_compile(&pack, 1, SG_CATALOGUE_NONE, &database, NULL));
    return database;
}

static inline sg_guard *guard_of(const sg_database *database, const char *policy) {
    sg_guard *guard = NULL;
    CHECK_OK(sg_guard_new(database, policy, strlen(policy), NULL, 0, &guard, NULL));
    return guard;
}

static inline sg_request request_on(uint32_t channel) {
    sg_request request = {sizeof request, channel, SG_FORM_TEXT, SG_OFFSET_UNIT_BYTES, 0};
    return request;
}

static inline sg_scan_options options_in(uint32_t unit) {
    sg_scan_options options = {sizeof options, unit, 0, 0, 0};
    return options;
}

#endif
