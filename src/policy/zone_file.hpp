#pragma once

#include "policy/zone.hpp"

namespace redress::policy {

/// Reads a zone from the system's database below /usr/share/zoneinfo, and writes out the rule of
/// its footer for every year up to `rules_end_s`, after which the years repeat.
class ZoneFile {
public:
    /// nullptr: no such zone. Names are those of the database; nothing outside its folder is ever
    /// opened.
    [[nodiscard]] static std::shared_ptr<const Zone> read(std::string_view name);

    /// 2500-01-01T00:00:00 UTC: more than 400 years after the last change any zone lists one by one
    /// (Morocco, 2087).
    static constexpr std::int64_t rules_end_s = 16'725'225'600;
    static constexpr int rules_end_year = 2500;

private:
    [[nodiscard]] static bool parse(std::string_view bytes, std::vector<Zone::Change>& changes);
    static void follow_rule(std::string_view footer, std::vector<Zone::Change>& changes);
};

}  // namespace redress::policy
