#include "language/classifier_training.hpp"
#include "language/features.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <set>

using namespace redress;
using namespace redress::language;

namespace {

std::set<std::uint32_t> hashes_of(std::string_view text)
{
    std::vector<Feature> features;
    collect_features(Folded{text}, features);
    std::set<std::uint32_t> hashes;
    for (const Feature& feature : features)
        hashes.insert(feature.hash);
    return hashes;
}

/// Complaints about three things, said in many ways.
std::vector<LabelledText> lessons()
{
    const std::vector<std::pair<std::string, std::vector<std::string>>> about{
        {"delivery", {"parcel", "courier", "快递", "物流", "包裹", "delivery"}},
        {"billing", {"invoice", "charged twice", "扣款", "账单", "发票", "refund"}},
        {"repair", {"broken", "repair", "坏了", "维修", "漏水", "warranty"}}};
    const std::vector<std::string> ways{
        "the {} again",
        "请看一下{}",
        "my {} please",
        "{}怎么办",
        "still no {}",
        "关于{}的问题",
        "{} {}",
        "我的{}呢",
        "where is the {}",
        "{}!"};
    std::vector<LabelledText> texts;
    for (const auto& [label, words] : about)
        for (const auto& word : words)
            for (const auto& way : ways)
                texts.push_back({label, fmt::format(fmt::runtime(way), word, word)});
    return texts;
}

}  // namespace

TEST_CASE("what reads the same has the same features")
{
    CHECK(hashes_of("ＲＥＦＵＮＤ 退貨") == hashes_of("refund 退货"));
    CHECK(hashes_of("refund") != hashes_of("refunds"));
    CHECK(hashes_of("退货") != hashes_of("货退"));
    CHECK(hashes_of("!") != hashes_of("!!!"));
    CHECK(hashes_of(" \n\t").empty());
}

TEST_CASE("features stand inside the text, and a long text is read up to its limit")
{
    rc::check([](const std::string& text) {
        const Folded folded{text};
        std::vector<Feature> features;
        collect_features(folded, features);
        for (const Feature& feature : features)
            RC_ASSERT(feature.begin <= feature.end && feature.end <= folded.size());
    });
    std::vector<Feature> features;
    collect_features(Folded{std::string(200'000, 'a')}, features);
    CHECK(features.size() <= 14 * max_scored_characters);
}

TEST_CASE("a classifier learns what the labels mean and says how sure it is")
{
    const auto texts = lessons();
    const auto classifier = train_classifier(texts);
    REQUIRE(classifier.has_value());
    CHECK(evaluate(*classifier, texts).macro_f1 > 0.95);
    const Verdict verdict = classifier->classify("你好，我的快递丢了，where is the courier?");
    CHECK(verdict.guesses.front().label == "delivery");
    CHECK(!verdict.is_unsure);
    float sum = 0;
    for (const Guess& guess : verdict.guesses)
        sum += guess.confidence;
    CHECK(sum == doctest::Approx(1));
    CHECK(classifier->classify("完全不同的内容 zzz").is_unsure);
    CHECK(classifier->classify("").is_unsure);
    CHECK(classifier->classify("?!。").guesses.size() == 3);
}

TEST_CASE("a classifier shows the words that speak for a label")
{
    const auto classifier = train_classifier(lessons());
    REQUIRE(classifier.has_value());
    const std::string text = "请问维修 的 invoice";
    const auto repair = classifier->explain(text, "repair");
    REQUIRE(repair.size() >= 1);
    CHECK(repair.front().span.overlaps({2, 4}));
    CHECK(!repair.front().span.overlaps({7, 14}));
    const auto billing = classifier->explain(text, "billing");
    REQUIRE(billing.size() >= 1);
    CHECK(billing.back().span == Span{7, 14});
    CHECK(classifier->explain(text, "no such label").empty());
    CHECK(classifier->explain(text, "billing", 0).empty());
}

TEST_CASE("the same texts give the same file, and what is read back answers alike")
{
    const auto texts = lessons();
    const auto one = train_classifier(texts);
    const auto two = train_classifier(texts);
    REQUIRE((one.has_value() && two.has_value()));
    const std::string file = one->write();
    CHECK(file == two->write());
    const auto read = Classifier::read(file);
    REQUIRE(read.has_value());
    CHECK(read->write() == file);
    for (const auto& text : texts)
        CHECK(
            read->classify(text.text).guesses.front().confidence ==
            one->classify(text.text).guesses.front().confidence
        );
}

TEST_CASE("a damaged model is refused, whichever byte it is")
{
    const auto classifier = train_classifier(lessons());
    REQUIRE(classifier.has_value());
    const std::string file = classifier->write();
    rc::check([&] {
        std::string damaged = file;
        const auto at = *rc::gen::inRange<std::size_t>(0, file.size());
        damaged[at] = static_cast<char>(damaged[at] ^ *rc::gen::inRange(1, 256));
        RC_ASSERT(!Classifier::read(damaged).has_value());
        RC_ASSERT(!Classifier::read(file.substr(0, at)).has_value());
    });
    CHECK(Classifier::read("").error().refusals.front().code == "model_unreadable");
}

TEST_CASE("numbers that do not hold together are refused even with a right checksum")
{
    ByteWriter out;
    out.put_number(2);
    out.put_text("a");
    out.put_text("b");
    out.put_real(1);
    out.put_real(0.5F);
    out.put_number(2);  // heads
    for (int i = 0; i < 4; ++i)
        out.put_real(1);
    out.put_number(3);  // terms, of which one is there
    out.put_number(7);
    out.put_byte(16);
    CHECK(!Classifier::read(sealed("redress classifier 1", out.bytes())).has_value());
    CHECK(!Classifier::read(sealed("redress classifier 2", out.bytes())).has_value());
}

TEST_CASE("bytes are read back as written, and never beyond their end")
{
    ByteWriter out;
    out.put_number(300);
    out.put_text("退款");
    out.put_real(-1.5F);
    out.put_byte(7);
    ByteReader in{out.bytes()};
    CHECK(in.number() == 300);
    CHECK(in.text() == "退款");
    CHECK(in.real() == -1.5F);
    CHECK(in.byte() == 7);
    CHECK((in.is_whole() && in.is_at_end()));
    CHECK(in.byte() == 0);
    CHECK(!in.is_whole());
    for (const std::string_view bytes :
         {std::string_view{"\x03"
                           "ab"},
          std::string_view{"\xFF"}}) {
        ByteReader cut{bytes};
        CHECK(cut.text().empty());
        CHECK(!cut.is_whole());
    }
    rc::check([](const std::string& bytes) {
        ByteReader any{bytes};
        while (!any.is_at_end()) {
            const auto rest = any.rest().size();
            static_cast<void>(any.text());
            RC_ASSERT(any.rest().size() < rest);
        }
    });
}

TEST_CASE("training refuses what cannot be learned from")
{
    const auto code = [](const auto& result) { return result.error().refusals.front().code; };
    CHECK(code(read_labelled_texts("a\tone\nno tab here\n")) == "training_line");
    CHECK(code(read_labelled_texts("\ttext\n")) == "training_line");
    const auto texts = read_labelled_texts(
        "\xEF\xBB\xBF"
        "a\tone\ttab\r\n\nb\ttwo"
    );
    REQUIRE(texts.has_value());
    REQUIRE(texts->size() == 2);
    CHECK(texts->at(0).label == "a");
    CHECK(texts->at(0).text == "one\ttab");
    CHECK(code(train_classifier(*texts)) == "training_too_few_texts");
    const std::vector<LabelledText> same(12, {"a", "text"});
    CHECK(code(train_classifier(same)) == "training_too_few_labels");
}

TEST_CASE("evaluation counts as the books say")
{
    const auto classifier = train_classifier(lessons());
    REQUIRE(classifier.has_value());
    const std::vector<LabelledText> texts{
        {"delivery", "快递"},
        {"delivery", "courier parcel"},
        {"billing", "快递"},
        {"unseen", "维修"}};
    const Score score = evaluate(*classifier, texts);
    CHECK(score.texts == 4);
    CHECK(score.accuracy == doctest::Approx(0.5));
    REQUIRE(score.labels.size() == 4);
    CHECK(score.labels[1].label == "delivery");
    CHECK(score.labels[1].precision == doctest::Approx(2.0 / 3));
    CHECK(score.labels[1].recall == doctest::Approx(1));
    CHECK(score.labels[1].f1 == doctest::Approx(0.8));
    CHECK(score.macro_f1 == doctest::Approx(0.8 / 3));
    CHECK(score.confusion[0][1] == 1);
}
