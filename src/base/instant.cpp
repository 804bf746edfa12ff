#include "base/instant.hpp"

#include <array>
#include <charconv>
#include <cstdlib>

namespace redress {
namespace {

using namespace std::chrono;

/// Takes `digits` decimal digits and, unless it is 0, the separator after them.
std::optional<int> take(std::string_view& text, std::size_t digits, char separator = '\0')
{
    int value = 0;
    if (text.size() < digits)
        return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + digits, value);
    if (error != std::errc{} || end != text.data() + digits || value < 0 || text.front() == '-')
        return std::nullopt;
    text.remove_prefix(digits);
    if (separator != '\0') {
        if (text.empty() ||
            (text.front() != separator && !(separator == 'T' && text.front() == 't')))
            return std::nullopt;
        text.remove_prefix(1);
    }
    return value;
}

std::optional<int> take_fraction_us(std::string_view& text)
{
    if (text.empty() || text.front() != '.')
        return 0;
    text.remove_prefix(1);
    int value = 0;
    int digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9';
         text.remove_prefix(1), ++digits)
        if (digits < 6)
            value = value * 10 + (text.front() - '0');
    if (digits == 0 || digits > 9)
        return std::nullopt;
    for (; digits < 6; ++digits)
        value *= 10;
    return value;
}

std::optional<minutes> take_offset(std::string_view text)
{
    if (text == "Z" || text == "z")
        return minutes{0};
    if (text.size() != 6 || (text.front() != '+' && text.front() != '-'))
        return std::nullopt;
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto hour = take(text, 2, ':');
    const auto minute = take(text, 2);
    if (!hour || !minute || *hour > 23 || *minute > 59)
        return std::nullopt;
    return minutes{sign * (*hour * 60 + *minute)};
}

/// What is written down is written in UTC, so that is where the year has to be one we read again.
bool is_in_range(Instant at)
{
    constexpr sys_days first{year{1900} / January / 1};
    constexpr sys_days end{year{3000} / January / 1};
    return at.us >= microseconds{first.time_since_epoch()}.count() &&
           at.us < microseconds{end.time_since_epoch()}.count();
}

constexpr std::size_t usual_length = std::string_view{"2026-11-20T09:40:00.123456Z"}.size();

/// `number` with leading zeros to `width` digits, and the separator after it unless it is 0.
void append(std::string& text, std::int64_t number, std::size_t width, char separator = '\0')
{
    std::array<char, 6> digits{};
    for (std::size_t i = width; i > 0; --i, number /= 10)
        digits[i - 1] = static_cast<char>('0' + number % 10);
    text.append(digits.data(), width);
    if (separator != '\0')
        text += separator;
}

}  // namespace

std::optional<Instant> parse_rfc3339(std::string_view text)
{
    const auto y = take(text, 4, '-');
    const auto m = y ? take(text, 2, '-') : std::nullopt;
    const auto d = m ? take(text, 2, 'T') : std::nullopt;
    const auto hour = d ? take(text, 2, ':') : std::nullopt;
    const auto minute = hour ? take(text, 2, ':') : std::nullopt;
    const auto second = minute ? take(text, 2) : std::nullopt;
    const auto fraction = second ? take_fraction_us(text) : std::nullopt;
    const auto offset = fraction ? take_offset(text) : std::nullopt;
    if (!offset || *y < 1900 || *y > 2999 || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    const year_month_day date{
        year{*y},
        month{static_cast<unsigned>(*m)},
        day{static_cast<unsigned>(*d)}};
    if (!date.ok())
        return std::nullopt;
    const auto at = sys_days{date} + hours{*hour} + minutes{*minute} + seconds{*second} - *offset;
    const Instant instant{duration_cast<microseconds>(at.time_since_epoch()).count() + *fraction};
    return is_in_range(instant) ? std::optional{instant} : std::nullopt;
}

std::string to_rfc3339(Instant at, minutes offset)
{
    const sys_time<microseconds> local{microseconds{at.us} + offset};
    const auto midnight = floor<days>(local);
    const year_month_day date{midnight};
    const hh_mm_ss<microseconds> time{local - midnight};
    std::string text;
    text.reserve(usual_length);
    append(text, static_cast<int>(date.year()), 4, '-');
    append(text, unsigned{date.month()}, 2, '-');
    append(text, unsigned{date.day()}, 2, 'T');
    append(text, time.hours().count(), 2, ':');
    append(text, time.minutes().count(), 2, ':');
    append(text, time.seconds().count(), 2);
    if (const auto fraction = time.subseconds().count(); fraction != 0) {
        text += '.';
        append(text, fraction, 6);
        text.erase(text.find_last_not_of('0') + 1);
    }
    if (offset == minutes{0})
        return text += 'Z';
    text += offset.count() < 0 ? '-' : '+';
    const auto size = std::abs(offset.count());
    append(text, size / 60, 2, ':');
    append(text, size % 60, 2);
    return text;
}

std::string to_rfc3339(Instant at)
{
    return to_rfc3339(at, minutes{0});
}

}  // namespace redress
