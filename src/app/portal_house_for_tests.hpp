#pragma once

#include "app/house_for_tests.hpp"
#include "http/router.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace redress::app {

/// Somebody with a browser and no account: follows redirects, keeps cookies, runs no script.
class Stranger {
public:
    explicit Stranger(TestProgram& program, Lang lang = Lang::zh);

    struct Chosen {
        std::string name;
        std::string bytes;
    };
    using Fields = std::map<std::string, std::string, std::less<>>;

    http::Response get(std::string_view path);
    /// Opens the page and sends its form as a browser does, a minute later.
    http::Response
    send(std::string_view path, const Fields& fields, const std::vector<Chosen>& files = {});
    /// The request itself, for what no browser does.
    http::Response
    post(std::string_view path, const Fields& fields, const std::vector<Chosen>& files);
    /// Sends a complaint and gives the path of its own page.
    std::string file(const Fields& fields = {}, const std::vector<Chosen>& files = {});
    /// The seal of the form on the page.
    std::string seal_on(std::string_view path);

    http::Request next{};  ///< headers and more for the next requests
    http::Response last{};

private:
    http::Response ask(http::Request request);
    void keep_cookies(const http::Response& response);

    TestProgram& program_;
    http::Router router_;
    Fields cookies_;
};

/// The case behind a page of the portal.
[[nodiscard]] cases::Case case_behind(TestProgram& program, std::string_view path);

/// The events of a case by their kinds, oldest first.
[[nodiscard]] std::vector<ledger::Event> events_of(TestProgram& program, CaseId id);
[[nodiscard]] bool has_happened(TestProgram& program, CaseId id, std::string_view kind);

/// Whether the text stands in the page.
[[nodiscard]] bool has(const http::Response& response, std::string_view text);
/// "" when there is none.
[[nodiscard]] std::string header(const http::Response& response, std::string_view name);

}  // namespace redress::app
