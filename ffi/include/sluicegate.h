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
     * Text that is not UTF-8.
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
     * A defect of the library, stopped at its boundary. The objects of the call can be used again.
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
 * A compiled set of classifiers. It never changes; any number of threads may use it at a time.
 * Results and slots share what is behind it, so it may be freed before them.
 */
typedef struct sg_database sg_database;

/**
 * Why a call failed. It belongs to whoever called.
 */
typedef struct sg_error sg_error;

/**
 * What a scan found. It is filled by one scan after the other and keeps its memory; what is
 * borrowed from it is valid until it is filled again or freed. It keeps the database of its
 * findings.
 */
typedef struct sg_result sg_result;

/**
 * The memory that scans use: one for each thread that calls. It fits every database, grows to what
 * scans need, and keeps that for the next. A call that finds it in use by another thread fails
 * with SG_STATUS_BUSY.
 */
typedef struct sg_scratch sg_scratch;

/**
 * A place that holds a database, which any number of threads may read and replace at a time.
 */
typedef struct sg_slot sg_slot;

/**
 * A place in the text of a pack.
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
 * A pack of classifiers (TOML), or a table of facts (CSV) that packs name.
 */
typedef struct {
    /**
     * What diagnostics and packs call it, UTF-8. A name that ends in ".csv" is that of a table.
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
} sg_scan_options;

/**
 * A span that a classifier claims.
 */
typedef struct {
    /**
     * Offset of the first unit, from the beginning of the buffer.
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
 * Every problem of rules that could not be used, as a JSON array of objects with the keys `code`,
 * `level`, `title`, `message`, `hint`, `classifier`, `file`, `line`, `column`, `start` and `end`;
 * "[]" for other errors. Borrowed from the error; empty where `error` is no error.
 *
 * # Safety
 * `error` is NULL or a live object of this library.
 */
const char *sg_error_diagnostics(const sg_error *error);

/**
 * Where the first problem of rules stands. SG_STATUS_NOT_FOUND where no place is known.
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
 * The digest of a database, SG_DIGEST_SIZE bytes. Equal rules have equal digests.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `digest` is NULL or has room.
 */
sg_status sg_database_digest(const sg_database *database, uint8_t *digest);

/**
 * The bytes of a database, which a file may keep and the load functions take. Borrowed from the
 * database.
 *
 * # Safety
 * `database` is NULL or a live object of this library; `bytes` and `len` are NULL or places for
 * their types.
 */
sg_status sg_database_image(const sg_database *database, const uint8_t **bytes, size_t *len);

/**
 * How many classifiers a database has. Their indices are the numbers below that.
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
 * An empty result, for scans to fill.
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
 * One item for each buffer, in the order of the buffers. NULL where there are none. Borrowed from
 * the result.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `items` and `count` are NULL or places for
 * their types.
 */
sg_status sg_result_items(const sg_result *result, const sg_item **items, size_t *count);

/**
 * Whether every buffer was inspected to its end: an sg_completeness.
 *
 * # Safety
 * `result` is NULL or a live object of this library; `completeness` is NULL or a place for its
 * type.
 */
sg_status sg_result_completeness(const sg_result *result, uint32_t *completeness);

/**
 * The id of a finding's classifier, in the database that was scanned with. SG_STATUS_NOT_FOUND for
 * a result that no scan has filled. Borrowed from the result.
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
 * what it has. Takes no memory once `scratch` and `result` have seen inputs like this one.
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
