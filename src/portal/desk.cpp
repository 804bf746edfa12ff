#include "portal/desk.hpp"

#include "base/embedded.hpp"
#include "base/hash.hpp"
#include "messages/rules_file_name.hpp"
#include "messages/rules_media_type.hpp"
#include "portal/store.hpp"

namespace redress::embedded {
std::span<const File> portal();
}  // namespace redress::embedded

namespace redress::portal {
namespace {

constexpr long language_kept_s = 365L * 24 * 3600;
constexpr long news_kept_s = 300;

bool is_secure(const Visitor& visitor)
{
    return visitor.origin.starts_with("https://");
}

/// What one address may do. A whole office or a mobile network may share one.
struct Budget {
    http::Rate rate;
    std::int64_t cost;
};

Budget budget_of(Desk::Doing doing)
{
    using namespace std::chrono_literals;
    switch (doing) {
        case Desk::Doing::look:
            return {{600, 300s}, 1};
        case Desk::Doing::guess:
            return {{600, 300s}, 20};
        case Desk::Doing::send:
            return {{60, 600s}, 1};
    }
    return {{1, 1s}, 1};
}

std::string key_of(Desk::Doing doing, const Visitor& visitor)
{
    return (doing == Desk::Doing::send ? "send|" : "look|") + visitor.address;
}

}  // namespace

Desk::Desk(const Services& chosen)
    : services{chosen},
      seal{chosen.database.write([](db::Tx& tx) { return find_or_create_secret(tx); })},
      assets{embedded::portal()}
{}

std::string Desk::of_house(std::string_view fact) const
{
    return std::string{string_at(services.context(now()).organisation, fact)};
}

Frame Desk::frame(const Visitor& visitor, std::string title, std::string here) const
{
    return {
        .visitor = visitor,
        .house = of_house("name"),
        .title = std::move(title),
        .here = std::move(here)};
}

Visitor Desk::visitor(const http::Call& call) const
{
    return visitor_of(call.request, services.public_url);
}

std::vector<Refusal> Desk::check_rate(Doing doing, const Visitor& visitor)
{
    const auto budget = budget_of(doing);
    const auto allowance = limiter_.take(key_of(doing, visitor), budget.rate, now(), budget.cost);
    if (allowance.is_allowed)
        return {};
    const auto wait = std::chrono::ceil<std::chrono::minutes>(allowance.retry_after);
    return {{"portal_too_many", "", {{"minutes", std::to_string(wait.count())}}}};
}

Desk::Opened Desk::open(const http::Call& call, const http::Form& form, std::string_view purpose)
{
    Opened opened;
    const auto visitor = this->visitor(call);
    opened.refusals = check_rate(Doing::send, visitor);
    if (!opened.refusals.empty())
        return opened;
    opened.form = seal.open_form(form.field("seal"), purpose, now());
    if (!is_own_page(call.request, services.public_url) || !opened.form)
        opened.refusals.push_back({"portal_form_old", "", {}});
    else if (!form.field("website").empty())
        opened.refusals.push_back({"portal_trap_filled", "", {}});
    else if (now() - opened.form->issued_at < shortest_fill)
        opened.refusals.push_back({"portal_too_fast", "", {}});
    return opened;
}

std::vector<messages::NewAttachment> Desk::store(const http::Form& form)
{
    std::vector<messages::NewAttachment> stored;
    for (const auto& file : form.files) {
        messages::NewAttachment attachment;
        attachment.file_name = messages::safe_file_name(file.file_name);
        attachment.media_type = messages::media_type_of(file.bytes, attachment.file_name);
        attachment.bytes = static_cast<std::int64_t>(file.bytes.size());
        attachment.sha256 = services.blobs.put(file.bytes);
        stored.push_back(std::move(attachment));
    }
    return stored;
}

http::Response Desk::go_to(const Visitor& visitor, const std::string& path) const
{
    if (visitor.wants_json)
        return {.body = json::serialize(json::object{{"location", path}})};
    http::Response response{.status = 303, .content_type = "text/plain; charset=utf-8"};
    response.set("Location", path);
    return response;
}

void Desk::remember_language(http::Response& response, const Visitor& visitor) const
{
    if (!visitor.chose_language)
        return;
    const Cookie cookie{language_cookie, code_of(visitor.lang), "/", language_kept_s};
    response.headers.emplace_back("Set-Cookie", to_header(cookie, is_secure(visitor)));
}

void Desk::announce(
    http::Response& response,
    const Visitor& visitor,
    std::string_view path,
    std::string_view news
) const
{
    const Cookie cookie{news_cookie, news, path, news.empty() ? 0 : news_kept_s};
    response.headers.emplace_back("Set-Cookie", to_header(cookie, is_secure(visitor)));
}

Once once_of(const SealedForm& form, std::string_view purpose, const http::Form& sent)
{
    std::string said;
    for (const auto& [name, value] : sent.fields)
        if (name != "seal")
            said += name + "\n" + value + "\n\n";
    for (const auto& file : sent.files)
        said += sha256_hex(file.bytes);
    return {sha256_hex({purpose, " ", form.nonce}), sha256_hex(said)};
}

}  // namespace redress::portal
