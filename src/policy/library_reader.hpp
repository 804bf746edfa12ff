#pragma once

#include "policy/resolve.hpp"
#include "policy/vocabulary.hpp"

namespace redress::policy {

/// Reads a folder of policies into a Library: first every file for itself, then what they say about
/// each other.
class LibraryReader {
public:
    LibraryReader(std::span<const SourceFile> files, const Organisation& organisation);
    [[nodiscard]] Library::Loaded read();

private:
    void read_file(const SourceFile& file);
    void resolve_packs();
    void bind_packs();
    void check_versions();

    /// The draft with everything it inherits; `path` are the drafts being flattened, to find
    /// cycles.
    [[nodiscard]] PackDraft flattened(const PackDraft& draft, std::vector<const PackDraft*> path);
    [[nodiscard]] const PackDraft* find_parent(const std::string& id, const PackDraft& child) const;
    [[nodiscard]] std::size_t count_mistakes_in(const PackDraft& draft) const;

    std::span<const SourceFile> files_;
    std::vector<Mistake> mistakes_;
    std::vector<PackDraft> drafts_;
    HolidayTables holidays_;
    std::vector<BindingDraft> bindings_;
    std::shared_ptr<Library> library_ = std::make_shared<Library>();
};

}  // namespace redress::policy
