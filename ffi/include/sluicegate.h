/*
 * Sluicegate: finds secrets, personal and payment data, prompt injection and other classified
 * content in bytes, with exact spans.
 *
 * Every function that can fail returns an sg_status and writes its outputs only on success. An
 * error, where there is a place for one, is written only on failure and freed by the caller. Texts
 * that are returned end with a NUL and are UTF-8. The whole contract is one page: CONVENTIONS.md.
 *
 * Generated from the sources of the library. Do not edit.
 */

#ifndef SLUICEGATE_H
#define SLUICEGATE_H

#include <stddef.h>
#include <stdint.h>

/**
 * Version of the interface that this header describes. It changes when a program that was
 * compiled with an older header can't use the library any more.
 */
#define SG_ABI_VERSION 1

/**
 * Bytes of a digest.
 */
#define SG_DIGEST_SIZE 32

/**
 * How a call ended. Only `SG_STATUS_OK` is success.
 */
enum sg_status
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : int32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Done.
     */
    SG_STATUS_OK = 0,
    /**
     * A pointer that may not be NULL is.
     */
    SG_STATUS_NULL_POINTER = 1,
    /**
     * A pointer to an object of another type.
     */
    SG_STATUS_WRONG_HANDLE = 2,
    /**
     * The object is in use by a call in another thread.
     */
    SG_STATUS_BUSY = 3,
    /**
     * A number, length or size that the function does not take.
     */
    SG_STATUS_INVALID_ARGUMENT = 4,
    /**
     * Text that is not UTF-8, or no JSON where that is asked for.
     */
    SG_STATUS_INVALID_TEXT = 5,
    /**
     * An index past the end.
     */
    SG_STATUS_OUT_OF_RANGE = 6,
    /**
     * There is no such thing.
     */
    SG_STATUS_NOT_FOUND = 7,
    /**
     * A file can't be read.
     */
    SG_STATUS_READ_FAILED = 8,
    /**
     * Bytes that are no database of this library's format, or were altered.
     */
    SG_STATUS_INVALID_DATABASE = 9,
    /**
     * Rules with errors; the error lists all of them.
     */
    SG_STATUS_INVALID_RULES = 10,
    /**
     * A policy with errors, of which the error lists all; or one that streams can't carry out.
     */
    SG_STATUS_INVALID_POLICY = 11,
    /**
     * A text that could not be inspected to its end, so that it can't be turned back.
     */
    SG_STATUS_INCOMPLETE = 12,
    /**
     * Bytes that are no index of this library's format and of the kind that is asked for, were
     * altered or made with another key; or an index whose id a classifier has already.
     */
    SG_STATUS_INVALID_INDEX = 13,
    /**
     * A defect of the library, stopped at its boundary. The objects of the call can be used again,
     * but for a session or a stream, which say the same from then on.
     */
    SG_STATUS_PANIC = 100,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_status sg_status;
#else
typedef int32_t sg_status;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Which classifiers a database holds beside those of the packs.
 */
enum sg_catalogue
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * None.
     */
    SG_CATALOGUE_NONE = 0,
    /**
     * The built-in ones.
     */
    SG_CATALOGUE_BUILTIN = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_catalogue sg_catalogue;
#else
typedef uint32_t sg_catalogue;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What offsets count.
 */
enum sg_offset_unit
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Bytes.
     */
    SG_OFFSET_UNIT_BYTES = 0,
    /**
     * Code points. A byte that is no part of valid UTF-8 counts as one.
     */
    SG_OFFSET_UNIT_CODE_POINTS = 1,
    /**
     * UTF-16 units. A byte that is no part of valid UTF-8 counts as one.
     */
    SG_OFFSET_UNIT_UTF16 = 2,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_offset_unit sg_offset_unit;
#else
typedef uint32_t sg_offset_unit;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How bad it is when a value of a kind gets out.
 */
enum sg_severity
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint8_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Worth knowing.
     */
    SG_SEVERITY_INFO = 0,
    /**
     * A nuisance.
     */
    SG_SEVERITY_LOW = 1,
    /**
     * The default.
     */
    SG_SEVERITY_MEDIUM = 2,
    /**
     * Someone is harmed.
     */
    SG_SEVERITY_HIGH = 3,
    /**
     * Someone else gets in.
     */
    SG_SEVERITY_CRITICAL = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_severity sg_severity;
#else
typedef uint8_t sg_severity;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * The form of the input in which a value was found.
 */
enum sg_view
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint8_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * The bytes as they came.
     */
    SG_VIEW_RAW = 0,
    /**
     * A form that this version of the interface has no name for.
     */
    SG_VIEW_OTHER = 255,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_view sg_view;
#else
typedef uint8_t sg_view;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Whether the whole input was inspected.
 */
enum sg_completeness
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * All of it.
     */
    SG_COMPLETENESS_COMPLETE = 0,
    /**
     * A limit was reached; findings may be missing.
     */
    SG_COMPLETENESS_INCOMPLETE = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_completeness sg_completeness;
#else
typedef uint32_t sg_completeness;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * Where a message comes from and goes to.
 */
enum sg_channel
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * To the model, from a person or program.
     */
    SG_CHANNEL_PROMPT = 0,
    /**
     * From the model.
     */
    SG_CHANNEL_OUTPUT = 1,
    /**
     * From the model to a tool.
     */
    SG_CHANNEL_TOOL_ARGS = 2,
    /**
     * From a tool to the model.
     */
    SG_CHANNEL_TOOL_RESULT = 3,
    /**
     * A document that is retrieved or stored for the model.
     */
    SG_CHANNEL_DOCUMENT = 4,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_channel sg_channel;
#else
typedef uint32_t sg_channel;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * How a message is written.
 */
enum sg_form
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Text, of which every byte may be inspected and redacted. Streams take no other.
     */
    SG_FORM_TEXT = 0,
    /**
     * JSON, which is inspected in its strings and numbers, and stays JSON.
     */
    SG_FORM_JSON = 1,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_form sg_form;
#else
typedef uint32_t sg_form;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What happens to a message. A greater number is stricter, and there may be others in between.
 */
enum sg_action
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * It passes.
     */
    SG_ACTION_ALLOW = 0,
    /**
     * It passes, and someone should look at it.
     */
    SG_ACTION_FLAG = 10,
    /**
     * It passes without the values.
     */
    SG_ACTION_REDACT = 20,
    /**
     * It does not pass.
     */
    SG_ACTION_BLOCK = 40,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_action sg_action;
#else
typedef uint32_t sg_action;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * What decided about a message.
 */
enum sg_reason
#if defined(__cplusplus) || __STDC_VERSION__ >= 202311L
  : uint32_t
#endif // defined(__cplusplus) || __STDC_VERSION__ >= 202311L
 {
    /**
     * Nothing was found.
     */
    SG_REASON_NO_FINDING = 0,
    /**
     * A rule selected a finding.
     */
    SG_REASON_RULE = 1,
    /**
     * The policy's default for a finding that no rule selects.
     */
    SG_REASON_DEFAULT = 2,
    /**
     * The message was not inspected to its end.
     */
    SG_REASON_INCOMPLETE = 3,
    /**
     * The message could not be read, or not be redacted.
     */
    SG_REASON_ERROR = 4,
    /**
     * A reason that this version of the interface has no name for.
     */
    SG_REASON_OTHER = 255,
};
#ifndef __cplusplus
#if __STDC_VERSION__ >= 202311L
typedef enum sg_reason sg_reason;
#else
typedef uint32_t sg_reason;
#endif // __STDC_VERSION__ >= 202311L
#endif // __cplusplus

/**
 * A compiled set of classifiers. It never changes; any number of threads may use it at a time.
 * Results and slots share what is behind it, so it may be freed before them.
 */
typedef struct sg_database sg_database;

/**
 * Why a call failed. It belongs to whoever called.
 */
typedef struct sg_error sg_error;

/**
 * A database with a policy: decides about messages. It never changes; any number of threads may use
 * it at a time. Results, streams and slots share what is behind it, so it may be freed before them.
 */
typedef struct sg_guard sg_guard;

/**
 * A place that holds a guard, which any number of threads may read and replace at a time.
 */
typedef struct sg_guard_slot sg_guard_slot;

/**
 * What a call found, and what a guard decided. It is filled by one call after the other and keeps
 * its memory; what is borrowed from it is valid until it is filled again or freed. It keeps the
 * database of its findings, and the guard.
 */
typedef struct sg_result sg_result;

/**
 * The memory that scans use: one for each thread that calls. It fits every database, grows to what
 * scans need, and keeps that for the next, with the database of the last inspection. A call that
 * finds it in use by another thread fails with SG_STATUS_BUSY.
 */
typedef struct sg_scratch sg_scratch;

/**
 * What redactions of one conversation remember, so that equal values have equal labels and answers
 * can be turned back. It holds values, and wipes them when it is freed. Streams share what is behind
 * it. A call that finds it in use by another thread fails with SG_STATUS_BUSY.
 */
typedef struct sg_session sg_session;

/**
 * A place that holds a database, which any number of threads may read and replace at a time.
 */
typedef struct sg_slot sg_slot;

/**
 * A text that arrives in pieces. However it is cut, what comes of it is the same. It keeps the
 * database, or the guard and the session, that it was made of, so they may be freed before it, and
 * replaced where others find them. A call that finds it in use by another thread fails with
 * SG_STATUS_BUSY.
 */
typedef struct sg_stream sg_stream;

/**
 * A place in the text of a pack or policy.
 */
typedef struct {
    /**
     * Line, from 1.
     */
    size_t line;
    /**
     * Column, from 1, in code points.
     */
    size_t column;
    /**
     * First byte.
     */
    size_t start;
    /**
     * The byte after the last.
     */
    size_t end;
} sg_position;

/**
 * A pack of classifiers (TOML), or a file that packs name: a table of facts (CSV) or a list of
 * terms.
 */
typedef struct {
    /**
     * What diagnostics and packs call it, UTF-8. A name that ends in ".csv" is that of a
     * table, one that ends in ".txt" that of a list of terms.
     */
    const char *name;
    /**
     * Bytes of the name.
     */
    size_t name_len;
    /**
     * The text, UTF-8.
     */
    const uint8_t *text;
    /**
     * Bytes of the text.
     */
    size_t text_len;
} sg_pack;

/**
 * A buffer of the caller's. NULL will do for an empty one.
 */
typedef struct {
    /**
     * The first byte.
     */
    const uint8_t *bytes;
    /**
     * Number of bytes.
     */
    size_t len;
} sg_buffer;

/**
 * What a scan is asked for. NULL in place of options asks for everything, in bytes.
 */
typedef struct {
    /**
     * sizeof(sg_scan_options), as the program was compiled with it.
     */
    size_t size;
    /**
     * What offsets count: an sg_offset_unit.
     */
    uint32_t offset_unit;
    /**
     * Findings below this confidence are left out, 0 to 100.
     */
    uint32_t min_confidence;
    /**
     * 1 for one finding of each value: of those that claim it, the one that is most likely right. 0 for
     * all, as streams have them. Takes memory where findings overlap.
     */
    uint32_t resolve;
    /**
     * 0.
     */
    uint32_t reserved;
} sg_scan_options;

/**
 * A span that a classifier claims.
 */
typedef struct {
    /**
     * Offset of the first unit, from the beginning of the buffer or stream.
     */
    size_t start;
    /**
     * Offset behind the last unit; always greater than `start`.
     */
    size_t end;
    /**
     * Index of the classifier in the database: see sg_result_classifier_id.
     */
    uint32_t classifier;
    /**
     * An sg_severity.
     */
    uint8_t severity;
    /**
     * 0 to 100.
     */
    uint8_t confidence;
    /**
     * An sg_view.
     */
    uint8_t view;
    /**
     * 0.
     */
    uint8_t reserved;
} sg_finding;

/**
 * Which of a result's findings are those of one buffer.
 */
typedef struct {
    /**
     * Index of its first finding.
     */
    size_t first;
    /**
     * Number of its findings.
     */
    size_t count;
    /**
     * An sg_completeness.
     */
    uint32_t completeness;
    /**
     * 0.
     */
    uint32_t reserved;
} sg_item;

/**
 * A key that a policy names. The secret is copied, and wiped when the guard is freed.
 */
typedef struct {
    /**
     * What the policy calls it, UTF-8; "main" where a policy gives no name.
     */
    const char *name;
    /**
     * Bytes of the name.
     */
    size_t name_len;
    /**
     * The secret bytes, 16 or more, for example the contents of a key file; space at either end
     * does not count.
     */
    const uint8_t *secret;
    /**
     * Number of secret bytes.
     */
    size_t secret_len;
} sg_key;

/**
 * What is known of a message beside its bytes.
 */
typedef struct {
    /**
     * sizeof(sg_request), as the program was compiled with it.
     */
    size_t size;
    /**
     * Where the message comes from and goes to: an sg_channel.
     */
    uint32_t channel;
    /**
     * How it is written: an sg_form.
     */
    uint32_t form;
    /**
     * What offsets count: an sg_offset_unit. Those of streams count bytes.
     */
    uint32_t offset_unit;
    /**
     * 0.
     */
    uint32_t reserved;
} sg_request;

/**
 * What was decided about a message, and why.
 */
typedef struct {
    /**
     * What happens to the message: an sg_action. Of a policy that only monitors it is nothing
     * stricter than SG_ACTION_FLAG.
     */
    uint32_t action;
    /**
     * What the policy asks for: the same, but where it only monitors.
     */
    uint32_t would_be;
    /**
     * What decided: an sg_reason.
     */
    uint32_t reason;
    /**
     * Whether the whole message was inspected: an sg_completeness.
     */
    uint32_t completeness;
    /**
     * Number of edits that were made.
     */
    size_t edits;
    /**
     * Name of the rule that decided; NULL where none did. Borrowed from the result.
     */
    const char *rule;
    /**
     * Why the message could not be read or redacted, in a sentence without any of it; NULL where it
     * could. Borrowed from the result.
     */
    const char *error;
} sg_verdict;

/**
 * What was decided for a finding.
 */
typedef struct {
    /**
     * Name of the rule; NULL where the policy's default decided. Borrowed from the result.
     */
    const char *rule;
    /**
     * What it asks for: an sg_action.
     */
    uint32_t action;
    /**
     * 0.
     */
    uint32_t reserved;
} sg_decision;

/**
 * A bound of the engine. Reaching one while a database is compiled is an error; reaching one while
 * scanning makes the result incomplete.
 */
typedef struct {
    /**
     * Its name.
     */
    const char *name;
    /**
     * Its value, in the unit that the name tells.
     */
    uint64_t value;
    /**
     * Why it is that.
     */
    const char *reason;
} sg_limit;

#ifdef __cplusplus
extern "C" {
#endif // __cplusplus

/**
 * The status of the call that failed; SG_STATUS_NULL_POINTER or SG_STATUS_WRONG_HANDLE where
 * `error` is no error.
 *
 * # Safety
 * `error` is NULL or a live object of this library.
 */
sg_status sg_error_status(const sg_error *error);

/**
 * What went wrong, in a sentence, without any of the scanned text. Borrowed from the error; empty
 * where `error` is no error.
 *
 * # Safety
 * `error` is NULL or a live object of this library.
 */
const char *sg_error_message(const sg_error *error);

/**
 * What to do about it; empty where there is nothing to add, or `error` is no error. Borrowed from
 * the error.
 *
 * # Safety
 * `error` is NULL or a live object of this library.
 */
const char *sg_error_hint(const sg_error *error);

/**
 * Every problem of rules or a policy that could not be used, as a JSON array of objects with the keys `code`,
 * `level`, `title`, `message`, `hint`, `classifier`, `file`, `line`, `column`, `start` and `end`;
 * "[]" for other errors. Borrowed from the error; empty where `error` is no error.
 *
 * # Safety
 * `error` is NULL or a live object of this library.
 */
const char *sg_error_diagnostics(const sg_error *error);

/**
 * Where the first problem of rules or a policy stands. SG_STATUS_NOT_FOUND where no place is known.
 *
 * # Safety
 * `error` is NULL or a live object of this library; `position` is NULL or a place for one.
 */
sg_status sg_error_position(const sg_error *error, sg_position *position);

/**
 * Frees an error. NULL is freed already.
 *
 * # Safety
 * `error` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_error_free(sg_error *error);

/**
 * The name of a status, for example "SG_STATUS_OK"; "unknown status" for other numbers.
 */
const char *sg_status_name(int32_t status);

/**
 * The library's version, for example "0.1.0".
 */
const char *sg_version(void);

/**
 * The interface that the library has. A program compares it with SG_ABI_VERSION, which it was
 * compiled with.
 */
uint32_t sg_abi_version(void);

/**
 * Size of sg_finding in the library, in bytes.
 */
size_t sg_finding_size(void);

/**
 * Size of sg_item in the library, in bytes.
 */
size_t sg_item_size(void);

/**
 * Size of sg_scan_options in the library, in bytes.
 */
size_t sg_scan_options_size(void);

/**
 * Size of sg_request in the library, in bytes.
 */
size_t sg_request_size(void);

/**
 * Size of sg_decision in the library, in bytes.
 */
size_t sg_decision_size(void);

/**
 * Size of sg_verdict in the library, in bytes.
 */
size_t sg_verdict_size(void);

/**
 * The database of the built-in catalogue, which is part of the library.
 *
 * # Safety
 * `database` and `error` are NULL or places for pointers.
 */
sg_status sg_database_builtin(sg_database **database, sg_error **error);

/**
 * Maps the database file with this path (UTF-8), checks it and uses it in place. Whoever shortens
 * the file meanwhile ends the process; replace it by renaming another over it.
 *
 * # Safety
 * `path` is NULL or to `path_len` bytes; `database` and `error` are NULL or places for pointers.
 */
sg_status sg_database_load_file(const char *path,
                                size_t path_len,
                                sg_database **database,
                                sg_error **error);

/**
 * Checks the bytes of a database and uses a copy of them.
 *
 * # Safety
 * `bytes` is NULL or to `len` bytes; `database` and `error` are NULL or places for pointers.
 */
sg_status sg_database_load_bytes(const uint8_t *bytes,
                                 size_t len,
                                 sg_database **database,
                                 sg_error **error);

/**
 * Checks the bytes of a database and uses them where they are. They stay there, unchanged, until
 * the process ends: constants of the program, or a mapping that is never undone.
 *
 * # Safety
 * `bytes` is NULL or to `len` bytes that never change; `database` and `error` are NULL or places
 * for pointers.
 */
sg_status sg_database_load_static(const uint8_t *bytes,
                                  size_t len,
                                  sg_database **database,
                                  sg_error **error);

/**
 * Another handle to the same database, to be freed on its own.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `shared` is NULL or a place for a pointer.
 */
sg_status sg_database_share(const sg_database *database, sg_database **shared);

/**
 * The digest of a database, SG_DIGEST_SIZE bytes. Equal rules and indexes have equal digests.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `digest` is NULL or has room.
 */
sg_status sg_database_digest(const sg_database *database, uint8_t *digest);

/**
 * The bytes of a database without its indexes, which a file may keep and the load functions take.
 * Borrowed from the database.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `bytes` and `len` are NULL or places for
 * their types.
 */
sg_status sg_database_image(const sg_database *database, const uint8_t **bytes, size_t *len);

/**
 * How many classifiers a database has, one for each index beside it among them. Their indices are
 * the numbers below that.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `count` is NULL or a place for its type.
 */
sg_status sg_database_classifier_count(const sg_database *database, uint32_t *count);

/**
 * The id of the classifier with this index. Borrowed from the database.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `id` is NULL or a place for a pointer.
 */
sg_status sg_database_classifier_id(const sg_database *database,
                                    uint32_t classifier,
                                    const char **id);

/**
 * Warnings about the rules that a database was compiled from, as sg_error_diagnostics gives them;
 * "[]" where there are none. Borrowed from the database.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `json` is NULL or a place for a pointer.
 */
sg_status sg_database_diagnostics(const sg_database *database, const char **json);

/**
 * Frees a handle. What else shares the database keeps it. NULL is freed already.
 *
 * # Safety
 * `database` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_database_free(sg_database *database);

/**
 * The same database with the rows of a table beside it, which are found as "exact.NAME": maps the
 * index file with this path (UTF-8), checks it and uses it in place. `key` is the contents of the
 * key file that the index was made with, 16 bytes or more; space at either end does not count. The
 * given database stays as it is. Whoever shortens the file meanwhile ends the process; replace it
 * by renaming another over it.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `path` is NULL or to `path_len` bytes, and
 * `key` to `key_len`; `attached` and `error` are NULL or places for pointers.
 */
sg_status sg_database_attach_exact_file(const sg_database *database,
                                        const char *path,
                                        size_t path_len,
                                        const uint8_t *key,
                                        size_t key_len,
                                        sg_database **attached,
                                        sg_error **error);

/**
 * The same with the bytes of an index, of which it uses a copy.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `bytes` is NULL or to `len` bytes, and `key`
 * to `key_len`; `attached` and `error` are NULL or places for pointers.
 */
sg_status sg_database_attach_exact_bytes(const sg_database *database,
                                         const uint8_t *bytes,
                                         size_t len,
                                         const uint8_t *key,
                                         size_t key_len,
                                         sg_database **attached,
                                         sg_error **error);

/**
 * The same database with documents beside it, whose passages are found as "document.NAME"; else as
 * sg_database_attach_exact_file.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `path` is NULL or to `path_len` bytes, and
 * `key` to `key_len`; `attached` and `error` are NULL or places for pointers.
 */
sg_status sg_database_attach_documents_file(const sg_database *database,
                                            const char *path,
                                            size_t path_len,
                                            const uint8_t *key,
                                            size_t key_len,
                                            sg_database **attached,
                                            sg_error **error);

/**
 * The same with the bytes of an index, of which it uses a copy.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `bytes` is NULL or to `len` bytes, and `key`
 * to `key_len`; `attached` and `error` are NULL or places for pointers.
 */
sg_status sg_database_attach_documents_bytes(const sg_database *database,
                                             const uint8_t *bytes,
                                             size_t len,
                                             const uint8_t *key,
                                             size_t key_len,
                                             sg_database **attached,
                                             sg_error **error);

/**
 * Compiles packs, with the built-in catalogue where `catalogue` is SG_CATALOGUE_BUILTIN. The texts
 * are read during the call. The error lists every problem: see sg_error_diagnostics. Warnings are
 * kept by the database: see sg_database_diagnostics.
 *
 * # Safety
 * `packs` is NULL or to `count` packs, their pointers to as many bytes as they say; `database` and
 * `error` are NULL or places for pointers.
 */
sg_status sg_database_compile(const sg_pack *packs,
                              size_t count,
                              uint32_t catalogue,
                              sg_database **database,
                              sg_error **error);

/**
 * A slot with a database in it, which it shares.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `slot` and `error` are NULL or places for
 * pointers.
 */
sg_status sg_slot_new(const sg_database *database, sg_slot **slot, sg_error **error);

/**
 * A handle to the database that is in the slot now, to be freed by the caller.
 *
 * # Safety
 * `slot` is NULL or a live object of this library; `database` is NULL or a place for a pointer.
 */
sg_status sg_slot_get(const sg_slot *slot, sg_database **database);

/**
 * Puts another database into the slot. Handles and results keep the one they have.
 *
 * # Safety
 * `slot` and `database` are NULL or live objects of this library.
 */
sg_status sg_slot_put(const sg_slot *slot, const sg_database *database);

/**
 * Frees a slot. NULL is freed already.
 *
 * # Safety
 * `slot` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_slot_free(sg_slot *slot);

/**
 * A slot with a guard in it, which it shares.
 *
 * # Safety
 * `guard` is NULL or a live object of this library; `slot` and `error` are NULL or places for
 * pointers.
 */
sg_status sg_guard_slot_new(const sg_guard *guard, sg_guard_slot **slot, sg_error **error);

/**
 * A handle to the guard that is in the slot now, to be freed by the caller.
 *
 * # Safety
 * `slot` is NULL or a live object of this library; `guard` is NULL or a place for a pointer.
 */
sg_status sg_guard_slot_get(const sg_guard_slot *slot, sg_guard **guard);

/**
 * Puts another guard into the slot. Handles, results and streams keep the one they have.
 *
 * # Safety
 * `slot` and `guard` are NULL or live objects of this library.
 */
sg_status sg_guard_slot_put(const sg_guard_slot *slot, const sg_guard *guard);

/**
 * Frees a slot. NULL is freed already.
 *
 * # Safety
 * `slot` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_guard_slot_free(sg_guard_slot *slot);

/**
 * Scans many buffers, which are read in place, with up to `threads` threads, or as many as there
 * are processors where it is 0. `result` is filled anew, with the same for every number of threads;
 * when the call fails it keeps what it has. With one thread it takes no memory once `scratch` and
 * `result` have seen inputs like these.
 *
 * # Safety
 * `database`, `scratch` and `result` are NULL or live objects of this library; `buffers` is NULL or
 * to `count` buffers, their pointers to as many bytes as they say; `options` is NULL or to as many
 * bytes as its `size` says; `error` is NULL or a place for a pointer.
 */
sg_status sg_scan_batch(const sg_database *database,
                        sg_scratch *scratch,
                        const sg_buffer *buffers,
                        size_t count,
                        uint32_t threads,
                        const sg_scan_options *options,
                        sg_result *result,
                        sg_error **error);

/**
 * An empty result, for other calls to fill.
 *
 * # Safety
 * `result` and `error` are NULL or places for pointers.
 */
sg_status sg_result_new(sg_result **result, sg_error **error);

/**
 * All findings, those of the first buffer first, those of each in the order (start, end,
 * classifier). NULL where there are none. Borrowed from the result.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `findings` and `count` are NULL or places for
 * their types.
 */
sg_status sg_result_findings(const sg_result *result, const sg_finding **findings, size_t *count);

/**
 * One item for each buffer, in the order of the buffers. NULL where there are none, as in results of
 * restorations and of pushes to a guard's stream. Borrowed from the result.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `items` and `count` are NULL or places for
 * their types.
 */
sg_status sg_result_items(const sg_result *result,
                          const sg_item **items,
                          size_t *count);

/**
 * Whether every buffer was inspected to its end, or a stream so far: an sg_completeness. Of a guard's
 * stream only the result of sg_stream_finish tells.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `completeness` is NULL or a place for its
 * type.
 */
sg_status sg_result_completeness(const sg_result *result,
                                 uint32_t *completeness);

/**
 * The id of a finding's classifier, in the database that was scanned with. SG_STATUS_NOT_FOUND for
 * a result that no call has filled. Borrowed from the result.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `id` is NULL or a place for a pointer.
 */
sg_status sg_result_classifier_id(const sg_result *result, uint32_t classifier, const char **id);

/**
 * Frees a result. NULL is freed already.
 *
 * # Safety
 * `result` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_result_free(sg_result *result);

/**
 * Scans one buffer, which is read in place. `result` is filled anew; when the call fails it keeps
 * what it has. Takes no memory once `scratch` and `result` have seen inputs like this one,
 * unless the options ask for `resolve`.
 *
 * # Safety
 * `database`, `scratch` and `result` are NULL or live objects of this library; `bytes` is NULL or
 * to `len` bytes; `options` is NULL or to as many bytes as its `size` says; `error` is NULL or a
 * place for a pointer.
 */
sg_status sg_scan(const sg_database *database,
                  sg_scratch *scratch,
                  const uint8_t *bytes,
                  size_t len,
                  const sg_scan_options *options,
                  sg_result *result,
                  sg_error **error);

/**
 * Memory that has not been used.
 *
 * # Safety
 * `scratch` and `error` are NULL or places for pointers.
 */
sg_status sg_scratch_new(sg_scratch **scratch, sg_error **error);

/**
 * Frees memory of scans. NULL is freed already.
 *
 * # Safety
 * `scratch` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_scratch_free(sg_scratch *scratch);

/**
 * A guard that finds with a database, which it shares, and decides by a policy: TOML, UTF-8. `keys`
 * are those that the policy names; of two with one name the second counts. The error lists every
 * problem of the policy: see sg_error_diagnostics. Warnings are kept by the guard: see
 * sg_guard_diagnostics.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `policy` is NULL or to `policy_len` bytes;
 * `keys` is NULL or to `key_count` keys, their pointers to as many bytes as they say; `guard` and
 * `error` are NULL or places for pointers.
 */
sg_status sg_guard_new(const sg_database *database,
                       const char *policy,
                       size_t policy_len,
                       const sg_key *keys,
                       size_t key_count,
                       sg_guard **guard,
                       sg_error **error);

/**
 * Another handle to the same guard, to be freed on its own.
 *
 * # Safety
 * `guard` is NULL or a live object of this library; `shared` is NULL or a place for a pointer.
 */
sg_status sg_guard_share(const sg_guard *guard, sg_guard **shared);

/**
 * Warnings about a guard's policy, as sg_error_diagnostics gives them: patterns and tags that no
 * classifier of the database meets, of which a misspelt one leaves values alone. "[]" where there
 * are none. Borrowed from the guard.
 *
 * # Safety
 * `guard` is NULL or a live object of this library; `json` is NULL or a place for a pointer.
 */
sg_status sg_guard_diagnostics(const sg_guard *guard, const char **json);

/**
 * Frees a handle. What else shares the guard keeps it. NULL is freed already.
 *
 * # Safety
 * `guard` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_guard_free(sg_guard *guard);

/**
 * Decides about a message, which is read in place. `result` is filled anew with findings, decisions,
 * verdict and text; when the call fails it keeps what it has. `session` may be NULL for one of the
 * message's own.
 *
 * # Safety
 * `guard`, `scratch`, `session` and `result` are NULL or live objects of this library; `request` is
 * NULL or to as many bytes as its `size` says; `bytes` is NULL or to `len` bytes; `error` is NULL or
 * a place for a pointer.
 */
sg_status sg_guard_inspect(const sg_guard *guard,
                           sg_scratch *scratch,
                           sg_session *session,
                           const sg_request *request,
                           const uint8_t *bytes,
                           size_t len,
                           sg_result *result,
                           sg_error **error);

/**
 * Turns a text back, which is read in place: tokens of the policy's keys, and the numbered labels
 * and vault tokens of the session. Marks of other styles stay. `result` is filled anew with the
 * text; when the call fails it keeps what it has. `session` may be NULL where there are only tokens,
 * `request` is that of the redaction, but that its `form` tells how this text is written.
 * SG_STATUS_INVALID_TEXT where that is JSON and the text is none.
 *
 * # Safety
 * As of sg_guard_inspect.
 */
sg_status sg_guard_restore(const sg_guard *guard,
                           sg_scratch *scratch,
                           const sg_session *session,
                           const sg_request *request,
                           const uint8_t *bytes,
                           size_t len,
                           sg_result *result,
                           sg_error **error);

/**
 * How many marks sg_guard_restore has turned back, and how many it has left: altered, or of another
 * key or session. SG_STATUS_NOT_FOUND for a result that it has not filled.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `restored` and `unknown` are NULL or places for
 * their types.
 */
sg_status sg_result_restored(const sg_result *result,
                             size_t *restored,
                             size_t *unknown);

/**
 * A session that remembers nothing yet. Its name, which stands in the tokens of the vault, is 1 to
 * 32 of a-z, 0-9 and "-"; without one (`name_len` 0) it is "0".
 *
 * # Safety
 * `name` is NULL or to `name_len` bytes; `session` and `error` are NULL or places for pointers.
 */
sg_status sg_session_new(const char *name, size_t name_len, sg_session **session, sg_error **error);

/**
 * Frees a session. Streams keep what it remembers until they are freed. NULL is freed already.
 *
 * # Safety
 * `session` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_session_free(sg_session *session);

/**
 * A stream that finds what a scan of the whole text would. `options` are as those of sg_scan, but
 * that offsets count bytes, from the beginning of the text.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `options` is NULL or to as many bytes as its
 * `size` says; `stream` and `error` are NULL or places for pointers.
 */
sg_status sg_stream_new(const sg_database *database,
                        const sg_scan_options *options,
                        sg_stream **stream,
                        sg_error **error);

/**
 * A stream that a guard decides about, and that releases what may be passed on. `session` may be
 * NULL for one of each text's own. The form of `request` is SG_FORM_TEXT, offsets count bytes.
 * SG_STATUS_INVALID_POLICY where the policy redacts in a style that needs the whole text ("fpe").
 *
 * # Safety
 * `guard` and `session` are NULL or live objects of this library; `request` is NULL or to as many
 * bytes as its `size` says; `stream` and `error` are NULL or places for pointers.
 */
sg_status sg_stream_new_guarded(const sg_guard *guard,
                                sg_session *session,
                                const sg_request *request,
                                sg_stream **stream,
                                sg_error **error);

/**
 * Takes the next bytes of the text, which are read in place. `result` is filled anew: with the
 * findings that are settled now and have not been given before, and of a guard's stream with the
 * decisions about them and the bytes that may be passed on. When the call fails the stream has taken
 * nothing, and `result` keeps what it has. Any `scratch` and `result` will do, from call to call.
 *
 * # Safety
 * `stream`, `scratch` and `result` are NULL or live objects of this library; `bytes` is NULL or to
 * `len` bytes; `error` is NULL or a place for a pointer.
 */
sg_status sg_stream_push(sg_stream *stream,
                         sg_scratch *scratch,
                         const uint8_t *bytes,
                         size_t len,
                         sg_result *result,
                         sg_error **error);

/**
 * Takes the end of the text. `result` is filled anew, as by sg_stream_push, with the rest, and of a
 * guard's stream with the verdict. The stream is then at the beginning of another text.
 *
 * # Safety
 * `stream`, `scratch` and `result` are NULL or live objects of this library; `error` is NULL or a
 * place for a pointer.
 */
sg_status sg_stream_finish(sg_stream *stream,
                           sg_scratch *scratch,
                           sg_result *result,
                           sg_error **error);

/**
 * How many bytes have come that are not settled, or of a guard's stream may yet be passed on: what
 * may still become part of a finding.
 *
 * # Safety
 * `stream` is NULL or a live object of this library; `held` is NULL or a place for its type.
 */
sg_status sg_stream_held(const sg_stream *stream, size_t *held);

/**
 * 1 where nothing more of the text is passed on, because something in it is blocked or could not be
 * redacted, and 0 where it goes on. The verdict is that of sg_stream_finish all the same.
 *
 * # Safety
 * `stream` is NULL or a live object of this library; `stopped` is NULL or a place for its type.
 */
sg_status sg_stream_stopped(const sg_stream *stream, uint32_t *stopped);

/**
 * How many bytes of a stream's text are settled after the call that filled this result: no later
 * finding begins before. SG_STATUS_NOT_FOUND for a result that no stream has filled, or that of a
 * guard, which passes on what is settled.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `settled` is NULL or a place for its type.
 */
sg_status sg_result_settled(const sg_result *result, size_t *settled);

/**
 * Frees a stream, and what it holds back. NULL is freed already.
 *
 * # Safety
 * `stream` is NULL or a live object of this library that is not used any more.
 */
sg_status sg_stream_free(sg_stream *stream);

/**
 * What a guard decided. SG_STATUS_NOT_FOUND for a result that sg_guard_inspect or the
 * sg_stream_finish of a guard's stream has not filled.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `verdict` is NULL or a place for one.
 */
sg_status sg_result_verdict(const sg_result *result, sg_verdict *verdict);

/**
 * The verdict as JSON: an object with the keys `policy`, `mode`, `channel`, `action`, `would_be`,
 * `reason`, `rule`, `complete`, `edits`, `findings` and `error`, and nothing of the message. Of a
 * stream the findings are those that no push has given. SG_STATUS_NOT_FOUND as of
 * sg_result_verdict. Borrowed from the result.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `json` is NULL or a place for a pointer.
 */
sg_status sg_result_verdict_json(const sg_result *result, const char **json);

/**
 * What was decided for each finding, in the order of sg_result_findings. NULL where there is none,
 * as in results of scans. Borrowed from the result.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `decisions` and `count` are NULL or places for
 * their types.
 */
sg_status sg_result_decisions(const sg_result *result,
                              const sg_decision **decisions,
                              size_t *count);

/**
 * The bytes that may be passed on: of sg_guard_inspect the message as the verdict leaves it, of
 * sg_guard_restore the text with its values, of a guard's stream what the call has released. NULL
 * where there are none, as of a message that is blocked. SG_STATUS_NOT_FOUND for a result that no
 * guard has filled. Borrowed from the result.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `bytes` and `len` are NULL or places for their
 * types.
 */
sg_status sg_result_text(const sg_result *result, const uint8_t **bytes, size_t *len);

/**
 * How many limits there are. Their indices are the numbers below that.
 */
size_t sg_limit_count(void);

/**
 * The limit with this index. Its texts live as long as the library.
 *
 * # Safety
 * `limit` is NULL or a place for one.
 */
sg_status sg_limit_get(size_t index, sg_limit *limit);

#ifdef __cplusplus
}  // extern "C"
#endif  // __cplusplus

#endif  /* SLUICEGATE_H */
