#include "base/hash.hpp"
#include "base/require.hpp"
#include "messages/store_blobs.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace redress::messages {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t name_size = 64;
constexpr std::size_t prefix_size = 2;

[[noreturn]] void fail(const char* what)
{
    const int error = errno;
    const auto kind =
        error == ENOSPC || error == EDQUOT ? db::FaultKind::disk_full : db::FaultKind::other;
    throw db::Fault{
        kind,
        std::string{"blob store: "} + what + ": " + std::generic_category().message(error)};
}

/// An open file or folder.
class Handle {
public:
    Handle(const fs::path& path, int flags) : fd_{::open(path.c_str(), flags | O_CLOEXEC, 0600)}
    {
        if (fd_ < 0)
            fail("open");
    }
    ~Handle()
    {
        if (fd_ >= 0)
            ::close(fd_);
    }
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;

    void write(std::string_view bytes) const
    {
        while (!bytes.empty()) {
            const auto written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno != EINTR)
                fail("write");
            bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(written, 0)));
        }
    }

    void sync() const
    {
        if (::fsync(fd_) != 0)
            fail("fsync");
    }

    [[nodiscard]] std::string read_all() const
    {
        struct stat status {};
        if (::fstat(fd_, &status) != 0)
            fail("stat");
        if (status.st_size > static_cast<off_t>(max_blob_bytes))
            throw db::Fault{
                db::FaultKind::corrupt,
                "blob store: a blob is larger than any that was stored"};
        std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
        for (std::size_t done = 0; done < bytes.size();) {
            const auto got = ::read(fd_, bytes.data() + done, bytes.size() - done);
            if (got < 0 && errno == EINTR)
                continue;
            if (got < 0)
                fail("read");
            if (got == 0)
                break;
            done += static_cast<std::size_t>(got);
        }
        return bytes;
    }

    void close()
    {
        if (::close(std::exchange(fd_, -1)) != 0)
            fail("close");
    }

private:
    int fd_;
};

/// Removes a file that did not get its final name.
class Temporary {
public:
    explicit Temporary(fs::path path) : path_{std::move(path)} {}
    ~Temporary() { ::unlink(path_.c_str()); }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

void sync_folder(const fs::path& folder)
{
    Handle{folder, O_RDONLY | O_DIRECTORY}.sync();
}

void make_folder(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) {
        errno = error.value();
        fail("create folder");
    }
    sync_folder(folder.parent_path());
}

bool is_name(std::string_view sha256)
{
    return sha256.size() == name_size &&
           sha256.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

FileBlobs::FileBlobs(fs::path folder) : folder_{fs::absolute(folder)}
{
    std::error_code ignored;
    fs::remove_all(folder_ / "tmp", ignored);
    make_folder(folder_);
    make_folder(folder_ / "tmp");
}

fs::path FileBlobs::place_of(std::string_view sha256) const
{
    return folder_ / sha256.substr(0, prefix_size) / sha256.substr(prefix_size);
}

std::string FileBlobs::put(std::string_view bytes)
{
    REQUIRE_THAT(bytes.size() <= max_blob_bytes);
    auto name = sha256_hex(bytes);
    const auto place = place_of(name);
    make_folder(place.parent_path());
    if (fs::exists(place) && Handle{place, O_RDONLY}.read_all() == bytes) {
        // Whoever renamed it may not have come to the fsync of the folder yet.
        sync_folder(place.parent_path());
        return name;
    }
    const Temporary temporary{folder_ / "tmp" / random_hex(16)};
    Handle file{temporary.path(), O_WRONLY | O_CREAT | O_EXCL};
    file.write(bytes);
    file.sync();
    file.close();
    if (::rename(temporary.path().c_str(), place.c_str()) != 0)
        fail("rename");
    sync_folder(place.parent_path());
    return name;
}

std::optional<std::string> FileBlobs::get(std::string_view sha256)
{
    if (!is_name(sha256) || !fs::exists(place_of(sha256)))
        return std::nullopt;
    auto bytes = Handle{place_of(sha256), O_RDONLY}.read_all();
    if (sha256_hex(bytes) != sha256)
        throw db::Fault{
            db::FaultKind::corrupt,
            "blob store: " + std::string{sha256} + " is damaged"};
    return bytes;
}

void FileBlobs::remove(std::string_view sha256)
{
    if (!is_name(sha256) || !fs::exists(place_of(sha256)))
        return;
    const auto place = place_of(sha256);
    if (::unlink(place.c_str()) != 0 && errno != ENOENT)
        fail("unlink");
    sync_folder(place.parent_path());
}

std::unique_ptr<BlobStore> open_blobs(db::Database& database, const fs::path& data_folder)
{
    if (database.dialect() == db::Dialect::postgres)
        return std::make_unique<TableBlobs>(database);
    return std::make_unique<FileBlobs>(data_folder / "blobs");
}

}  // namespace redress::messages
