#include "policy/library_reader.hpp"

#include <algorithm>
#include <tuple>

namespace redress::policy {
namespace {

auto order_of(const Mistake& mistake)
{
    return std::tie(mistake.file, mistake.line, mistake.code, mistake.params);
}

/// Whether `a` came into force later than `b`; a pack without a date has always been in force.
bool is_newer(const PackDraft& a, const PackDraft& b)
{
    return a.pack.effective_from &&
           (!b.pack.effective_from || *a.pack.effective_from > *b.pack.effective_from);
}

}  // namespace

LibraryReader::LibraryReader(std::span<const SourceFile> files, const Organisation& organisation)
    : files_{files}
{
    library_->organisation_ = organisation;
}

void LibraryReader::read_file(const SourceFile& file)
{
    const Reading reading{file.path, mistakes_};
    const auto root = parse_toml(file.bytes);
    if (!root)
        return reading.wrong(root.error().line, "toml_syntax", {{"detail", root.error().detail}});
    if (file.path == "lifecycle.toml")
        return read_lifecycle(*root, library_->vocabulary_);
    if (file.path == "fields.toml")
        return read_fields(*root, library_->vocabulary_);
    if (file.path == "bindings.toml") {
        bindings_ = read_bindings(*root, reading);
        return;
    }
    if (file.path.starts_with("calendars/")) {
        HolidayTable table = read_holidays(*root, reading);
        const std::string id = table.id;
        if (!holidays_.emplace(id, std::move(table)).second)
            reading.wrong(1, "duplicate", {{"id", id}});
        return;
    }
    if (file.path.starts_with("packs/")) {
        drafts_.push_back(read_pack(*root, reading));
        check_duplicates(drafts_.back(), mistakes_);
    }
}

void LibraryReader::check_versions()
{
    for (auto draft = drafts_.begin(); draft != drafts_.end(); ++draft)
        for (auto other = drafts_.begin(); other != draft; ++other)
            if (!draft->pack.id.empty() && draft->pack.id == other->pack.id &&
                draft->pack.version == other->pack.version)
                mistakes_.push_back(
                    {draft->origin.file,
                     draft->origin.line,
                     "duplicate_version",
                     {{"id", draft->pack.id},
                      {"version", draft->pack.version},
                      {"file", other->origin.file}},
                     false}
                );
}

const PackDraft* LibraryReader::find_parent(const std::string& id, const PackDraft& child) const
{
    // "id@version" names one text; "id" alone the one in force when the child came into force.
    const auto at = std::min(id.find('@'), id.size());
    const std::string_view wanted = std::string_view{id}.substr(0, at);
    const std::string_view version = std::string_view{id}.substr(std::min(at + 1, id.size()));
    const PackDraft* best = nullptr;
    for (const PackDraft& draft : drafts_) {
        if (draft.pack.id != wanted || (!version.empty() && draft.pack.version != version))
            continue;
        if (!version.empty())
            return &draft;
        const bool is_later_than_child =
            is_newer(draft, child) && child.pack.effective_from.has_value();
        if (!is_later_than_child && (best == nullptr || is_newer(draft, *best)))
            best = &draft;
    }
    return best;
}

PackDraft LibraryReader::flattened(const PackDraft& draft, std::vector<const PackDraft*> path)
{
    PackDraft whole = draft;
    path.push_back(&draft);
    // The first parent comes first: later ones and the child itself replace what it says.
    for (auto id = draft.pack.extends.rbegin(); id != draft.pack.extends.rend(); ++id) {
        const PackDraft* parent = find_parent(*id, draft);
        const Origin& origin = draft.origin;
        if (parent == nullptr)
            mistakes_.push_back(
                {origin.file,
                 origin.line_of("extends"),
                 "undefined",
                 {{"what", "policy.what.pack"}, {"id", *id}},
                 false}
            );
        else if (std::ranges::find(path, parent) != path.end())
            mistakes_.push_back(
                {origin.file, origin.line_of("extends"), "cyclic_extends", {{"id", *id}}, false}
            );
        else
            whole = inherited(flattened(*parent, path), std::move(whole), mistakes_);
    }
    return whole;
}

std::size_t LibraryReader::count_mistakes_in(const PackDraft& draft) const
{
    return static_cast<std::size_t>(std::ranges::count_if(mistakes_, [&](const Mistake& mistake) {
        return mistake.file == draft.origin.file;
    }));
}

void LibraryReader::resolve_packs()
{
    for (const PackDraft& draft : drafts_) {
        const std::size_t own_mistakes = count_mistakes_in(draft);
        const std::size_t before = mistakes_.size();
        Pack pack = resolved(
            flattened(draft, {}),
            {library_->vocabulary_, holidays_, library_->organisation_, mistakes_}
        );
        if (own_mistakes == 0 && mistakes_.size() == before)
            library_->packs_.push_back(std::make_shared<const Pack>(std::move(pack)));
    }
}

void LibraryReader::bind_packs()
{
    const auto& vocabulary = library_->vocabulary_;
    for (const BindingDraft& draft : bindings_) {
        const Reading reading{draft.origin.file, mistakes_};
        const bool is_pack = std::ranges::any_of(drafts_, [&](const PackDraft& pack) {
            return pack.pack.id == draft.pack;
        });
        if (!is_pack)
            reading.wrong(
                draft.origin.line_of("pack"),
                "undefined",
                {{"what", "policy.what.pack"}, {"id", draft.pack}}
            );
        if (draft.when.empty()) {
            library_->bindings_.push_back({draft.pack, Condition{}});
            continue;
        }
        auto when = parse_when(draft.when, [&](std::string_view name) {
            return is_identifier_of(Pack{}, vocabulary, name);
        });
        if (when)
            library_->bindings_.push_back({draft.pack, *std::move(when)});
        else
            reading.wrong(
                draft.origin.line_of("when"),
                when.error().code,
                {{"detail", when.error().detail}, {"when", draft.when}}
            );
    }
}

Library::Loaded LibraryReader::read()
{
    for (const SourceFile& file : files_)
        read_file(file);
    check_versions();
    resolve_packs();
    bind_packs();
    for (const auto& [id, table] : holidays_)
        library_->holidays_.push_back({id, table.origin, table.verified_on, table.years});
    std::ranges::sort(mistakes_, {}, order_of);
    const auto repeated = std::ranges::unique(mistakes_, {}, order_of);
    mistakes_.erase(repeated.begin(), repeated.end());
    return {library_, std::move(mistakes_)};
}

}  // namespace redress::policy
