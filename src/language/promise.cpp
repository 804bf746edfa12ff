#include "language/promise.hpp"

#include "language/promise_times.hpp"
#include "language/promise_words.hpp"
#include "language/sentences.hpp"

#include <algorithm>
#include <array>

namespace redress::language {
namespace {

constexpr std::size_t most_promises = 200;

struct Stretch {
    std::size_t begin{};
    std::size_t end{};
};

/// Bytes of what parts clauses at `at`: a comma, or a conjunction with a subject after it, which
/// belongs to the next clause.
std::size_t clause_mark(std::string_view text, std::size_t at)
{
    if (text[at] == ',' || text[at] == ':' || text[at] == '(' || text[at] == ')')
        return 1;
    for (const std::string_view mark : {"—", " - "})
        if (text.substr(at, mark.size()) == mark)
            return mark.size();
    for (const std::string_view mark :
         {" and will ",
          " and i ",
          " and i'",
          " and we ",
          " and we'",
          " and you ",
          " and you'",
          " and your ",
          " and the ",
          " and my ",
          " and our ",
          " but ",
          " so i ",
          " so we ",
          " so you "})
        if (text.substr(at, mark.size()) == mark)
            return 1;
    return 0;
}

std::vector<Stretch> find_clauses(std::string_view sentence)
{
    std::vector<Stretch> clauses;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < sentence.size();) {
        const std::size_t mark = clause_mark(sentence, at);
        if (mark > 0) {
            if (sentence.find_first_not_of(' ', begin) < at)
                clauses.push_back({begin, at});
            begin = at + mark;
        }
        at += std::max<std::size_t>(mark, 1);
    }
    clauses.push_back({begin, sentence.size()});
    return clauses;
}

/// A sentence being read: its times are marked so that their words are not taken for others.
class SentenceReader {
public:
    SentenceReader(std::string_view sentence, std::vector<Stretch> times, std::vector<bool> lapses)
        : times_{std::move(times)}, lapses_{std::move(lapses)}, marked_{sentence}
    {
        for (const Stretch& time : times_)
            std::fill(
                marked_.begin() + static_cast<std::ptrdiff_t>(time.begin),
                marked_.begin() + static_cast<std::ptrdiff_t>(time.end),
                time_mark
            );
        clauses_ = find_clauses(marked_);
        is_claimed_.resize(clauses_.size());
    }

    struct Finding {
        Stretch words;
        Judgement judgement;
    };

    /// What the sentence says of its time `index`; the times are asked in order.
    std::optional<Finding> read(std::size_t index)
    {
        const std::size_t at = clause_of(index);
        const Stretch own = part_of(at, index);
        Judgement judgement = judge_part(own, index);
        const bool continues = is_claimed_[at] && last_saying_ == Saying::promise;
        if (judgement.saying == Saying::nothing && continues && names_act(text(own)))
            judgement = last_;
        if (judgement.saying == Saying::nothing)
            return read_with_neighbour(at, own, index);
        return settle(own, judgement, {at, at});
    }

private:
    [[nodiscard]] std::string_view text(Stretch stretch) const
    {
        return std::string_view{marked_}.substr(stretch.begin, stretch.end - stretch.begin);
    }

    [[nodiscard]] std::size_t clause_of(std::size_t index) const
    {
        std::size_t at = 0;
        while (at + 1 < clauses_.size() && times_[index].begin >= clauses_[at].end)
            ++at;
        return at;
    }

    [[nodiscard]] bool is_in(std::size_t index, const Stretch& clause) const
    {
        return index < times_.size() && times_[index].begin >= clause.begin &&
               times_[index].begin < clause.end;
    }

    /// A clause with several times is shared out among them: Chinese acts follow their time,
    /// English ones lead up to it.
    [[nodiscard]] Stretch part_of(std::size_t at, std::size_t index) const
    {
        Stretch part = clauses_[at];
        const bool is_latin = std::ranges::all_of(text(part), [](char byte) {
            return static_cast<unsigned char>(byte) < 0x80;
        });
        const bool has_former = index > 0 && is_in(index - 1, part);
        const bool has_later = is_in(index + 1, part);
        if (has_former)
            part.begin = is_latin ? times_[index - 1].end : times_[index].begin;
        if (has_later)
            part.end = is_latin ? times_[index].end : times_[index + 1].begin;
        return part;
    }

    [[nodiscard]] Judgement judge_part(Stretch part, std::size_t index) const
    {
        return judge(
            {text(part), text({0, part.begin}), text({part.end, marked_.size()}), lapses_[index]}
        );
    }

    [[nodiscard]] bool has_time(std::size_t at) const
    {
        return text(clauses_[at]).find(time_mark) != std::string_view::npos;
    }

    std::optional<Finding> read_with_neighbour(std::size_t at, Stretch own, std::size_t index)
    {
        static constexpr std::size_t farthest = 2;
        for (std::size_t to = at + 1; to < clauses_.size() && to <= at + farthest && !has_time(to);
             ++to) {
            const Stretch both{own.begin, clauses_[to].end};
            if (const Judgement judgement = judge_part(both, index);
                judgement.saying != Saying::nothing)
                return settle(both, judgement, {at, to});
        }
        if (at > 0 && !is_claimed_[at - 1] && !has_time(at - 1)) {
            const Stretch both{clauses_[at - 1].begin, own.end};
            if (const Judgement judgement = judge_part(both, index);
                judgement.saying == Saying::promise)
                return settle(both, judgement, {at - 1, at});
        }
        return settle(own, {Saying::nothing, {}, 0}, {at, at});
    }

    std::optional<Finding> settle(Stretch words, Judgement judgement, Stretch clauses)
    {
        last_ = judgement;
        last_saying_ = judgement.saying;
        if (judgement.saying != Saying::promise)
            return std::nullopt;
        for (std::size_t at = clauses.begin; at <= clauses.end; ++at)
            is_claimed_[at] = true;
        return Finding{trimmed(words), judgement};
    }

    [[nodiscard]] Stretch trimmed(Stretch words) const
    {
        const auto is_blank = [&](std::size_t at) {
            return std::string_view{" .,;!?:()"}.find(marked_[at]) != std::string_view::npos;
        };
        while (words.begin < words.end && is_blank(words.begin))
            ++words.begin;
        for (const std::string_view lead :
             {"and ", "but ", "so ", "then ", "并且", "并", "同时", "然后", "而且"})
            if (text(words).starts_with(lead))
                words.begin += lead.size();
        while (words.end > words.begin && is_blank(words.end - 1))
            --words.end;
        for (const std::string_view tail :
             {"。", "；", "并且在", "并在", "并且", "并", "、", " and"})
            if (text(words).ends_with(tail))
                words.end -= tail.size();
        return words;
    }

    std::vector<Stretch> times_;
    std::vector<bool> lapses_;
    std::string marked_;
    std::vector<Stretch> clauses_;
    std::vector<bool> is_claimed_;
    Judgement last_;
    Saying last_saying_ = Saying::nothing;
};

/// Cuts characters out of the original; stretches must be asked for in ascending order.
class Excerpts {
public:
    explicit Excerpts(std::string_view original) : rest_{original} {}

    std::string cut(Span span)
    {
        rest_.remove_prefix(first_code_points(rest_, span.begin - at_).size());
        at_ = span.begin;
        return std::string{first_code_points(rest_, span.size())};
    }

private:
    std::string_view rest_;
    std::uint32_t at_{};
};

std::string without_time(const std::string& words, Span span, Span time)
{
    const auto before = first_code_points(words, time.begin - span.begin);
    const auto upto = first_code_points(words, time.end - span.begin);
    std::string rest{trim(before)};
    const auto tail = trim(std::string_view{words}.substr(upto.size()));
    const bool is_latin =
        !rest.empty() && static_cast<unsigned char>(rest.back()) < 0x80 && !tail.empty();
    rest.append(is_latin ? " " : "").append(tail);
    return rest;
}

class Finder {
public:
    Finder(std::string_view text, const FoldedBytes& folded, const PromiseContext& context)
        : folded_{folded}, context_{context}, excerpts_{text}
    {}

    std::vector<Promise> find()
    {
        const auto times = find_times(folded_.text());
        std::size_t next = 0;
        for (const Sentence& sentence : find_sentences(folded_.text())) {
            while (next < times.size() && times[next].begin < sentence.begin)
                ++next;
            const std::size_t first = next;
            while (next < times.size() && times[next].end <= sentence.end)
                ++next;
            if (first < next && !sentence.is_question && !sentence.is_quoted)
                read(sentence, std::span{times}.subspan(first, next - first));
            if (promises_.size() >= most_promises)
                break;
        }
        return std::move(promises_);
    }

private:
    void read(const Sentence& sentence, std::span<const TimeNamed> times)
    {
        std::vector<Stretch> places;
        std::vector<bool> lapses;
        for (const TimeNamed& time : times) {
            places.push_back({time.begin - sentence.begin, time.end - sentence.begin});
            lapses.push_back(time.when && time.when->lapse.has_value());
        }
        SentenceReader reader{sentence.of(folded_.text()), std::move(places), std::move(lapses)};
        for (std::size_t index = 0; index < times.size() && promises_.size() < most_promises;
             ++index) {
            const auto due =
                times[index].when ? due_of(*times[index].when, context_) : std::nullopt;
            const auto finding = due ? reader.read(index) : std::nullopt;
            if (finding)
                add(sentence, times[index], *finding, *due);
        }
    }

    void add(
        const Sentence& sentence,
        const TimeNamed& time,
        const SentenceReader::Finding& finding,
        Instant due
    )
    {
        Promise promise;
        promise.span = folded_.original(
            sentence.begin + finding.words.begin,
            sentence.begin + finding.words.end
        );
        promise.time = folded_.original(time.begin, time.end);
        promise.span = hull(promise.span, promise.time);
        if (!promises_.empty() && promise.span.begin < promises_.back().span.begin)
            return;
        promise.what = without_time(excerpts_.cut(promise.span), promise.span, promise.time);
        promise.who = finding.judgement.who;
        promise.due = due;
        promise.confidence = finding.judgement.confidence;
        if (context_.calendar->first_year_without_table(context_.now, due) != 0 && time.when->lapse)
            promise.confidence -= 0.1;
        promises_.push_back(std::move(promise));
    }

    const FoldedBytes& folded_;
    const PromiseContext& context_;
    Excerpts excerpts_;
    std::vector<Promise> promises_;
};

}  // namespace

std::vector<Promise> find_promises(std::string_view text, const PromiseContext& context)
{
    return find_promises(text, FoldedBytes{Folded{text}}, context);
}

std::vector<Promise>
find_promises(std::string_view text, const FoldedBytes& folded, const PromiseContext& context)
{
    return Finder{text, folded, context}.find();
}

std::string_view to_word(Promiser who)
{
    switch (who) {
        case Promiser::writer:
            return "writer";
        case Promiser::house:
            return "house";
        case Promiser::colleague:
            break;
    }
    return "colleague";
}

}  // namespace redress::language
