// The header from C++17: objects held by smart pointers, a batch over string views, a guarded stream.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sluicegate.h"

namespace {

template <auto free> struct Free {
    template <typename T> void operator()(T *object) const { free(object); }
};

using Database = std::unique_ptr<sg_database, Free<sg_database_free>>;
using Scratch = std::unique_ptr<sg_scratch, Free<sg_scratch_free>>;
using Result = std::unique_ptr<sg_result, Free<sg_result_free>>;
using Guard = std::unique_ptr<sg_guard, Free<sg_guard_free>>;
using Stream = std::unique_ptr<sg_stream, Free<sg_stream_free>>;
using Error = std::unique_ptr<sg_error, Free<sg_error_free>>;

void check(bool condition, int line) {
    if (!condition) {
        std::fprintf(stderr, "%s:%d: not true\n", __FILE__, line);
        std::exit(1);
    }
}

// Calls with a place for the new object and one for the error, and holds both.
template <typename Holder, typename Make> Holder made(Make make) {
    typename Holder::pointer object = nullptr;
    sg_error *error = nullptr;
    sg_status status = make(&object, &error);
    Error held(error);
    check(status == SG_STATUS_OK && !held, __LINE__);
    return Holder(object);
}

} // namespace

int main() {
    auto database = made<Database>(sg_database_builtin);
    auto scratch = made<Scratch>(sg_scratch_new);
    auto result = made<Result>(sg_result_new);
    const std::vector<std::string_view> texts = {"", "card 4111 1111 1111 1111", "nothing"};
    std::vector<sg_buffer> buffers;
    for (std::string_view text : texts) {
        buffers.push_back({reinterpret_cast<const uint8_t *>(text.data()), text.size()});
    }
    check(sg_scan_batch(database.get(), scratch.get(), buffers.data(), buffers.size(), 2, nullptr,
                        result.get(), nullptr) == SG_STATUS_OK,
          __LINE__);
    const sg_item *items = nullptr;
    size_t count = 0;
    check(sg_result_items(result.get(), &items, &count) == SG_STATUS_OK, __LINE__);
    check(count == 3 && items[0].count == 0 && items[1].count > 0 && items[2].count == 0, __LINE__);

    const std::string_view policy = "default = \"redact\"\n";
    auto guard = made<Guard>([&](sg_guard **object, sg_error **error) {
        return sg_guard_new(database.get(), policy.data(), policy.size(), nullptr, 0, object, error);
    });
    sg_request request = {sizeof request, SG_CHANNEL_OUTPUT, SG_FORM_TEXT, SG_OFFSET_UNIT_BYTES, 0};
    auto stream = made<Stream>([&](sg_stream **object, sg_error **error) {
        return sg_stream_new_guarded(guard.get(), nullptr, &request, object, error);
    });
    std::string passed;
    auto pass_on = [&](sg_status status) {
        const uint8_t *bytes = nullptr;
        size_t len = 0;
        check(status == SG_STATUS_OK, __LINE__);
        check(sg_result_text(result.get(), &bytes, &len) == SG_STATUS_OK, __LINE__);
        passed.append(reinterpret_cast<const char *>(bytes), len);
    };
    for (std::string_view piece : {"pay with card 4111 11", "11 1111 1111 today"}) {
        pass_on(sg_stream_push(stream.get(), scratch.get(),
                               reinterpret_cast<const uint8_t *>(piece.data()), piece.size(),
                               result.get(), nullptr));
    }
    pass_on(sg_stream_finish(stream.get(), scratch.get(), result.get(), nullptr));
    check(passed.find("pay with") == 0 && passed.find("4111") == std::string::npos, __LINE__);
    std::puts("holder: passed");
}
