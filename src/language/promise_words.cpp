#include "language/promise_words.hpp"

#include <re2/re2.h>
#include <string>

namespace redress::language {
namespace {

re2::StringPiece piece(std::string_view text)
{
    return {text.data(), text.size()};
}

bool has(std::string_view text, const RE2& pattern)
{
    return RE2::PartialMatch(piece(text), pattern);
}

bool is_chinese(std::string_view text)
{
    static const RE2 han{R"(\p{Han})"};
    return has(text, han);
}

const RE2& chinese_acts()
{
    static const RE2 acts{
        "给(您|你)(个|去|打)?电话|通报|回电|回复|回覆|回话|回音|回信|回访|答复|致电|去电|来电|联系|打电话|打给|电话(给|告|通|里)|拨打|反馈|告知|告诉|通知|转告|说明|同步"
        "|退款|退还|退回|退给|退到|退至|退您|退掉|全退|退费|退货|返还|赔付|赔偿|赔给|补偿|补给|补到|补发|补寄|补送|补回|重发|重寄|重新(发|寄|送|安排|配送|制作|开)"
        "|寄出|寄给|寄到|寄送|邮寄|发出|发货|发给|发到|发送|发您|送达|送到|送去|送来|送货|送给|送上|配送|派送|投递|上门|到家|到场|到现场|到达|抵达|赶到|过去|过来|登门"
        "|派人|派师傅|派车|派员|安排|更换|换新|换货|调换|换一|换好|维修|修好|修复|修理|检修|抢修|排查|检测|恢复|解决|处理|办理|办好|办结|办妥|办完|完成|做完|做好"
        "|核实|核查|查清|查明|查完|查好|调查|调取|核对|跟进|跟踪|盯着|到账|入账|进账|打款|打到|打回|转账|转给|汇款|划转|撤销|取消|关闭|注销|解绑|解冻|解除|开通|更正|更新|修正|删除|下架|上线"
        "|给(您|你)?(一个|个|出|到|份|句)?(明确|准确|正式|确切|满意|书面|最终)?的?(一个|个)?(答复|说法|结果|交代|方案|回应|准信|消息|信儿|信|结论|报告|处理|解释|进展|时间|说明|安排)"
        "|出结果|有结果|有答复|有消息|出具|交付|提供|发放|充值|充回|减免|冲减|免除|调整|落实|整改|清理|清运|清除|拆除|施工|修剪|补种|开具|补开|补办|制作|办出|登记|受理|立案|提交|上报|汇报|移交|转交|转办|约谈|当面|见面|拜访|道歉信|交到|送修|取件|取货|取走|上架|整理|装好|安装|调试|重做|续上|接通|通水|通电|供水|供电|供暖|消除|打扫|出发"};
    return acts;
}

const RE2& english_acts()
{
    static const RE2 acts{
        R"(\b(call|ring|phone|email|e-mail|mail|write|text|message|contact|update|tell|inform|confirm|reply|answer|respond|refund|credit|pay|reimburse|transfer|return|replace|exchange|send|ship|post|dispatch|deliver|courier|bring|repair|fix|mend|restore|reconnect|resolve|sort|settle|correct|amend|remove|cancel|close|reopen|reverse|waive|arrange|book|check|review|investigate|look|find|follow|give|get|have|let|come|visit|collect|pick|issue|provide|complete|finish|report|explain|put|make|do|be|go|back)\b)"};
    return acts;
}

bool is_no_chinese_promise(const Judged& judged)
{
    static const RE2 denial{
        "不会|不能|无法|没法|没办法|不可能|难以|不一定|保证不了|不敢保证|不保证|做不到|不确定|来不及|未必|不予|暂不|还没|没能|尚未|未能|未在|没在|没给|(^|[^有])没(有[^,。]|[^有。])|别再|赶不上|赶不及|休假|出差|不在|开会|放假|有什么办法|大\x01|\x01的(遭遇|经历|事|情况|体验|投诉|感受)"};
    static const RE2 doubt{
        "可能|也许|大概|或许|争取|尽量|尽可能|力争|应该|估计|希望|看看|看能|能否|想办法|试试|尽力|尽早|差不多|不排除|恐怕|原则上|一般|通常|正常|平均|往往|平时|理论上|营业时间|工作时间|服务时间|上班时间|营业至|建议|打算|考虑|最快|顺利的话|或者|目标|计划|预估"};
    static const RE2 past{
        "已经|已于|已在|已将|已为|已给|已向|已把|已完成|已处理|已退|已发|曾|刚才|刚刚|昨天|昨日|昨晚|前天|上周|上次|上个月|当时|本来|原本|原定|原计划|此前|之前(说|答|承)|早就|一直|说好|答应过|说过|承诺过"
        "|[款复理好发寄系电决成办送账知排货过新修]了([^给再就之后马跟向为]|$)"};
    static const RE2 arranged{
        "(约|订|安排|定|排|留|叫)(好|妥|到|上)?了|已(经)?(为您|给您|帮您|替您|跟|和|请|与|向)?.{0,12}(安排|通知|让|派|约|预约|叮嘱|交代|协调|联系|申请|加急|请|要求|催|定|商定|排)[^\x01]{0,24}\x01"};
    static const RE2 customers_act{
        "请(您|你)?(先|再|尽快|尽早|务必|于|在|将|把|提供|携带|带|联系|留意|耐心|等|补|提交|保持|关注|准备|登录|拨打|前往|回复|确认|配合|\x01)|麻烦(您|你)|劳烦|烦请|敬请|需要(您|你)|建议(您|你)|要求(您|你)"
        "|(^|[^给为帮向与跟和同替对系知诉复还赔偿让陪到退补])[您你](们)?(也|还|都)?(可以?|需要?|要|应该?|得|必须|务必|先|再|自己|本人|只要|只需|记得|尽早|尽快|直接|在\x01|\x01|于\x01|方便)"
        "|给我|退我|赔我|联系我|回我|找我|告诉我|答复我|通知我|补我|为我|帮我|让我等|跟我"};
    static const RE2 receives{
        "[您你](们)?.{0,24}(收到|看到|接到|拿到|得到|用上|查到|领到|取到|听到)"};
    static const RE2 reported{
        "(^|[^跟对向和给与同替为])[您你](们)?(之前|当时|刚才|昨天|曾|也|还)?(要求|希望|提出|想要|认为|表示|期待|问|说|提到|反映|打算|准备|计划|原来|本来)|(他|她|他们|对方|店员|客服|同事|商家|师傅|销售)(当时|之前|曾|原来)?(说|答应|告诉|许诺)|称"};
    static const RE2 norm{
        "(规定|规则|条例|办法|条款|法律|协议|合同|制度|标准|流程|政策).{0,30}(应|须|可|为|是|要|在|\x01)|时效(为|是)|周期(为|是)|期限(为|是)|有效期|活动|优惠券.{0,12}有效"};
    static const RE2 question{
        "可以吗|好吗|行吗|方便吗|是否|能否|可否|能不能|要不要|什么时候|几点|好不好|行不行|可好|怎么样|如何"};
    static const RE2 duty{
        "(规定|条例|法律|合同|协议|条款).{0,40}(应|须|可)|应当|应在|应于|须在|须于"};
    const auto text = judged.clause;
    if (has(text, denial) || has(text, doubt) || has(text, question) || has(text, reported) ||
        has(text, norm))
        return true;
    if (has(std::string{judged.before} + std::string{text}, duty))
        return true;
    if (has(text, past) && !has(text, arranged))
        return true;
    return has(text, customers_act) && !has(text, receives);
}

bool is_chinese_condition(const Judged& judged)
{
    static const RE2 condition{
        "如果|如(需|您|有|若|遇|能|确|无|是|未|属|经|对方|检测|结果|你|查)|若(是|您|有|无|需|能|确|未|属|检测|对方|查|经|为|你|商家|当)?|要是|倘若|假如|假使|万一|只要|一旦|除非|的话(,|就|我|则|那|$|\x01)|前提|视情况|取决于|根据.{0,10}情况"
        "|(等|待)[^\x01,]{1,20}(后|再|之后|以后|了)"
        "|(您|你|商品|货物|快递|包裹|材料|资料|样品|退货|审核|审批|批准|批复|签收|寄回|退回|鉴定)[^\x01,]{0,14}(后|之后|以后)"};
    static const RE2 event{"(后|之后|以后|起|之时|时)的?,?(我|我们|会|将|在|于|的|,)*\x01"};
    const std::string until = std::string{judged.before} + std::string{judged.clause};
    if (has(until, condition))
        return true;
    return judged.is_lapse && has(until, event);
}

Promiser chinese_promiser(std::string_view text)
{
    static const RE2 colleague{
        "^[^我]*(我们的?|我的|我方|我司)?[^我,]{0,12}(同事|主管|经理|专员|工程师|师傅|技术|财务|骑手|快递员|店长|客服|工作人员|负责人|社区|物业|维修|骑士|配送员|厂家|仓库|领导|客户经理|网格员|执法|施工)[^给,]{0,16}"};
    static const RE2 led{
        "^[^\x01]*(我|我们|我会|我来|我已|已)(会|将|来|去|也)?(经)?(为您|给您|帮您)?(安排|让|请|派|通知|约|要求|叮嘱|协调)"};
    static const RE2 writer{"(^|[^找给])(我([^们司行方店处部局院校社区]|$)|本人)"};
    static const RE2 house{"我们|我司|我行|我方|我店|我处|我部|我局|本店|本行|本公司|公司|平台"};
    if (has(text, writer) && !has(text, house))
        return Promiser::writer;
    if (has(text, colleague) && !has(text, led))
        return Promiser::colleague;
    return has(text, writer) && !has(text, house) ? Promiser::writer : Promiser::house;
}

Judgement judge_chinese(const Judged& judged)
{
    static const RE2 receives{
        "[您你](们)?.{0,24}(收到|看到|接到|拿到|得到|用上|查到|领到|取到|听到)"};
    static const RE2 named{"我|本人|咱|会|将|由|负责"};
    static const RE2 firm{"一定|保证|承诺|必定|准时|务必|答应"};
    static const RE2 estimated{"预计|预期|大约|约"};
    static const RE2 state{
        "(修|办|处理|通|查|弄|做|搞|补|装|换|铺|排|腾|备|卸|跑|核|写|改|退|出|订|买)(好|完|妥|清)|我[^,]{0,16}(会|去|来|给(您|你)|到(您|你)|跟(您|你)|帮(您|你)|替(您|你)|为(您|你)|按(您|你)|陪|带|约|再|把|到|找|拿|讲|念|盯|看|上楼|现在就|这就)|(师傅|骑手|司机|工程师|人员|护士|医生|同事|经理|店长|机器|部队|工人|电工|主任|车)[^,]{0,10}\x01+[^,]{0,8}(到|来|去|取|送|开|给)|(给|为|帮|替|陪)(您|你)(家|们)?[^,]{0,6}(退|补|换|办|查|送|寄|修|调|改|开|装|录|结|清|停|做|留|说|讲|回)|结果[^,]{0,6}\x01+[^,]{0,4}出|(^|[,\x01]|[^给找跟对向让叫替为帮])(我|我们|咱们)[^的司行店方们]|到(您|你)(的|家|手|那|这|公司|单位|店|府|床|楼)|就?(能|可以)(装|修|用|恢复|通|开|到|拿|办|收|换)|\x01+[^,]{0,4}到(货|店|岗|账|位|站|$)"};
    const bool names_it = has(judged.clause, chinese_acts()) || has(judged.clause, receives) ||
                          has(judged.clause, state);
    if (is_no_chinese_promise(judged))
        return {Saying::other, {}, 0};
    if (!names_it)
        return {Saying::nothing, {}, 0};
    if (is_chinese_condition(judged))
        return {Saying::other, {}, 0};
    double confidence = has(judged.clause, named) ? 0.92 : 0.8;
    if (has(judged.clause, firm))
        confidence += 0.05;
    if (has(judged.clause, estimated))
        confidence = 0.6;
    return {Saying::promise, chinese_promiser(judged.clause), confidence};
}

bool is_no_english_promise(const Judged& judged)
{
    static const RE2 denial{
        R"(\b(won't|will not|can't|cannot|can not|unable|not able|isn't|aren't|don't|do not|didn't|doesn't|does not|not be|never|couldn't|wouldn't|shouldn't|no guarantee|not (guarantee|promise|have|possible)|impossible|nobody|no one|haven't|hasn't|wasn't|weren't|not)\b)"};
    static const RE2 doubt{
        R"(\b(might|may|maybe|should|could|would|hope|hopefully|hoping|try|trying|aim|aims|aiming|likely|probably|perhaps|possibly|expect to|expects to|if possible|usually|normally|typically|generally|usual|as a rule|ideally|do (my|our) best|think|believe|plan to|plans to|planning|want to|wanted to|would like|we like to|target|in theory|all being well|often|sometimes|most (cases|customers|orders|refunds))\b)"};
    static const RE2 past{
        R"(\b(said|told|promised|was|were|had|ago|yesterday|last (night|week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|already|did|used to|called you|has been (?:closed|refunded|sent|fixed|done|resolved|paid)|have been|i've (?:sent|called|refunded|spoken|closed)|we've (?:sent|called|refunded|spoken|closed)|went|came|left|sent|refunded you|received|got|arrived)\b)"};
    static const RE2 arranged{
        R"(\b(have|has|'ve|'s|i|we)( been| just| now| already)? (arranged|booked|scheduled|asked|reserved|set)\b)"};
    static const RE2 customers_act{
        R"(\b(you( can| could| may| need| must| should| have to| will need| will have to|'ll need|'ll have to| want| asked| said| would| might| told| mentioned| requested| were| wrote| wish| ordered| had| called| are (?:required|asked|expected))|please|kindly|make sure you|make sure that you|be sure to|remember to|(?:call|refund|pay|tell|give|send|contact|ring|email|answer|phone|let|help) (?:me|us)|back to me)\b)"};
    static const RE2 polite{
        R"(\byou can expect\b|\bplease (be|rest) assured\b|\byou can (count|rely) on\b|\blet me (call|ring|phone|get|come|send|write|arrange|give)\b|\byou have my (word|promise)\b)"};
    static const RE2 norm{
        R"(\b(policy|terms|standard|takes|take up to|opening hours|business hours|open (from|until|till)|are open|is open|lines|under the|regulations?|law|rules?|the offer|offer (ends|runs)|valid|expires?|sale)\b)"};
    static const RE2 question{
        R"(^\W*(can|could|may|shall|would|will|is|are|do|does|when|what|how) (i|we|you|it|that|there)\b)"};
    const auto text = judged.clause;
    if (has(text, denial) || has(text, doubt) || has(text, norm) || has(text, question))
        return true;
    if (has(text, past) && !has(text, arranged))
        return true;
    return has(text, customers_act) && !has(text, polite);
}

bool is_english_condition(const Judged& judged)
{
    static const RE2 condition{
        R"(\b(if|unless|once (?:we|i|you|the|it|they|that|he|she|this|your|our|a|all)|provided|providing|as long as|in case|whenever|assuming|upon|depending|subject to|pending|when (you|we|i|they|the|it|your|he|she)|after (you|we|i|they|the|your|it|that|receiv\w+)|should (you|it|we|this|the)|as soon as)\b)"};
    static const RE2 invitation{
        R"(\b(please|let me know|feel free|call me|reach me|contact|questions?|ring me|anything|need)\b)"};
    static const RE2 event{R"(\x01,? (of|after|following|from|once|when) )"};
    if (has(judged.before, condition) || has(judged.clause, condition))
        return true;
    if (has(judged.after, condition) && !has(judged.after, invitation))
        return true;
    return has(judged.clause, event);
}

Promiser english_promiser(std::string_view text)
{
    static const RE2 from_me{R"(\b(from|by) me\b|\bmy (call|answer|reply|word|promise|email)\b)"};
    static const RE2 first{
        R"(\b(i|i'll|i'm|i've|we|we'll|we're|we've|let me|(?:my|our|the|a|an|your) (?:\w+ ){0,2}(?:colleagues?|manager|team|engineers?|technicians?|drivers?|courier|supervisor|plumber|electrician|advis[eo]r|specialist|department|warehouse|bank|fitter|head|director|crew|office|branch|store|shop)|he|she|they|someone|somebody|(?:\w+) from (?:my|our|the))\b)"};
    if (has(text, from_me))
        return Promiser::writer;
    re2::StringPiece who;
    if (!RE2::PartialMatch(piece(text), first, &who))
        return Promiser::house;
    const std::string_view word{who.data(), who.size()};
    if (word == "i" || word == "let me" || word.starts_with("i'"))
        return Promiser::writer;
    const bool is_house = word == "we" || word.starts_with("we'");
    return is_house ? Promiser::house : Promiser::colleague;
}

Judgement judge_english(const Judged& judged)
{
    static const RE2 firm{
        R"(\b(promise|guarantee|commit|word|definitely|certainly|personally|without fail|at the latest)\b)"};
    static const RE2 said{
        R"(\b(i|we|he|she|they)('ll| will| shall|'m going to| am going to|'re going to| are going to|'s going to| promise| guarantee| commit)\b|\blet me (call|ring|phone|get|come|send|write|arrange|give)\b|\b(have|'ve|has) (arranged|booked|scheduled|asked|reserved|set)\b)"};
    static const RE2 doing{
        R"(\b(i'm|i am|we're|we are) (\w+ly |now |also |just )?\w+ing\b|\b(is|are) (\w+ly |now |also )?(calling|sending|ringing|refunding|getting|coming|shipping|delivering|emailing|paying|posting|replacing|arranging|crediting|writing|phoning|giving|booking|putting|going|having|visiting|returning|moving|transferring|booked|scheduled|arranged)\b)"};
    static const RE2 other{
        R"((\bwill|'ll|\bshall)( also| now| then| \w+ly| all)? \w+|\bexpect (a|an|my|our|the|your|to hear)\b|\bhas been (booked|scheduled|arranged|set)\b|\bback (to|with) you\b|\b(comes|arrives|leaves|goes|visits|calls|flies|starts|delivers|collects|rings|returns|moves)\b|\b(promise|word|commitment)\b|\bguaranteed?\b)"};
    if (is_no_english_promise(judged))
        return {Saying::other, {}, 0};
    const bool is_said = has(judged.clause, said);
    if (!is_said && !has(judged.clause, doing) && !has(judged.clause, other))
        return {Saying::nothing, {}, 0};
    if (is_english_condition(judged))
        return {Saying::other, {}, 0};
    const double confidence = (is_said ? 0.92 : 0.82) + (has(judged.clause, firm) ? 0.05 : 0);
    return {Saying::promise, english_promiser(judged.clause), confidence};
}

}  // namespace

Judgement judge(const Judged& judged)
{
    return is_chinese(judged.clause) ? judge_chinese(judged) : judge_english(judged);
}

bool names_act(std::string_view clause)
{
    return has(clause, is_chinese(clause) ? chinese_acts() : english_acts());
}

}  // namespace redress::language
