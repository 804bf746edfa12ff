#include "policy/zone_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

namespace redress::policy {
namespace {

using namespace std::chrono;

constexpr std::string_view database = "/usr/share/zoneinfo/";
constexpr std::size_t largest_file = 1 << 20;
constexpr std::size_t header_size = 44;

bool is_name(std::string_view name)
{
    const auto is_allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '+' || c == '/';
    };
    return !name.empty() && name.size() <= 64 && name.front() != '/' && name.back() != '/' &&
           !name.starts_with("right/") && !name.starts_with("posix/") &&
           std::ranges::all_of(name, is_allowed);
}

template <class Number>
Number big_endian(std::string_view bytes, std::size_t at)
{
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i)
        value = (value << 8) | static_cast<unsigned char>(bytes[at + i]);
    return static_cast<Number>(value);
}

/// The counts of a TZif header, in the order of RFC 8536, 3.1.
struct Counts {
    std::size_t isut{}, isstd{}, leap{}, time{}, type{}, chars{};

    [[nodiscard]] std::size_t size(std::size_t time_size) const
    {
        return time * time_size + time + type * 6 + chars + leap * (time_size + 4) + isstd + isut;
    }
};

std::optional<Counts> read_counts(std::string_view bytes)
{
    if (bytes.size() < header_size || !bytes.starts_with("TZif") || bytes[4] < '2')
        return std::nullopt;
    const auto at = [&](std::size_t index) -> std::size_t {
        return big_endian<std::uint32_t>(bytes, 20 + 4 * index);
    };
    Counts counts{at(0), at(1), at(2), at(3), at(4), at(5)};
    for (const std::size_t count :
         {counts.isut, counts.isstd, counts.leap, counts.time, counts.type, counts.chars})
        if (count > largest_file)
            return std::nullopt;
    return counts.type == 0 ? std::nullopt : std::optional{counts};
}

/// A day of the year on which clocks change: `Mm.w.d`, `Jn` or `n`, and the time on the old wall
/// clock.
struct ChangeDay {
    char form = 'M';
    unsigned month{}, week{}, weekday{};
    int day{};
    int time_s = 2 * 3600;

    [[nodiscard]] std::int64_t wall_s(int in_year) const
    {
        sys_days date;
        if (form == 'M' && week == 5)
            date = sys_days{
                year{in_year} / std::chrono::month{month} / std::chrono::weekday{weekday}[last]};
        else if (form == 'M')
            date = sys_days{
                year{in_year} / std::chrono::month{month} / std::chrono::weekday{weekday}[week]};
        else
            date = sys_days{year{in_year} / January / 1} + days{julian(in_year)};
        return date.time_since_epoch().count() * std::int64_t{86'400} + time_s;
    }

private:
    [[nodiscard]] int julian(int in_year) const
    {
        if (form == 'n')
            return day;
        return day - 1 + (year{in_year}.is_leap() && day >= 60 ? 1 : 0);
    }
};

/// The POSIX rule in the footer of a TZif file: `GMT0BST,M3.5.0/1,M10.5.0`.
class RuleReader {
public:
    explicit RuleReader(std::string_view text) : rest_{text} {}

    [[nodiscard]] bool read()
    {
        if (!skip_name())
            return false;
        standard_s = -read_time().value_or(0);
        if (rest_.empty() || !skip_name())
            return false;
        summer_s = rest_.starts_with(',') ? standard_s + 3600 : -read_time().value_or(0);
        return read_day(begin) && read_day(end) && rest_.empty();
    }

    int standard_s{};
    int summer_s{};
    ChangeDay begin;
    ChangeDay end;

private:
    bool skip_name()
    {
        std::size_t size = 0;
        if (rest_.starts_with('<'))
            size = rest_.find('>') + 1;
        else
            while (size < rest_.size() && std::isalpha(static_cast<unsigned char>(rest_[size])) != 0
            )
                ++size;
        rest_.remove_prefix(std::min(size, rest_.size()));
        return size >= 3;
    }

    bool take(char c)
    {
        const bool is_there = rest_.starts_with(c);
        if (is_there)
            rest_.remove_prefix(1);
        return is_there;
    }

    std::optional<int> read_number()
    {
        int value = 0;
        const auto [stop, error] =
            std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (error != std::errc{} || value < 0 || value > 1000)
            return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
        return value;
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    std::optional<int> read_time()
    {
        const int sign = take('-') ? -1 : 1;
        if (sign > 0)
            static_cast<void>(take('+'));
        auto total = read_number();
        if (!total)
            return std::nullopt;
        int seconds = *total * 3600;
        for (int unit = 60; unit >= 1 && take(':'); unit /= 60)
            seconds += read_number().value_or(0) * unit;
        return sign * seconds;
    }

    bool read_day(ChangeDay& day)
    {
        if (!take(','))
            return false;
        day.form = take('M') ? 'M' : take('J') ? 'J' : 'n';
        const auto first = read_number();
        if (!first)
            return false;
        if (day.form == 'M') {
            const int week = take('.') ? read_number().value_or(0) : 0;
            const int weekday = take('.') ? read_number().value_or(7) : 7;
            if (*first < 1 || *first > 12 || week < 1 || week > 5 || weekday > 6)
                return false;
            day.month = static_cast<unsigned>(*first);
            day.week = static_cast<unsigned>(week);
            day.weekday = static_cast<unsigned>(weekday);
        }
        day.day = *first;
        if (take('/'))
            day.time_s = read_time().value_or(day.time_s);
        return true;
    }

    std::string_view rest_;
};

}  // namespace

void ZoneFile::follow_rule(std::string_view footer, std::vector<Zone::Change>& changes)
{
    RuleReader rule{footer};
    if (!rule.read())
        return;
    const std::int64_t known_until_s = changes.back().at_s;
    const bool is_listed = changes.size() > 1;
    const int first_year =
        is_listed ? static_cast<int>(
                        year_month_day{floor<days>(sys_seconds{seconds{known_until_s}})}.year()
                    )
                  : 1900;
    for (int in_year = first_year; in_year < rules_end_year; ++in_year) {
        std::array<Zone::Change, 2> both{
            Zone::Change{rule.begin.wall_s(in_year) - rule.standard_s, rule.summer_s},
            Zone::Change{rule.end.wall_s(in_year) - rule.summer_s, rule.standard_s}};
        if (both[1].at_s < both[0].at_s)
            std::swap(both[0], both[1]);
        for (const Zone::Change& change : both)
            if (change.at_s > known_until_s && change.offset_s != changes.back().offset_s)
                changes.push_back(change);
    }
}

bool ZoneFile::parse(std::string_view bytes, std::vector<Zone::Change>& changes)
{
    const auto skipped = read_counts(bytes);
    if (!skipped || bytes.size() < header_size + skipped->size(4) + header_size)
        return false;
    bytes.remove_prefix(header_size + skipped->size(4));
    const auto counts = read_counts(bytes);
    if (!counts || bytes.size() < header_size + counts->size(8))
        return false;
    bytes.remove_prefix(header_size);
    const std::size_t types_at = counts->time * 9;
    const auto offset_of = [&](std::size_t type) {
        return big_endian<std::int32_t>(bytes, types_at + 6 * type);
    };

    changes.push_back({std::numeric_limits<std::int64_t>::min(), offset_of(0)});
    for (std::size_t i = 0; i < counts->time; ++i) {
        const auto type = static_cast<unsigned char>(bytes[counts->time * 8 + i]);
        if (type >= counts->type)
            return false;
        const Zone::Change change{big_endian<std::int64_t>(bytes, 8 * i), offset_of(type)};
        if (changes.size() > 1 && change.at_s <= changes.back().at_s)
            return false;
        if (change.offset_s != changes.back().offset_s)
            changes.push_back(change);
    }
    bytes.remove_prefix(counts->size(8));
    if (bytes.size() > 2)
        follow_rule(bytes.substr(1, bytes.size() - 2), changes);
    return true;
}

std::shared_ptr<const Zone> ZoneFile::read(std::string_view name)
{
    if (!is_name(name))
        return nullptr;
    std::ifstream file{std::string{database}.append(name), std::ios::binary};
    std::string bytes(largest_file, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    auto zone = std::make_shared<Zone>();
    if (!parse(bytes, zone->changes_))
        return nullptr;
    zone->name_ = name;
    return zone;
}

}  // namespace redress::policy
