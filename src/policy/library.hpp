#pragma once

#include "base/embedded.hpp"
#include "policy/pack.hpp"

#include <set>
#include <span>

namespace redress::policy {

/// What is wrong with a file. `code` is the catalogue key "policy.<code>".
struct Mistake {
    std::string file;
    int line{};
    std::string code;
    std::vector<std::pair<std::string, std::string>> params;
    bool is_warning{};
};

/// What is wrong and what to do about it, in the language.
[[nodiscard]] std::string reason_of(const Mistake& mistake, Lang lang);

/// "packs/x.toml:12: reason", the reason in the language.
[[nodiscard]] std::string to_text(const Mistake& mistake, Lang lang);

/// A file by the path below the policies folder.
struct SourceFile {
    std::string path;
    std::string bytes;
};

/// The house that uses the packs: what "@org" stands for.
struct Organisation {
    std::string tz = "Asia/Shanghai";
    std::string holidays = "cn-state-council";
    std::vector<Shift> hours = {Shift{0b011'1110, std::chrono::hours{9}, std::chrono::hours{18}}};
};

/// A pack in a version; what a case pins.
struct PackRef {
    std::string id;
    std::string version;
    friend auto operator<=>(const PackRef&, const PackRef&) = default;
};

/// Names packs may refer to, read from lifecycle.toml and fields.toml.
struct Vocabulary {
    std::set<std::string, std::less<>> transitions, events, states, roles, fields;
};

struct Binding {
    std::string pack;
    Condition when;
};

/// All packs, calendars and bindings of a program. Immutable once loaded; any thread.
class Library {
public:
    struct Loaded;

    /// Reads `packs/*.toml`, `calendars/*.toml`, `bindings.toml`, `lifecycle.toml` and
    /// `fields.toml` among the files. Never throws on what is written in them: see Loaded.
    [[nodiscard]] static Loaded
    load(std::span<const SourceFile> files, const Organisation& organisation);
    /// The files built into the program; throws std::logic_error should they be wrong (a test keeps
    /// that from happening).
    [[nodiscard]] static std::shared_ptr<const Library> built_in(const Organisation& organisation);

    /// Bound packs are known: an unknown one is our own mistake.
    [[nodiscard]] const Pack& pack(std::string_view id, std::string_view version) const;
    [[nodiscard]] const Pack* find_pack(std::string_view id, std::string_view version) const;
    [[nodiscard]] std::vector<const Pack*> packs() const;

    /// The version of each pack that was in force when the complaint was received, in the order
    /// asked for; a pack of which no version was in force then is left out.
    [[nodiscard]] std::vector<PackRef>
    bound_at(Instant received, std::span<const std::string> pack_ids) const;

    /// Which packs the bindings give a case with these facts.
    [[nodiscard]] std::vector<std::string> packs_for(const json::object& facts) const;

    [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
    [[nodiscard]] const Organisation& organisation() const { return organisation_; }

    /// What should shout on a day: holiday tables that end within three months, packs verified over
    /// a year ago.
    [[nodiscard]] std::vector<Mistake> warnings(Instant now) const;

private:
    friend class LibraryReader;
    std::vector<std::shared_ptr<const Pack>> packs_;
    struct Holidays {
        std::string id;
        Origin origin;
        Date verified_on;
        std::vector<int> years;
    };
    std::vector<Holidays> holidays_;
    std::vector<Binding> bindings_;
    Vocabulary vocabulary_;
    Organisation organisation_;
};

struct Library::Loaded {
    std::shared_ptr<const Library> library;  ///< without the packs that have mistakes
    std::vector<Mistake> mistakes;           ///< in file and line order
};

/// The policies folder built into the program.
[[nodiscard]] std::vector<SourceFile> built_in_files();
/// The policies folder below a directory; throws std::filesystem::filesystem_error when it cannot
/// be read.
[[nodiscard]] std::vector<SourceFile> read_folder(const std::string& folder);

}  // namespace redress::policy
