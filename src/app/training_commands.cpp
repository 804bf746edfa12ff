#include "app/training_commands.hpp"

#include "desk/experience.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <iostream>

namespace redress::app {
namespace {

constexpr std::size_t most_texts = 1'000'000;
/// What a feeling that somebody named is worth where only anger has steps.
constexpr std::int64_t plain_amount = 2;

std::string on_one_line(std::string text)
{
    std::ranges::replace_if(
        text,
        [](char byte) { return byte == '\t' || byte == '\n' || byte == '\r'; },
        ' '
    );
    return text;
}

std::int64_t amount(const desk::Corrected& corrected, std::string_view feeling)
{
    if (corrected.feeling != feeling)
        return 0;
    return feeling == "angry" ? std::max<std::int64_t>(corrected.anger, 1) : plain_amount;
}

}  // namespace

int export_training(const Settings& settings, const std::string& of)
{
    const RealClock clock;
    Program program{settings, clock};
    if (of == "categories")
        for (const auto& text : desk::list_categorised(program.database, most_texts))
            fmt::print(std::cout, "{}\t{}\n", on_one_line(text.label), on_one_line(text.text));
    else
        for (const auto& one : desk::list_corrected(program.database, most_texts))
            fmt::print(
                std::cout,
                "{}\t{}\t{}\t{}\t{}\n",
                amount(one, "angry"),
                amount(one, "sad"),
                amount(one, "anxious"),
                amount(one, "pleased"),
                on_one_line(one.text)
            );
    return 0;
}

}  // namespace redress::app
