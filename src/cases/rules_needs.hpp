#pragma once

#include "cases/rules_draft.hpp"

#include <map>
#include <optional>
#include <string_view>

/// The requirements of lifecycle rows that are one yes or no worked out by code, under the names
/// they have in policies/lifecycle.toml. Every name stands in exactly one of the tables.
namespace redress::cases {

/// Whether the requirement holds. Pure.
using Need = bool (*)(const Draft&);
using Needs = std::map<std::string_view, Need>;

/// For receiving, registering, merging and amending a complaint, and binding packs to it.
[[nodiscard]] Needs needs_of_filing();
/// For answering the customer, looking into the matter and handing the case on.
[[nodiscard]] Needs needs_of_handling();
/// For the decision, its letter and what may follow it.
[[nodiscard]] Needs needs_of_deciding();
/// For promises and remedies.
[[nodiscard]] Needs needs_of_redress();
/// For silence, closing, reopening and keeping.
[[nodiscard]] Needs needs_of_closing();

/// Whether the command brings the field or the case already has it, with something in it.
[[nodiscard]] bool has(const Draft& draft, std::string_view name);
/// Whether the command itself brings the field, with something in it.
[[nodiscard]] bool came_with(const Draft& draft, std::string_view name);
/// The time that came with the command; nullopt when it is missing or is none.
[[nodiscard]] std::optional<Instant> instant_input(const Draft& draft, std::string_view name);
/// The member of staff whom the command names; 0 when it names none.
[[nodiscard]] StaffId staff_input(const Draft& draft, std::string_view name);

}  // namespace redress::cases
