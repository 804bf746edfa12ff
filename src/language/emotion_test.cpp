#include "language/emotion.hpp"

#include "base/text.hpp"
#include "language/emotion_training.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace redress;
using namespace redress::language;

namespace {

const EmotionReader& reader()
{
    static const auto built_in = EmotionReader::built_in();
    return *built_in;
}

std::string_view at(std::string_view text, Span span)
{
    const auto before = first_code_points(text, span.begin);
    return first_code_points(text.substr(before.size()), span.size());
}

bool has_flag(const Emotion& emotion, std::string_view flag)
{
    return std::ranges::find(emotion.risks, flag, &Risk::flag) != emotion.risks.end();
}

}  // namespace

TEST_CASE("feelings of both languages are told apart")
{
    struct Row {
        std::string_view text;
        Feeling leading;
        int least_anger;
        int most_anger;
    };
    const std::vector<Row> table{
        {"你们的客服态度太差了，三天了没人管！", Feeling::angry, 1, 3},
        {"你們的客服態度太差了，三天了沒人管！", Feeling::angry, 1, 3},
        {"什么垃圾公司，骗子！滚！", Feeling::angry, 3, 3},
        {"非常失望，买了才一周就坏了", Feeling::sad, 0, 1},
        {"我很担心这个会不会影响我的征信，急死了", Feeling::anxious, 0, 1},
        {"谢谢你们，问题解决得很快，非常满意", Feeling::pleased, 0, 0},
        {"请问我的订单什么时候能发货？", Feeling::calm, 0, 0},
        {"You people are idiots, this is fucking unacceptable", Feeling::angry, 2, 3},
        {"I am really disappointed with the service I received.", Feeling::sad, 0, 1},
        {"I am worried that my money is gone, please help", Feeling::anxious, 0, 1},
        {"Thank you so much, the issue has been resolved quickly.", Feeling::pleased, 0, 0},
        {"Could you tell me when my order will arrive?", Feeling::calm, 0, 0},
        {"", Feeling::calm, 0, 0},
        {"。。。！？", Feeling::calm, 0, 0}};
    for (const Row& row : table) {
        CAPTURE(row.text);
        const Emotion emotion = reader().read(row.text);
        CHECK(emotion.leading == row.leading);
        CHECK(emotion.anger >= row.least_anger);
        CHECK(emotion.anger <= row.most_anger);
    }
}

TEST_CASE("a feeling shows the words that gave it away")
{
    const std::string text = "Hello, I am really disappointed with it.";
    const Emotion emotion = reader().read(text);
    const auto& evidence = emotion[Feeling::sad].evidence;
    REQUIRE(!evidence.empty());
    CHECK(std::ranges::any_of(evidence, [&](const Evidence& one) {
        return at(text, one.span) == "disappointed";
    }));
    const std::string chinese = "您好，𠮷先生，非常失望。";
    const Emotion sad = reader().read(chinese);
    CHECK(std::ranges::any_of(sad[Feeling::sad].evidence, [&](const Evidence& one) {
        return at(chinese, one.span).find("失望") != std::string_view::npos;
    }));
}

TEST_CASE("only the customer's own words count")
{
    const std::string mail =
        "请问什么时候能发货？\n\n在 2026年3月3日，客服 写道：\n> 什么垃圾公司，骗子！我要找律师\n";
    const Emotion emotion = reader().read(mail);
    CHECK(emotion.anger == 0);
    CHECK(emotion.risks.empty());
}

TEST_CASE("both languages of one text are read")
{
    const Emotion emotion = reader().read(
        "我上个星期收到了这个包裹，型号是对的。 You people are fucking idiots and I hate this company, answer me now"
    );
    CHECK(emotion.anger >= 2);
}

TEST_CASE("risk words raise flags, and their denial does not")
{
    struct Row {
        std::string_view text;
        std::string_view flag;
        std::string_view words;
    };
    const std::vector<Row> found{
        {"再不处理我就找媒体曝光", "media", "找媒体"},
        {"我要打12315举报", "regulator", "12315"},
        {"我已經請律師了", "legal", "请律师"},
        {"充电器漏电，孩子被电到了", "safety", "漏电"},
        {"我真的不想活了", "self_harm", "不想活"},
        {"你给我等着", "threat", "给我等着"},
        {"打了八次电话都没人接", "repeat", "打了八次"},
        {"这是我第三次投诉了", "repeat", "第三次投诉"},
        {"I will contact my lawyer", "legal", "my lawyer"},
        {"I'll report this to the CFPB", "regulator", "CFPB"},
        {"The kettle caught fire", "safety", "caught fire"},
        {"I want to die", "self_harm", "want to die"},
        {"This is the third time I write", "repeat", "third time"},
        {"You will regret this", "threat", "You will regret"},
        {"I will go public", "media", "go public"}};
    for (const Row& row : found) {
        CAPTURE(row.text);
        const Emotion emotion = reader().read(row.text);
        REQUIRE(has_flag(emotion, row.flag));
        const auto& risk = *std::ranges::find(emotion.risks, row.flag, &Risk::flag);
        CHECK(to_folded(at(row.text, risk.span)) == to_folded(row.words));
        CHECK(emotion.anger == 3);
    }
    for (const std::string_view text :
         {"我不会起诉你们，只想要个说法",
          "我没打算找律师",
          "不用找媒体",
          "I am not going to sue you",
          "I don't want to contact a lawyer",
          "I would never go public",
          "请问怎么开发票",
          "我第一次投诉",
          "I asked twice whether it works"})
        CHECK_MESSAGE(reader().read(text).risks.empty(), text);
}

TEST_CASE("spans lie in the text, whatever the text")
{
    rc::check([] {
        const auto piece = rc::gen::elementOf(std::vector<std::string>{
            "失望",
            "律师",
            "曝光",
            "不会",
            "lawyer",
            "sue you",
            " ",
            "\n",
            "> ",
            "😡",
            "\xFF",
            "電",
            "fuck",
            "，",
            "ﬁre",
            "On fire",
            "e\xCC\x81",
            "打了3次"});
        std::string text;
        for (const auto& part : *rc::gen::container<std::vector<std::string>>(piece))
            text += part;
        const Emotion emotion = reader().read(text);
        const auto size = count_code_points(text);
        for (const Felt& felt : emotion.feelings) {
            RC_ASSERT(felt.confidence >= 0 && felt.confidence <= 1);
            for (const Evidence& evidence : felt.evidence)
                RC_ASSERT(!evidence.span.empty() && evidence.span.end <= size);
        }
        for (const Risk& risk : emotion.risks)
            RC_ASSERT(!risk.span.empty() && risk.span.end <= size);
        RC_ASSERT(emotion.anger >= 0 && emotion.anger <= 3);
    });
}

TEST_CASE("a text of a megabyte is read in bounded time")
{
    std::string text;
    while (text.size() < (std::size_t{1} << 20))
        text += "我要找律师曝光你们 not going to sue 打了八次 > 第三次投诉\n";
    const Emotion emotion = reader().read(text);
    CHECK(emotion.anger == 3);
    CHECK(emotion.risks.size() <= 20 * 7);
}

TEST_CASE("over a case: now, worst, course and flags")
{
    const std::vector<Emotion> messages{
        reader().read("请问什么时候发货？"),
        reader().read("再不处理我就找律师，曝光你们"),
        reader().read("谢谢你们，问题解决了，非常满意")};
    const CaseEmotion rising = over_case(std::span{messages}.first(2));
    CHECK(rising.anger_now == 3);
    CHECK(rising.course == CaseEmotion::Course::rising);
    CHECK(rising.flags == std::vector<std::string>{"legal", "media"});
    const CaseEmotion whole = over_case(messages);
    CHECK(whole.anger_now == 0);
    CHECK(whole.anger_at_most == 3);
    CHECK(whole.leading == Feeling::pleased);
    CHECK(whole.course == CaseEmotion::Course::falling);
    CHECK(over_case({}).course == CaseEmotion::Course::steady);
}

TEST_CASE("the rules' file is checked where it is written")
{
    const auto line = [](std::string_view toml) {
        const auto rules = RiskRules::read(toml);
        return rules ? std::string{"fine"} : rules.error().refusals.front().params.front().second;
    };
    const std::string head = "schema = \"redress.risks/1\"\n";
    CHECK(
        line(head + "[[risk]]\nflag = \"a\"\ntitle = {en = \"A\", zh = \"甲\"}\nen = [\"x\"]\n") ==
        "fine"
    );
    CHECK(line(head + "[[risk]]\nflag = \"a\"\n") == "2");
    CHECK(line(head + "[[risk]]\nflag = \"a\"\ntitle = {en = \"A\"}\nzh = [\"(\"]\n") == "2");
    CHECK(line("x = [") != "fine");
    CHECK(line("schema = \"other\"\n") == "1");
    for (const auto& [flag, title] : RiskRules::built_in().flags())
        CHECK((!title.en.empty() && !title.zh.empty()));
}

TEST_CASE("figures are counted as the books say")
{
    CHECK(area_under_curve({{0.1F, false}, {0.4F, true}, {0.35F, false}, {0.8F, true}}) == 1);
    CHECK(area_under_curve({{0.5F, false}, {0.5F, true}}) == doctest::Approx(0.5));
    CHECK(area_under_curve({{0.9F, false}, {0.1F, true}}) == 0);
    const std::vector<std::pair<float, bool>> scored{{0.9F, true}, {0.8F, false}, {0.1F, true}};
    CHECK(f1_at(scored, 0.5F) == doctest::Approx(0.5));
    const std::vector<std::pair<float, float>> pairs{{1, 2}, {2, 4}, {3, 6}};
    CHECK(pearson(pairs) == doctest::Approx(1));
}

TEST_CASE("an emotion model learns, reads back the same and refuses damage")
{
    std::vector<FeltText> texts;
    for (int i = 0; i < 60; ++i) {
        const bool is_angry = i % 2 == 0;
        const std::string number = std::to_string(i);
        texts.push_back(
            {is_angry ? "terrible awful number " + number : "lovely fine number " + number,
             {is_angry ? 2.0F : 0.0F, 0, 0, is_angry ? 0.0F : 2.0F},
             1,
             true,
             true,
             false}
        );
    }
    const TrainedEmotion one = train_emotion(texts);
    CHECK(one.figures[0].auc > 0.99);
    CHECK(one.figures[0].f1 > 0.95);
    CHECK(one.figures[0].pearson > 0.9);
    const EmotionModel model{one.part, train_emotion(texts).part, "test"};
    const std::string file = model.write();
    const auto read = EmotionModel::read(file);
    REQUIRE(read.has_value());
    CHECK(read->write() == file);
    CHECK(read->sources == "test");
    CHECK(read->zh.calibrations == read->en.calibrations);
    std::string damaged = file;
    damaged[file.size() / 2] = static_cast<char>(damaged[file.size() / 2] ^ 1);
    CHECK(!EmotionModel::read(damaged).has_value());
    CHECK(!EmotionModel::read({}).has_value());
}

TEST_CASE("a calibration runs through its knots and stays between 0 and 3")
{
    const Calibration calibration{0.5F, 4, 1, 2, {{0, 0}, {1, 1}, {2, 2.5F}}};
    CHECK(calibration.confidence(0.5F) == doctest::Approx(0.5));
    CHECK(calibration.amount(-5) == 0);
    CHECK(calibration.amount(0.5F) == doctest::Approx(0.5));
    CHECK(calibration.amount(1.5F) == doctest::Approx(1.75));
    CHECK(calibration.amount(9) == 3);
    CHECK(calibration.level(0.4F) == 0);
    CHECK(calibration.level(0.6F) == 1);
    CHECK(calibration.level(1.2F) == 2);
    CHECK(calibration.level(3) == 3);
}
