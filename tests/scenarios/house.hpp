#pragma once

#include "cases/rules.hpp"
#include "tests/scenarios/scenario.hpp"

#include <map>
#include <set>
#include <string>

namespace redress::scenarios {

/// One case among people whom the file names by their roles, on a clock that only the file moves.
class House {
public:
    House();

    /// Carries out one line. Throws std::runtime_error with the reason when it does not hold.
    void follow(const Line& line);
    /// A refusal that nobody asked for.
    void check_nothing_unexpected() const;

private:
    struct Person {
        cases::Actor actor;
    };

    void give(const Line& line);
    void move_to(Instant until);
    void give_name(const Line& line);
    [[nodiscard]] json::object inputs_of(const Line& line) const;
    [[nodiscard]] cases::Context context() const;
    void take(Result<std::vector<cases::Event>> answer);
    void tick();

    void then(const std::vector<std::string>& words);
    void then_refused(const std::vector<std::string>& codes);
    void then_events(const std::vector<std::string>& kinds, bool are_wanted) const;
    void then_deadline(const std::string& id, const std::string& state) const;
    void then_due(const std::string& id, const std::string& time) const;
    void then_next_due(const std::string& time) const;
    void then_packs(const std::vector<std::string>& ids) const;
    void then_field(const std::string& text) const;
    [[nodiscard]] const policy::Clock* latest(const std::string& id) const;

    std::map<std::string, Person, std::less<>> people_;
    cases::Case case_;
    Instant now_;
    std::set<std::string> refusals_;
    std::set<std::string> events_;
    bool is_refused_{};
};

}  // namespace redress::scenarios
