/* Prints what a compiled program relies on: sizes, offsets of fields, numbers of constants. */
#include <stddef.h>

#include "check.h"

#define SIZE(type) printf("sizeof %s %zu\n", #type, sizeof(type))
#define FIELD(type, field) printf("offsetof %s.%s %zu\n", #type, #field, offsetof(type, field))
#define NUMBER(constant) printf("%s %lld\n", #constant, (long long)(constant))

int main(void) {
    NUMBER(SG_ABI_VERSION);
    NUMBER(SG_DIGEST_SIZE);
    SIZE(sg_status);
    SIZE(sg_finding);
    FIELD(sg_finding, start);
    FIELD(sg_finding, end);
    FIELD(sg_finding, classifier);
    FIELD(sg_finding, severity);
    FIELD(sg_finding, confidence);
    FIELD(sg_finding, view);
    FIELD(sg_finding, reserved);
    SIZE(sg_item);
    FIELD(sg_item, first);
    FIELD(sg_item, count);
    FIELD(sg_item, completeness);
    FIELD(sg_item, reserved);
    SIZE(sg_scan_options);
    FIELD(sg_scan_options, size);
    FIELD(sg_scan_options, offset_unit);
    FIELD(sg_scan_options, min_confidence);
    FIELD(sg_scan_options, resolve);
    FIELD(sg_scan_options, reserved);
    SIZE(sg_buffer);
    FIELD(sg_buffer, bytes);
    FIELD(sg_buffer, len);
    SIZE(sg_pack);
    FIELD(sg_pack, name);
    FIELD(sg_pack, name_len);
    FIELD(sg_pack, text);
    FIELD(sg_pack, text_len);
    SIZE(sg_position);
    FIELD(sg_position, line);
    FIELD(sg_position, column);
    FIELD(sg_position, start);
    FIELD(sg_position, end);
    SIZE(sg_limit);
    FIELD(sg_limit, name);
    FIELD(sg_limit, value);
    FIELD(sg_limit, reason);
    SIZE(sg_key);
    FIELD(sg_key, name);
    FIELD(sg_key, name_len);
    FIELD(sg_key, secret);
    FIELD(sg_key, secret_len);
    SIZE(sg_request);
    FIELD(sg_request, size);
    FIELD(sg_request, channel);
    FIELD(sg_request, form);
    FIELD(sg_request, offset_unit);
    FIELD(sg_request, reserved);
    SIZE(sg_verdict);
    FIELD(sg_verdict, action);
    FIELD(sg_verdict, would_be);
    FIELD(sg_verdict, reason);
    FIELD(sg_verdict, completeness);
    FIELD(sg_verdict, edits);
    FIELD(sg_verdict, rule);
    FIELD(sg_verdict, error);
    SIZE(sg_decision);
    FIELD(sg_decision, rule);
    FIELD(sg_decision, action);
    FIELD(sg_decision, reserved);
    for (int status = 0; status < 1000; status++) {
        if (strncmp(sg_status_name(status), "SG_", 3) == 0) {
            printf("%s %d\n", sg_status_name(status), status);
        }
    }
    NUMBER(SG_CATALOGUE_NONE);
    NUMBER(SG_CATALOGUE_BUILTIN);
    NUMBER(SG_OFFSET_UNIT_BYTES);
    NUMBER(SG_OFFSET_UNIT_CODE_POINTS);
    NUMBER(SG_OFFSET_UNIT_UTF16);
    NUMBER(SG_SEVERITY_INFO);
    NUMBER(SG_SEVERITY_LOW);
    NUMBER(SG_SEVERITY_MEDIUM);
    NUMBER(SG_SEVERITY_HIGH);
    NUMBER(SG_SEVERITY_CRITICAL);
    NUMBER(SG_VIEW_RAW);
    NUMBER(SG_VIEW_OTHER);
    NUMBER(SG_COMPLETENESS_COMPLETE);
    NUMBER(SG_COMPLETENESS_INCOMPLETE);
    NUMBER(SG_CHANNEL_PROMPT);
    NUMBER(SG_CHANNEL_OUTPUT);
    NUMBER(SG_CHANNEL_TOOL_ARGS);
    NUMBER(SG_CHANNEL_TOOL_RESULT);
    NUMBER(SG_CHANNEL_DOCUMENT);
    NUMBER(SG_FORM_TEXT);
    NUMBER(SG_FORM_JSON);
    NUMBER(SG_ACTION_ALLOW);
    NUMBER(SG_ACTION_FLAG);
    NUMBER(SG_ACTION_REDACT);
    NUMBER(SG_ACTION_BLOCK);
    NUMBER(SG_REASON_NO_FINDING);
    NUMBER(SG_REASON_RULE);
    NUMBER(SG_REASON_DEFAULT);
    NUMBER(SG_REASON_INCOMPLETE);
    NUMBER(SG_REASON_ERROR);
    NUMBER(SG_REASON_OTHER);
    return 0;
}
