#include "operations/files.hpp"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <system_error>
#include <unistd.h>

namespace redress::operations {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const char* what, const fs::path& place)
{
    throw fs::filesystem_error{what, place, std::error_code{errno, std::generic_category()}};
}

class Descriptor {
public:
    Descriptor(const fs::path& place, int flags) : number_{open(place.c_str(), flags, 0600)}
    {
        if (number_ < 0)
            fail("cannot open", place);
    }
    ~Descriptor() { close(number_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

}  // namespace

void write_durably(const fs::path& file, std::string_view bytes)
{
    const Descriptor out{file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC};
    while (!bytes.empty()) {
        const auto written = write(out.number(), bytes.data(), bytes.size());
        if (written < 0)
            fail("cannot write", file);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (fsync(out.number()) != 0)
        fail("cannot sync", file);
}

std::string read_whole(const fs::path& file)
{
    std::ifstream in{file, std::ios::binary};
    std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    if (!in.is_open() || in.bad())
        fail("cannot read", file);
    return bytes;
}

void sync(const fs::path& place)
{
    const Descriptor in{place, O_RDONLY | O_CLOEXEC};
    if (fsync(in.number()) != 0)
        fail("cannot sync", place);
}

void copy_durably(const fs::path& from, const fs::path& to)
{
    fs::copy_file(from, to);
    sync(to);
}

bool is_vacant(const fs::path& place)
{
    return !fs::exists(place) || (fs::is_directory(place) && fs::is_empty(place));
}

}  // namespace redress::operations
