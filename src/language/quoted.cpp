#include "language/quoted.hpp"

#include "base/text.hpp"
#include "language/fold.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <re2/re2.h>
#include <utility>
#include <vector>

namespace redress::language {
namespace {

/// A heading that names who wrote what follows may run over this many lines.
constexpr std::size_t longest_heading = 4;
constexpr std::size_t longest_closing = 6;
constexpr std::size_t longest_signature_line = 60;
constexpr std::size_t longest_matched_line = 400;

/// A pattern that matches the whole of a line.
class Pattern {
public:
    explicit Pattern(const char* text) : expression_{text, quiet()} {}

    [[nodiscard]] bool matches(std::string_view line) const
    {
        return line.size() <= longest_matched_line &&
               RE2::FullMatch(re2::StringPiece{line.data(), line.size()}, expression_);
    }

private:
    static RE2::Options quiet()
    {
        RE2::Options options;
        options.set_case_sensitive(false);
        options.set_log_errors(false);
        return options;
    }
    RE2 expression_;
};

struct Patterns {
    Pattern someone_wrote{
        R"((?:on\b.*\b(?:wrote|writes)\s*:)|(?:(?:在|于|於)?.*\d.*(?:写道|寫道|wrote)\s*[:：]))"};
    Pattern begins_someone_wrote{R"((?:on\b.*\d.*)|(?:[在于於]\s*\d{2,4}.*)|(?:\d{4}[-/年].*))"};
    Pattern earlier_mail{
        R"([-_*=—\s]*(?:original (?:message|appointment)|forwarded message|begin forwarded message:?|reply message|原始邮件|原始郵件|原邮件|转发邮件|转发的邮件|回复的原邮件|轉寄郵件)[-_*=—:\s]*)"};
    Pattern sender{R"(\*?\s*(?:from|发件人|寄件者|寄件人|發件人)\s*\*?\s*[:：].*)"};
    Pattern further_heading{
        R"(\*?\s*(?:sent|date|to|cc|subject|发送时间|发送日期|日期|时间|收件人|抄送|主题|主旨|傳送時間|收件者|副本|主題)\s*\*?\s*[:：].*)"};
    Pattern signature_mark{R"((?:--|—|––|__+)\s*)"};
    Pattern device{
        R"((?:sent (?:from|via|using|with) [^,.!?]{0,60})|(?:sent from)|(?:get outlook for .{0,20})|(?:发自我的.{0,40})|(?:发自.{0,20}(?:手机|邮箱|邮件|iphone|ipad|华为|小米|大师).{0,20})|(?:從我的.{0,40}傳送)|(?:从我的.{0,40}(?:发送|发出))|(?:来自我的.{0,30})|(?:通过.{0,20}(?:邮箱|邮件)发送))"};
    Pattern closing{
        R"((?:(?:with )?(?:best|kind|warm|many|warmest|kindest)(?: (?:best|kind|warm))? (?:regards|wishes)|regards|best|cheers|sincerely|(?:yours )?(?:sincerely|truly|faithfully)(?: yours)?|respectfully|此致|敬礼|敬禮|此致敬礼|顺祝商祺|顺颂商祺|祝好|祝商祺|谨上|敬上)[,.!，。！]?)"};
};

const Patterns& patterns()
{
    static const Patterns all;
    return all;
}

struct Line {
    std::string_view whole;  ///< with its end
    std::string_view text;   ///< trimmed
    bool is_own{true};
    std::optional<bool> ends_own_words{};  ///< once it was looked at
};

std::vector<Line> lines_of(std::string_view message)
{
    std::vector<Line> lines;
    while (!message.empty()) {
        const auto end = std::min(message.find('\n'), message.size() - 1);
        const auto whole = message.substr(0, end + 1);
        lines.push_back({whole, trim(whole)});
        message.remove_prefix(end + 1);
    }
    return lines;
}

bool is_quote(const Line& line)
{
    return line.text.starts_with('>') || line.text.starts_with("＞") || line.text.starts_with("|>");
}

class Reader {
public:
    explicit Reader(std::string_view message) : lines_{lines_of(message)} {}

    std::string run()
    {
        for (std::size_t i = 0; i < lines_.size();)
            i = read(i);
        take_closing();
        std::string own;
        for (const Line& line : lines_)
            if (line.is_own)
                own += line.whole;
            else
                put_blank(own, line.whole);
        return own;
    }

private:
    static void put_blank(std::string& text, std::string_view line)
    {
        const bool has_end = line.ends_with('\n');
        text.append(count_code_points(line) - (has_end ? 1 : 0), ' ');
        if (has_end)
            text += '\n';
    }

    void drop(std::size_t begin, std::size_t end)
    {
        for (std::size_t i = begin; i < end; ++i)
            lines_[i].is_own = false;
    }

    /// Reads what begins at a line; returns the line after it.
    std::size_t read(std::size_t at)
    {
        const Line& line = lines_[at];
        if (line.text.empty())
            return at + 1;
        if (is_quote(line)) {
            drop(at, at + 1);
            return at + 1;
        }
        if (const std::size_t end = heading_end(at); end > at)
            return drop_quoted(at, end);
        if (patterns().earlier_mail.matches(line.text) || begins_mail_heading(at)) {
            drop(at, lines_.size());
            return lines_.size();
        }
        if (patterns().signature_mark.matches(line.text) && is_signature(at))
            return drop_signature(at);
        if (patterns().device.matches(line.text) && is_last_of_own(at))
            drop(at, at + 1);
        return at + 1;
    }

    /// One past the heading "On … wrote:" that begins here, or `at`.
    [[nodiscard]] std::size_t heading_end(std::size_t at) const
    {
        std::string heading{lines_[at].text};
        if (patterns().someone_wrote.matches(heading))
            return at + 1;
        if (!patterns().begins_someone_wrote.matches(heading))
            return at;
        for (std::size_t i = at + 1; i < std::min(lines_.size(), at + longest_heading); ++i) {
            if (lines_[i].text.empty() || is_quote(lines_[i]))
                return at;
            heading += ' ';
            heading += lines_[i].text.substr(0, longest_matched_line);
            if (patterns().someone_wrote.matches(heading))
                return i + 1;
        }
        return at;
    }

    /// Where the quotation is marked line by line, answers may stand between the lines; otherwise
    /// all that follows is quoted.
    std::size_t drop_quoted(std::size_t begin, std::size_t end)
    {
        std::size_t next = end;
        while (next < lines_.size() && lines_[next].text.empty())
            ++next;
        const bool is_marked = next < lines_.size() && is_quote(lines_[next]);
        const std::size_t last = is_marked ? end : lines_.size();
        drop(begin, last);
        return last;
    }

    [[nodiscard]] bool begins_mail_heading(std::size_t at) const
    {
        if (!patterns().sender.matches(lines_[at].text))
            return false;
        const std::size_t end = std::min(lines_.size(), at + longest_heading);
        for (std::size_t i = at + 1; i < end; ++i)
            if (patterns().further_heading.matches(lines_[i].text))
                return true;
        return false;
    }

    /// A few short lines up to the end or to a quotation.
    [[nodiscard]] bool is_signature(std::size_t at)
    {
        constexpr std::size_t most_lines = 12;
        std::size_t lines = 0;
        for (std::size_t i = at + 1; i < lines_.size() && !ends_own_words(i); ++i) {
            if (lines_[i].text.empty())
                continue;
            if (++lines > most_lines || lines_[i].text.size() > 3 * longest_signature_line)
                return false;
        }
        return true;
    }

    std::size_t drop_signature(std::size_t at)
    {
        std::size_t end = at + 1;
        while (end < lines_.size() && !ends_own_words(end))
            ++end;
        drop(at, end);
        return end;
    }

    /// Each line is looked at once, however often it is asked for.
    [[nodiscard]] bool ends_own_words(std::size_t at)
    {
        Line& line = lines_[at];
        if (!line.ends_own_words)
            line.ends_own_words =
                !line.text.empty() &&
                (is_quote(line) || heading_end(at) > at || begins_mail_heading(at) ||
                 patterns().earlier_mail.matches(line.text));
        return *line.ends_own_words;
    }

    [[nodiscard]] bool is_last_of_own(std::size_t at)
    {
        std::size_t next = at + 1;
        while (next < lines_.size() && lines_[next].text.empty())
            ++next;
        return next == lines_.size() || ends_own_words(next) ||
               patterns().signature_mark.matches(lines_[next].text);
    }

    /// "Kind regards" and the names after it, at the end of what is the writer's own.
    void take_closing()
    {
        std::vector<std::size_t> last;
        for (std::size_t i = lines_.size(); i > 0 && last.size() < longest_closing; --i)
            if (lines_[i - 1].is_own && !lines_[i - 1].text.empty())
                last.push_back(i - 1);
        std::size_t closing = last.size();
        for (std::size_t i = 0; i < last.size(); ++i) {
            const std::string_view text = lines_[last[i]].text;
            if (patterns().closing.matches(text))
                closing = i;
            else if (count_code_points(text) > longest_signature_line)
                break;
        }
        const auto own = std::ranges::count_if(lines_, [](const Line& line) {
            return line.is_own && !line.text.empty();
        });
        if (closing < last.size() && std::cmp_less(closing + 1, own))
            for (std::size_t i = 0; i <= closing; ++i)
                lines_[last[i]].is_own = false;
    }

    std::vector<Line> lines_;
};

}  // namespace

std::string own_words(std::string_view message)
{
    return Reader{message.substr(0, max_text_bytes)}.run();
}

}  // namespace redress::language
