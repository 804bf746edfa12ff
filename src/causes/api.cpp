#include "causes/api.hpp"

#include "causes/store.hpp"
#include "http/conditional.hpp"
#include "staff/model.hpp"

#include <array>

namespace redress::causes {

struct NewCause {
    static constexpr auto wire_limits = std::to_array<http::Limit>(
        {{"code", 1, max_code},
         {"parent", 0, max_code},
         {"name_en", 1, max_cause_name},
         {"name_zh", 1, max_cause_name},
         {"regulator_code", 0, max_code}}
    );
    std::string code;
    std::optional<std::string> parent;
    std::string name_en;
    std::string name_zh;
    std::optional<std::string> regulator_code;
};

struct CauseEdit {
    static constexpr auto wire_limits = NewCause::wire_limits;
    std::optional<std::string> parent;
    std::optional<std::string> name_en;
    std::optional<std::string> name_zh;
    std::optional<std::string> regulator_code;
    std::optional<bool> is_active;
};

struct CauseList {
    std::vector<Cause> items;
};

BOOST_DESCRIBE_STRUCT(NewCause, (), (code, parent, name_en, name_zh, regulator_code))
BOOST_DESCRIBE_STRUCT(CauseEdit, (), (parent, name_en, name_zh, regulator_code, is_active))
BOOST_DESCRIBE_STRUCT(CauseList, (), (items))

namespace {

using http::Call;
using http::NoBody;
using http::route;

CauseAuthor author_of(const Services& services, const Call& call)
{
    return {call.as<staff::Caller>().actor.name, services.clock.now()};
}

Result<Cause> tagged(Call& call, Result<Cause> cause)
{
    if (cause)
        call.headers.emplace_back("ETag", http::etag_of(cause->version));
    return cause;
}

Result<Cause> create(const Services& services, Call& call, const NewCause& form)
{
    const Cause wish{
        .code = form.code,
        .parent = form.parent.value_or(""),
        .name_en = form.name_en,
        .name_zh = form.name_zh,
        .regulator_code = form.regulator_code.value_or("")};
    return tagged(call, services.database.write([&](db::Tx& tx) {
        return create_cause(tx, services.ledger, wish, author_of(services, call));
    }));
}

Result<Cause> change(const Services& services, Call& call, const CauseEdit& form)
{
    const auto id = call.id<CauseId>("cause_id");
    if (!id)
        return std::unexpected{id.error()};
    const CausePatch patch{
        form.parent,
        form.name_en,
        form.name_zh,
        form.regulator_code,
        form.is_active};
    return tagged(call, services.database.write([&](db::Tx& tx) {
        return change_cause(
            tx,
            services.ledger,
            {*id, call.version.value_or(0)},
            patch,
            author_of(services, call)
        );
    }));
}

}  // namespace

http::RouteTable routes(const Services& services)
{
    return {
        route<NoBody, CauseList>(
            {.name = "list_causes",
             .method = "GET",
             .path = "/api/v1/causes",
             .summary = "Why complaints arise, as a tree; parents are named by their code.",
             .permission = "policy_read"},
            [services](const Call&) -> Result<CauseList> {
                return CauseList{
                    services.database.read([](db::Tx& tx) { return list_causes(tx); })};
            }
        ),
        route<NewCause, Cause>(
            {.name = "create_cause",
             .method = "POST",
             .path = "/api/v1/causes",
             .summary = "Adds a cause to the tree.",
             .permission = "policy_admin",
             .status = 201,
             .needs_key = true},
            [services](Call& call, const NewCause& form) { return create(services, call, form); }
        ),
        route<CauseEdit, Cause>(
            {.name = "change_cause",
             .method = "PATCH",
             .path = "/api/v1/causes/{cause_id}",
             .summary = "Renames or moves a cause, or takes it out of use.",
             .permission = "policy_admin",
             .needs_if_match = true},
            [services](Call& call, const CauseEdit& form) { return change(services, call, form); }
        )};
}

}  // namespace redress::causes
