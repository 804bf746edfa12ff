#include "ledger/verify.hpp"

#include "base/catalogue.hpp"

#include <boost/unordered/unordered_flat_map.hpp>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace redress::ledger {
namespace {

constexpr std::int64_t page_size = 5'000;

struct Page {
    std::vector<Event> events;
    Head head;
};

/// Does what is there of the personal part agree with what was promised of it?
bool is_commitment_kept(const Event& event)
{
    if (!event.personal)
        return !event.salt;  // never there or erased
    return event.salt && !event.commitment.empty() &&
           commitment_of(*event.salt, *event.personal) == event.commitment;
}

}  // namespace

/// The last version of each entity. Streams are few, so they are numbered to keep the table small.
struct ChainCheck::Versions {
    std::map<std::string, std::size_t, std::less<>> streams;
    std::vector<boost::unordered_flat_map<std::int64_t, std::int64_t>> last;

    std::int64_t& of(const Event& event)
    {
        auto found = streams.find(event.stream);
        if (found == streams.end()) {
            found = streams.emplace(event.stream, last.size()).first;
            last.emplace_back();
        }
        return last[found->second][event.entity];
    }
};

ChainCheck::ChainCheck(std::vector<Anchor> anchors)
    : anchors_{std::move(anchors)}, versions_{std::make_unique<Versions>()}
{
    std::ranges::sort(anchors_, {}, &Anchor::seq);
    while (next_anchor_ < anchors_.size() && anchors_[next_anchor_].seq == 0)
        ++next_anchor_;
}

ChainCheck::~ChainCheck() = default;

const char* ChainCheck::fault_of(const Event& event, std::string_view hash)
{
    if (event.hash != hash)
        return "verify.hash";
    if (!is_commitment_kept(event))
        return "verify.commitment";
    auto& version = versions_->of(event);
    if (event.version != version + 1)
        return "verify.order";
    version = event.version;
    const bool is_anchored =
        next_anchor_ < anchors_.size() && anchors_[next_anchor_].seq == event.seq;
    if (is_anchored && anchors_[next_anchor_++].hash != event.hash)
        return "verify.anchor";
    return nullptr;
}

bool ChainCheck::add(const Event& event)
{
    if (verdict_.first_break)
        return false;
    const std::int64_t expected = verdict_.events + 1;
    if (event.seq != expected) {
        verdict_.first_break = {std::min(event.seq, expected), "verify.gap"};
        return false;
    }
    const std::string hash = chain_hash(verdict_.head_hash, event);
    if (const char* fault = fault_of(event, hash)) {
        verdict_.first_break = {event.seq, fault};
        return false;
    }
    verdict_.events = event.seq;
    verdict_.head_hash = hash;
    return true;
}

Verdict ChainCheck::finish(const Head& head)
{
    if (verdict_.first_break)
        return verdict_;
    if (head.seq != verdict_.events)
        verdict_.first_break = {std::min(head.seq, verdict_.events) + 1, "verify.head"};
    else if (head.hash != verdict_.head_hash)
        verdict_.first_break = {verdict_.events, "verify.head"};
    else if (next_anchor_ < anchors_.size())
        verdict_.first_break = {verdict_.events + 1, "verify.anchor"};
    return verdict_;
}

std::string to_text(const Verdict& verdict, Lang lang)
{
    if (!verdict.first_break)
        return say(
            lang,
            "verify.good",
            {{"events", std::to_string(verdict.events)}, {"hash", verdict.head_hash}}
        );
    return say(
        lang,
        "verify.broken",
        {{"seq", std::to_string(verdict.first_break->seq)},
         {"reason", say(lang, verdict.first_break->what)}}
    );
}

Verdict verify(db::Database& database, const Progress& progress, std::vector<Anchor> anchors)
{
    ChainCheck check{std::move(anchors)};
    // Below 1 there must be nothing either.
    std::int64_t after = std::numeric_limits<std::int64_t>::min();
    while (true) {
        // The head is read in the snapshot of the page, so the last page and the head agree.
        const Page page = database.read([after](db::Tx& tx) {
            return Page{list_after(tx, after, page_size), find_head(tx)};
        });
        const bool is_whole =
            std::ranges::all_of(page.events, [&](const Event& event) { return check.add(event); });
        if (progress)
            progress(check.last_seq(), page.head.seq);
        if (!is_whole || std::ssize(page.events) < page_size)
            return check.finish(page.head);
        after = page.events.back().seq;
    }
}

}  // namespace redress::ledger
