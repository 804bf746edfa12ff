#include "app/commands.hpp"

#include "app/house_commands.hpp"
#include "app/language_commands.hpp"
#include "app/policy_commands.hpp"
#include "app/serve.hpp"
#include "app/store_commands.hpp"
#include "app/text_commands.hpp"
#include "app/training_commands.hpp"
#include "base/catalogue.hpp"
#include "db/fault.hpp"
#include "webhooks/network.hpp"

#include <fmt/ostream.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace redress::app {
namespace {

constexpr int world_is_broken = 3;

/// The reader's language, as the environment's locale has it.
Lang locale_language()
{
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
            return lang_of(value);
    return Lang::en;
}

/// "https://complain.example.org": nothing behind the host and port.
bool is_origin(std::string_view url)
{
    const auto scheme = url.find("://");
    const auto rest = url.substr(scheme == std::string_view::npos ? 0 : scheme + 3);
    return (url.starts_with("https://") || url.starts_with("http://")) && !rest.empty() &&
           rest.find_first_of("/?#@\\ \"<>") == std::string_view::npos;
}

struct CommandLine {
    explicit CommandLine(Lang reader) : lang{reader}, line{say(reader, "help.program"), "redress"}
    {
        build();
    }

    Lang lang;
    CLI::App line;
    ServeOptions serving;
    std::string training_of;
    StoreOrder order;
    ClassifierOrder classifying;
    CoachOrder coaching;
    std::vector<std::string> words;
    std::string login;
    std::string name;
    std::string password;
    std::string roles;
    int answer = 0;

    CLI::App* add(CLI::App& parent, const std::string& verb, const std::string& key)
    {
        return parent.add_subcommand(verb, say(lang, "help." + key));
    }

    void add_store(CLI::App* command)
    {
        command->add_option("--data", serving.settings.data_folder, say(lang, "help.data"));
        command
            ->add_option("--database", serving.settings.database_url, say(lang, "help.database"));
        command->add_option(
            "--policies",
            serving.settings.policies_folder,
            say(lang, "help.policies")
        );
        command->add_option("--zone", serving.settings.zone, say(lang, "help.zone"));
        command->add_option("--holidays", serving.settings.holidays, say(lang, "help.holidays"));
        command->add_option(
            "--emotion-model",
            serving.settings.emotion_model,
            say(lang, "help.emotion_model")
        );
    }

    void build()
    {
        line.require_subcommand(1);
        line.footer(say(lang, "help.footer"));
        build_serve();
        build_people();
        build_store();
        build_policy();
        build_classifier();
        build_text();
        build_coach();
        auto* schema = add(line, "schema", "schema");
        schema->require_subcommand(1);
        add(*schema, "openapi", "schema_openapi")->callback([this] {
            answer = print_openapi(std::cout);
        });
        add(line, "version", "version")->callback([] {
            fmt::print(std::cout, "redress {}\n", REDRESS_VERSION);
        });
    }

    void build_serve()
    {
        auto* command = add(line, "serve", "serve");
        add_store(command);
        command->add_option("--address", serving.address, say(lang, "help.address"));
        command->add_option("--port", serving.port, say(lang, "help.port"));
        command->add_option(
            "--metrics-address",
            serving.metrics_address,
            say(lang, "help.metrics_address")
        );
        command->add_option("--metrics-port", serving.metrics_port, say(lang, "help.metrics_port"));
        command->add_option(
            "--tls-certificate",
            serving.tls_certificate,
            say(lang, "help.tls_certificate")
        );
        command->add_option("--tls-key", serving.tls_key, say(lang, "help.tls_key"));
        command->add_option("--access-log", serving.access_log, say(lang, "help.access_log"));
        command->add_option("--workers", serving.workers, say(lang, "help.workers"))
            ->check(CLI::Range(1, 256));
        command->add_option(
            "--trusted-proxy",
            serving.trusted_proxies,
            say(lang, "help.trusted_proxy")
        );
        command
            ->add_option(
                "--webhook-allow",
                serving.settings.webhook_allow,
                say(lang, "help.webhook_allow")
            )
            ->check([this](const std::string& text) {
                return webhooks::parse_range(text) ? std::string{}
                                                   : say(lang, "help.webhook_allow_wrong");
            });
        command
            ->add_option("--public-url", serving.settings.public_url, say(lang, "help.public_url"))
            ->check([this](const std::string& url) {
                return is_origin(url) ? std::string{} : say(lang, "help.public_url_wrong");
            });
        command->add_flag("--demo", serving.is_demo, say(lang, "help.demo"));
        command->callback([this] { serve(serving, lang); });
    }

    void build_people()
    {
        auto* admin = add(line, "admin", "admin");
        admin->require_subcommand(1);
        auto* create = add(*admin, "create", "admin_create");
        add_store(create);
        create->add_option("login", login, say(lang, "help.login"))->required();
        create->add_option("--name", name, say(lang, "help.name"))->required();
        create->add_option("--password", password, say(lang, "help.password"));
        create->callback([this] {
            answer = create_administrator(serving.settings, {login, name, password}, lang);
        });
        auto* key = add(line, "key", "key");
        key->require_subcommand(1);
        auto* make = add(*key, "create", "key_create");
        add_store(make);
        make->add_option("name", name, say(lang, "help.key_name"))->required();
        make->add_option("--by", login, say(lang, "help.key_by"))->required();
        make->add_option("--roles", roles, say(lang, "help.roles"))->required();
        make->callback([this] {
            answer = create_api_key(serving.settings, {name, login, roles}, lang);
        });
    }

    void build_store()
    {
        auto* import = add(line, "import", "import");
        import->require_subcommand(1);
        auto* complaints = add(*import, "complaints", "import_complaints");
        add_store(complaints);
        complaints->add_option("--mapping", order.mapping, say(lang, "help.mapping"))
            ->required()
            ->check(CLI::ExistingFile);
        complaints->add_option("--encoding", order.encoding, say(lang, "help.encoding"));
        complaints->add_option("--rejects", order.rejects, say(lang, "help.rejects"));
        complaints->add_option("file", order.file, say(lang, "help.import_file"))
            ->required()
            ->check(CLI::ExistingFile);
        complaints->callback([this] { answer = import_complaints(serving.settings, order, lang); });
        auto* verify = add(line, "verify", "verify");
        add_store(verify);
        verify->add_flag("--rebuild", order.rebuild, say(lang, "help.rebuild"));
        verify->callback([this] { answer = verify_store(serving.settings, order.rebuild, lang); });
        build_folder("backup", back_up_store);
        build_folder("restore", restore_store);
        build_folder("export", export_store);
        auto* doctor = add(line, "doctor", "doctor");
        add_store(doctor);
        doctor->callback([this] { answer = examine_store(serving.settings, lang); });
    }

    void
    build_folder(const std::string& verb, int (*work)(const Settings&, const std::string&, Lang))
    {
        auto* command = add(line, verb, verb);
        add_store(command);
        command->add_option("folder", order.file, say(lang, "help." + verb + "_folder"))
            ->required();
        command->callback([this, work] { answer = work(serving.settings, order.file, lang); });
    }

    void build_text()
    {
        auto* text = add(line, "text", "text");
        text->require_subcommand(1);
        add(*text, "analyse", "text_analyse")->callback([this] {
            answer = analyse_texts(std::cin, std::cout);
        });
    }

    void build_coach()
    {
        auto* coach = add(line, "coach", "coach");
        coach->require_subcommand(1);
        auto* check = add(*coach, "check", "coach_check");
        check->add_option("--rules", coaching.rules, say(lang, "help.coach_rules"));
        check->callback([this] { answer = check_coach(coaching, lang); });
        auto* evaluate = add(*coach, "evaluate", "coach_evaluate");
        evaluate->add_option("--rules", coaching.rules, say(lang, "help.coach_rules"));
        evaluate->add_option("--half", coaching.half, say(lang, "help.coach_half"))
            ->check(CLI::IsMember({"tune", "kept"}));
        evaluate->add_flag("--mistakes", coaching.shows_mistakes, say(lang, "help.coach_mistakes"));
        evaluate->add_option("files", coaching.files, say(lang, "help.coach_files"))->required();
        evaluate->add_option("--model", coaching.model, say(lang, "help.coach_model"));
        evaluate->callback([this] { answer = evaluate_coach(coaching, lang); });
        auto* train = add(*coach, "train", "coach_train");
        train->add_option("--sentences", coaching.sentences, say(lang, "help.coach_sentences"))
            ->required();
        train->add_option("--model", coaching.model, say(lang, "help.coach_model_out"))->required();
        train->add_option("files", coaching.files, say(lang, "help.coach_files"));
        train->callback([this] { answer = train_coach_model(coaching, lang); });
    }

    void build_classifier()
    {
        auto* classifier = add(line, "classifier", "classifier");
        classifier->require_subcommand(1);
        const auto verb = [&](const char* word, const char* key, auto* work) {
            auto* command = add(*classifier, word, key);
            command->add_option("--model", classifying.model, say(lang, "help.classifier_model"))
                ->required();
            command->callback([this, work] { answer = work(classifying, lang); });
            return command;
        };
        auto* learn = verb("train", "classifier_train", learn_categories);
        auto* measure = verb("evaluate", "classifier_evaluate", measure_categories);
        for (auto* command : {learn, measure})
            command->add_option("--input", classifying.input, say(lang, "help.classifier_input"))
                ->required();
        measure->add_flag("--json", classifying.as_json, say(lang, "help.classifier_json"));
        verb("explain", "classifier_explain", explain_category)
            ->add_option("text", classifying.text, say(lang, "help.classifier_text"));
        auto* emotion = verb("train-emotion", "classifier_train_emotion", train_emotion_model);
        emotion->add_option("--data", classifying.data, say(lang, "help.classifier_data"))
            ->required();
        emotion->add_option(
            "--corrections",
            classifying.corrections,
            say(lang, "help.classifier_corrections")
        );
        auto* sorted = add(*classifier, "export", "classifier_export");
        add_store(sorted);
        sorted->add_option("--of", training_of, say(lang, "help.classifier_of"))
            ->required()
            ->check(CLI::IsMember({"categories", "feelings"}));
        sorted->callback([this] { answer = export_training(serving.settings, training_of); });
    }

    void build_policy()
    {
        auto* policy = add(line, "policy", "policy");
        policy->require_subcommand(1);
        auto* check = add(*policy, "check", "policy_check");
        check->add_option("files", words, say(lang, "help.policy_files"));
        check->callback([this] { answer = policy_check(words, std::cout, std::cerr, lang); });
        add(*policy, "due", "policy_due")->callback([this] {
            answer = policy_due(std::cin, std::cout);
        });
        add(*policy, "list", "policy_list")->callback([this] {
            answer = policy_list(std::cout, lang);
        });
        auto* explain = add(*policy, "explain", "policy_explain");
        explain->add_option("pack", words, say(lang, "help.policy_pack"))
            ->required()
            ->expected(1, 2);
        explain->callback([this] { answer = policy_explain(words, std::cout, std::cerr, lang); });
    }
};

}  // namespace

int run(int argc, char** argv)
{
    const Lang lang = locale_language();
    // Standard output is for what was asked for.
    spdlog::set_default_logger(spdlog::stderr_color_mt("redress"));
    try {
        CommandLine command_line{lang};
        try {
            command_line.line.parse(argc, argv);
        } catch (const CLI::ParseError& error) {
            const int code = command_line.line.exit(error);
            return code == 0 ? 0 : 2;
        }
        return command_line.answer;
    } catch (const db::Fault& fault) {
        fmt::print(
            std::cerr,
            "{}\n",
            say(lang, "fault." + std::string{db::to_string(fault.kind())}, {{"what", fault.what()}})
        );
        return world_is_broken;
    } catch (const std::exception& failure) {
        fmt::print(std::cerr, "{}\n", failure.what());
        return world_is_broken;
    }
}

}  // namespace redress::app
