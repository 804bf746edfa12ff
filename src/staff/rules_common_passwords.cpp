#include "staff/rules_passwords.hpp"

#include <array>

namespace redress::staff {
namespace {

// clang-format off
constexpr std::array<std::string_view, 643> passwords{{
    "!@#$%^&*", "!@#$%^&*()", "!qaz2wsx", "!qaz@wsx", "00000000", "000000000", "0000000000",
    "01234567", "0123456789", "0987654321", "1000100010001", "100200300", "1008610086",
    "10101010", "11111111", "111111111", "1111111111", "111111111111", "111222333",
    "111222333444", "11223344", "1122334455", "112233445566", "11235813", "1123581321",
    "12121212", "12301230", "12312312", "123123123", "123321123", "1233211234567", "12341234",
    "12344321", "12345612", "123456123", "123456123456", "123456654321", "12345671", "12345677",
    "12345678", "123456788", "123456789", "1234567890", "1234567890a", "1234567891",
    "12345678910", "123456789123", "1234567899", "123456789a", "12345678a", "1234567a",
    "123456987", "123456aa", "123456abc", "123457890", "1234abcd", "1234qwer", "123654789",
    "123password", "123qwe123", "123qweasd", "123qweasdzxc", "12qw34er", "12qwaszx", "13145200",
    "1314520a", "1314521a", "13572468", "135792468", "1357924680", "14159265", "147147147",
    "147258369", "147852369", "159159159", "159357456", "159753456", "168168168", "16888888",
    "19491001", "19841984", "19851985", "19861986", "19871987", "19881988", "19891989",
    "19901990", "19911991", "19921992", "19931993", "19941994", "19951995", "19961996",
    "19971997", "19981998", "19991999", "1a2b3c4d", "1password", "1q2w3e4r", "1q2w3e4r5t",
    "1q2w3e4r5t6y", "1qaz!qaz", "1qaz2wsx", "1qaz2wsx3edc", "1qaz@wsx", "1qazxsw2", "1z2x3c4v",
    "20002000", "20080808", "20082008", "20102010", "20122012", "20202020", "20202021",
    "22222222", "2222222222", "2468013579", "258258258", "27182818", "31415926", "314159265",
    "3141592653", "321654987", "33333333", "369369369", "44444444", "456456456", "456789123",
    "518518518", "51885188", "520131400", "52013145", "5201314520", "5201314a", "5201314woaini",
    "521131400", "5211314520", "55555555", "5555555555", "66666666", "666666666", "6666666666",
    "66668888", "741852963", "7758258a", "77585210", "7758521a", "77777777", "7777777777",
    "789456123", "789632145", "789789789", "87654321", "888168168", "88886666", "88888888",
    "888888888", "8888888888", "88889999", "918918918", "963852741", "987654321", "99998888",
    "99999999", "999999999", "9999999999", "a00000000", "a11111111", "a123123123", "a1234567",
    "a12345678", "a123456789", "a1b2c3d4", "a1b2c3d4e5", "a1s2d3f4", "a5201314", "a66666666",
    "a88888888", "aa112233", "aa11bb22", "aa123456", "aa123456789", "aaa111222", "aaa111aaa",
    "aaa123456", "aaaa1111", "aabbccdd", "aabbccddee", "ab123456", "ab12345678", "abc123123",
    "abc12345", "abc123456", "abc123abc", "abcabc123", "abcd1234", "abcd123456", "abcdefg1",
    "abcdefg123", "abcdefgh", "abcdefghi", "abcdefghij", "access14", "accessdenied", "admin!@#",
    "admin123", "admin1234", "admin12345", "admin123456", "admin666", "admin888", "admin888888",
    "admin@123", "admin@1234", "adminadmin", "administrator", "administrator1", "adminpass",
    "alexander", "alexandra", "alibaba1", "alibaba123", "android1", "anthony1", "apple123",
    "arsenal1", "asd123456", "asdasd123", "asdf1234", "asdfasdf", "asdfghjk", "asdfghjkl",
    "asdfjkl;", "asdfqwer", "asdqwe123", "asshole1", "autumn2024", "autumn2025", "autumn2026",
    "babyboy1", "babygirl", "babygirl1", "banana123", "baobei123", "baobei520", "barcelona",
    "barcelona1", "baseball", "baseball1", "basketball", "basketball1", "batman123", "beijing1",
    "beijing2008", "benjamin1", "bestfriend", "blackberry", "blessed1", "bullshit", "butterfly",
    "butterfly1", "changeit", "changeme", "changeme1", "changeme123", "changethis", "charlotte",
    "cheese123", "chelsea1", "chelsea123", "chen123456", "chocolate", "chocolate1", "christian",
    "cocacola", "cocacola1", "complaint", "complaints", "computer", "computer1", "computer123",
    "cookie123", "corvette", "counterstrike", "cowboys1", "customer", "customer1", "danielle1",
    "database", "database1", "default1", "default123", "demo1234", "demodemo", "dragon123",
    "dragonball", "elizabeth", "facebook", "facebook1", "facebook123", "family123", "familyfirst",
    "firewall", "firewall1", "football", "football1", "forever1", "friends1", "friendship",
    "fuckoff1", "fuckyou1", "fuckyou123", "fuckyou2", "gao123456", "garfield", "ginger123",
    "godisgood", "goodluck", "google123", "googlegoogle", "guangzhou", "guanliyuan", "guest123",
    "guestguest", "guo123456", "he123456", "hello123", "hello1234", "hello12345", "hellohello",
    "hellokitty", "hellokitty1", "helloworld", "helpdesk", "helpdesk1", "hu123456", "huang123456",
    "huawei123", "huawei@123", "iamadmin", "iamgod123", "ilovegod", "ilovejesus", "iloveyou",
    "iloveyou!", "iloveyou1", "iloveyou123", "iloveyou1314", "iloveyou2", "iloveyou520",
    "internet", "internet1", "iphone123", "jennifer", "jennifer1", "jesus123", "jesuschrist",
    "jonathan", "jordan23", "juventus", "kefu1234", "kefu123456", "killer123", "lakers24",
    "laogong520", "laopo520", "letmein!", "letmein1", "letmein123", "letmeinnow", "li123456",
    "lin123456", "liu123456", "liverpool", "liverpool1", "lkjhgfdsa", "lovelove", "loveme123",
    "loveyou1", "loveyou1314", "loveyou2", "luo123456", "ma123456", "manager1", "manager123",
    "manager@123", "manchester", "marlboro", "master123", "masterkey", "mastermaster", "maverick",
    "mercedes", "mercedes1", "metallica", "michael1", "michael123", "michelle", "michelle1",
    "microsoft", "microsoft1", "midnight", "midnight1", "mima1234", "mima123456", "minecraft",
    "minecraft1", "mnbvcxz1", "mnbvcxzlkjhgfdsapoiuytrewq", "monkey123", "monster1", "mustang1",
    "mypassword", "mysql123", "newpassword", "nicholas", "nihao123", "nihaonihao", "nintendo",
    "nopass123", "nopassword", "operator", "operator1", "oracle123", "orange123", "p@ssw0rd",
    "p@ssword", "pa$$w0rd", "pa$$word", "pa55word", "passpass", "passport", "passw0rd",
    "password", "password!", "password0", "password1", "password1!", "password12", "password123",
    "password1234", "password2", "password3", "password@", "passwords", "patricia", "patriots",
    "pepper123", "pineapple", "playstation", "poiuytrewq", "pokemon1", "pokemon123", "postgres",
    "postgres1", "postgres123", "princess", "princess1", "private123", "public123", "purple123",
    "q123456789", "q1w2e3r4", "q1w2e3r4t5", "q2w3e4r5", "qaz123456", "qazwsx123", "qazwsxed",
    "qazwsxedcrfv", "qq123456", "qq12345678", "qq123456789", "qq1314520", "qq5201314", "qwaszx12",
    "qwe123456", "qweasd123", "qweasdzxc", "qweasdzxc123", "qweqwe123", "qwer1234", "qwerasdf",
    "qwerqwer", "qwerty12", "qwerty123", "qwerty1234", "qwerty123456", "qwertyui", "qwertyuiop",
    "qwertyuiop[]", "rainbow1", "realmadrid", "redress1", "redress123", "redress2026", "redsox04",
    "root1234", "root123456", "rootroot", "samantha", "samantha1", "samsung1", "samsung123",
    "secret123", "secretpass", "security", "security1", "security123", "server123", "service1",
    "service123", "shadow123", "shanghai", "shanghai1", "shenzhen", "slipknot", "snowball",
    "snowflake", "softball", "spiderman", "spring123", "spring2024", "spring2025", "spring2026",
    "sqlserver", "starwars", "starwars1", "steelers", "stephanie", "strawberry", "strawberry1",
    "summer123", "summer2023", "summer2024", "summer2025", "summer2026", "sun123456", "sunflower",
    "sunflower1", "sunshine", "sunshine1", "superadmin", "superman", "superman1", "superuser",
    "supervisor", "support1", "support123", "swordfish", "sysadmin", "sysadmin1", "system123",
    "system32", "taobao123", "temp1234", "temp12345", "temporary", "temppass", "tempuser",
    "tencent123", "test1234", "test12345", "test123456", "tester123", "testing1", "testing123",
    "testtest", "testuser", "thepassword", "tigger123", "toor1234", "topsecret", "tousu123",
    "trustno1", "trustno1!", "user1234", "user123456", "useruser", "victoria", "victoria1",
    "wang1234", "wang123456", "wangwang123", "warcraft", "watermelon", "wechat123", "weixin123",
    "welcome!", "welcome01", "welcome1", "welcome12", "welcome123", "welcome2", "welcome@123",
    "whatever", "whatever1", "windows1", "windows10", "windows123", "winter123", "winter2023",
    "winter2024", "winter2025", "winter2026", "woaini123", "woaini123456", "woaini1314",
    "woaini520", "woaini5201314", "woaini521", "woaiwojia520", "woaizhongguo", "wodemima",
    "worldofwarcraft", "woshishui", "wsx123456", "xiaomi123", "xiaoming1", "xiaoming123",
    "xu123456", "yang123456", "yankees1", "z1x2c3v4", "zaq12wsx", "zaq1xsw2", "zaq1zaq1",
    "zhang123", "zhang123456", "zhao123456", "zhongguo", "zhongguo123", "zhou123456", "zhu123456",
    "zse45rdx", "zxc123456", "zxcasdqwe", "zxcv1234", "zxcvbnm,", "zxcvbnm,./", "zxcvbnm1",
    "zxcvbnm123", "zxczxc123", "~!@#$%^&"
}};

constexpr std::array<std::string_view, 205> words{{
    "aaa", "aaaa", "abc", "abcabc", "abcd", "abcde", "abcdef", "abcdefg", "abcdefgh", "admin",
    "administrator", "alibaba", "alipay", "andrew", "android", "angel", "angels", "apple", "asd",
    "asdf", "asdfgh", "asdfghjkl", "ashley", "autumn", "babyboy", "babygirl", "baidu", "banana",
    "baobao", "baobei", "baseball", "basketball", "batman", "beijing", "blessed", "butterfly",
    "change", "changeme", "charlie", "cheese", "chen", "china", "chinese", "chocolate", "christ",
    "company", "complaint", "complaints", "computer", "cookie", "customer", "daniel", "december",
    "default", "demo", "diamond", "dragon", "facebook", "family", "february", "feifei", "flower",
    "football", "forever", "freedom", "friday", "friend", "friends", "george", "ginger", "golden",
    "google", "guangzhou", "guanliyuan", "guest", "hello", "helloworld", "hockey", "huang",
    "huawei", "hunter", "ilove", "iloveu", "iloveyou", "internet", "iphone", "january",
    "jennifer", "jessica", "jesus", "jordan", "kefu", "killer", "laogong", "laopo", "lele",
    "letmein", "li", "liu", "liwei", "login", "love", "lovely", "master", "matthew", "meimei",
    "michael", "michelle", "microsoft", "mima", "monday", "monkey", "nihao", "nihaoma", "office",
    "orange", "p@ssw0rd", "p@ssword", "pass", "passw0rd", "passwd", "password", "passwort",
    "pepper", "pokemon", "princess", "purple", "pwd", "qazwsx", "qazwsxedc", "qq", "qqq", "qwe",
    "qweasd", "qweasdzxc", "qwer", "qwerasdf", "qwert", "qwerty", "qwertyuiop", "ranger",
    "redress", "robert", "root", "samsung", "secret", "service", "shadow", "shanghai", "shenzhen",
    "silver", "soccer", "spiderman", "spring", "starwars", "summer", "sunday", "sunshine",
    "superman", "support", "taobao", "tencent", "test", "tester", "testing", "thomas", "tiantian",
    "tousu", "trustno", "user", "wang", "wangwei", "wangyang", "wechat", "weixin", "welcome",
    "whatever", "william", "windows", "winter", "woaini", "woaiwo", "woaiwojia", "woaizhongguo",
    "wodemima", "world", "woshi", "woshishui", "wu", "xiaohong", "xiaomi", "xiaoming", "xsw",
    "yang", "yellow", "zaq", "zhang", "zhangwei", "zhao", "zhongguo", "zhou", "zxc", "zxcv",
    "zxcvbn", "zxcvbnm"
}};
// clang-format on

}  // namespace

std::span<const std::string_view> common_passwords()
{
    return passwords;
}

std::span<const std::string_view> common_password_words()
{
    return words;
}

}  // namespace redress::staff
