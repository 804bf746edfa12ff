#pragma once

#include "app/door.hpp"
#include "app/erasure.hpp"
#include "app/feed.hpp"
#include "app/verification.hpp"
#include "base/clock.hpp"
#include "desk/experience.hpp"
#include "desk/presence.hpp"
#include "http/hub.hpp"
#include "http/route.hpp"
#include "http/server.hpp"
#include "intake/import_queue.hpp"
#include "jobs/runner.hpp"
#include "messages/store_blobs.hpp"
#include "policy/library.hpp"
#include "staff/services.hpp"
#include "webhooks/courier.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace redress::app {

/// What an operator chooses; the command line gives it.
struct Settings {
    std::filesystem::path data_folder = "data";
    std::string database_url;     ///< "" is data_folder/redress.db
    std::string policies_folder;  ///< "" is what is built in
    std::string zone = "Asia/Shanghai";
    std::string holidays = "cn-state-council";
    std::filesystem::path emotion_model;     ///< "" is what is built in
    std::vector<std::string> webhook_allow;  ///< ranges inside the house that webhooks may reach
    std::string public_url;  ///< what the portal is called outside; "" goes by each request
    bool may_create_folder = true;
};

[[nodiscard]] std::string database_url(const Settings& settings);
[[nodiscard]] std::vector<policy::SourceFile> policy_files(const Settings& settings);
/// Throws std::runtime_error with what to do when they do not hold together.
[[nodiscard]] std::shared_ptr<const policy::Library> load_policies(const Settings& settings);

/// The house: everything that works together, wired once. Nothing in it knows the command line or
/// sockets.
class Program {
public:
    /// Opens the store and brings its schema up to date. Throws db::Fault, and std::runtime_error
    /// with what to do when the policies do not hold together.
    Program(const Settings& settings, const Clock& clock);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    /// Clocks, streams, imports and tidying begin.
    void start_jobs();
    void stop_jobs();

    /// Adds the events that a restored store, or one of an older program, has not in its index.
    /// Events enter it in their order, so that the last one in it tells how far it is; nothing else
    /// may be written before.
    void complete_search_index();

    [[nodiscard]] http::RouteTable routes();

    db::Database database;
    const Clock& clock;
    const std::string public_url;
    std::shared_ptr<const policy::Library> policies;
    std::shared_ptr<const language::EmotionReader> emotions;
    ledger::Ledger ledger;
    http::Hub hub;
    staff::Services staff;
    std::unique_ptr<messages::BlobStore> blobs;
    Erasure erasure;
    Door door;
    desk::Learner learner;
    webhooks::Services webhooks;
    webhooks::Sender sender;
    webhooks::Courier courier;

private:
    std::vector<policy::SourceFile> files_;
    Verification verification_;
    Feed feed_;
    desk::PresenceFeed presence_;
    jobs::Runner runner_;
    std::unique_ptr<intake::ImportQueue> imports_;
};

}  // namespace redress::app
