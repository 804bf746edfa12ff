#include "language/quoted.hpp"

#include "base/text.hpp"
#include "language/fold.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <rapidcheck.h>

using namespace redress;
using namespace redress::language;

namespace {

/// The own lines, without blank ones.
std::string kept(std::string_view message)
{
    const std::string own = own_words(message);
    CHECK(count_code_points(own) == count_code_points(message));
    std::string lines;
    for (const auto line : split(own, '\n'))
        if (!trim(line).empty())
            lines += std::string{trim(line)} + "\n";
    return lines;
}

}  // namespace

TEST_CASE("quoted lines and headings of earlier mails are not the writer's words")
{
    CHECK(
        kept("Still broken!\n\nOn Tue, 3 Mar 2026 at 09:14, Ann <a@b.c> wrote:\n> We are sorry.\n"
        ) == "Still broken!\n"
    );
    CHECK(
        kept("Still broken!\n\nOn Tue, 3 Mar 2026 at 09:14,\nAnn <a@b.c>\nwrote:\n\nWe are sorry.\n"
        ) == "Still broken!\n"
    );
    CHECK(kept("> Is it fixed?\nNo.\n> Did you call?\nTwice.\n") == "No.\nTwice.\n");
    CHECK(kept("On Monday he wrote:\n> first\nmy answer\n> second\n") == "my answer\n");
    CHECK(kept("太慢了\n在 2026年3月3日 09:14，客服 <a@b.c> 写道：\n非常抱歉\n") == "太慢了\n");
    CHECK(
        kept("太慢了\n------------------ 原始邮件 ------------------\n发件人: 客服\n非常抱歉\n") ==
        "太慢了\n"
    );
    CHECK(
        kept("太慢了\n发件人：客服\n发送时间：2026年3月3日\n收件人：我\n\n非常抱歉\n") == "太慢了\n"
    );
    CHECK(kept("Too slow\n-----Original Message-----\nFrom: Ann\nSorry\n") == "Too slow\n");
    CHECK(kept("Too slow\nFrom: Ann\nSent: Tuesday\nTo: me\n\nSorry\n") == "Too slow\n");
}

TEST_CASE("signatures and what a device adds are not the writer's words")
{
    CHECK(
        kept("I want my money.\n-- \nBob Smith\nDirector\n+1 555 0100\n") == "I want my money.\n"
    );
    CHECK(kept("I want my money.\n\nKind regards,\nBob Smith\n") == "I want my money.\n");
    CHECK(kept("退钱\n\n此致\n敬礼\n王伟\n") == "退钱\n");
    CHECK(kept("退钱\n发自我的iPhone\n") == "退钱\n");
    CHECK(
        kept("Refund me\n\nSent from my iPhone\n\nOn 3 March Ann wrote:\n> Hello\n") ==
        "Refund me\n"
    );
}

TEST_CASE("what only looks like a quotation stays")
{
    const std::vector<std::string> own{
        "From: the very first day nothing worked.\nNothing at all.\n",
        "On Monday I called you.\nOn Tuesday I called again.\n",
        "He wrote: pay up.\n",
        "Sent from my office it took a day.\nThen it vanished.\n",
        "--\nThis is a long complaint that goes on for much longer than any signature would, because "
        "everything that could go wrong with this order did go wrong and nobody has answered me in "
        "three weeks of calling.\n",
        "你们在2026年3月3日答应过的事没有做到\n到现在还没人理\n",
        "Best\n",
    };
    for (const auto& text : own)
        CHECK(own_words(text) == text);
}

TEST_CASE("nothing moves, whatever the bytes")
{
    rc::check([] {
        const auto piece = rc::gen::elementOf(std::vector<std::string>{
            ">",
            "\n",
            " ",
            "On 3 March x wrote:",
            "-- ",
            "\r\n",
            "退款",
            "\xFF",
            "From: a",
            "To: b",
            "Regards",
            "发自我的iPhone",
            "原始邮件",
            "a",
            "写道：",
            "2026"});
        std::string text;
        for (const auto& part : *rc::gen::container<std::vector<std::string>>(piece))
            text += part;
        const std::string own = own_words(text);
        const Folded before{text};
        const Folded after{own};
        RC_ASSERT(before.original_size() == after.original_size());
        RC_ASSERT(own_words(own).size() == own.size());
    });
}

TEST_CASE("mails of the collection: what email_reply_parser's tests keep is kept")
{
    const std::filesystem::path folder = std::filesystem::path{REDRESS_SOURCE_DIR} /
                                         "../shared/data/email/email_reply_parser/test/emails";
    if (!std::filesystem::exists(folder)) {
        MESSAGE("no ../shared/data/email; passed over");
        return;
    }
    const auto read = [&](const char* name) {
        std::ifstream file{folder / name};
        return kept(std::string{std::istreambuf_iterator<char>{file}, {}});
    };
    CHECK(read("email_1_4.txt").starts_with("Awesome! I haven't had another problem with it."));
    CHECK(read("email_1_4.txt").find("Loader seems to be working") == std::string::npos);
    CHECK(read("email_iPhone.txt") == "Here is another email\n");
    CHECK(read("email_BlackBerry.txt") == "Here is another email\n");
    CHECK(read("email_1_2.txt").find("You can list the keys for the bucket") != std::string::npos);
    CHECK(read("email_1_2.txt").find("best way to clear") == std::string::npos);
    CHECK(
        read("email_sent_from_my_not_signature.txt").find("Sent from my desk") != std::string::npos
    );
    CHECK(read("email_one_is_not_on.txt").find("One outstanding question") != std::string::npos);
    CHECK(read("email_2_1.txt").starts_with("Outlook with a reply"));
    CHECK(read("email_2_1.txt").find("Google Apps Sync") == std::string::npos);
}
