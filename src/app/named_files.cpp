#include "app/named_files.hpp"

#include <algorithm>

namespace redress::app {

Result<cases::Command>
with_files(db::Tx& tx, const cases::Case& current, const cases::Command& command)
{
    const auto* named_files = command.inputs.if_contains("attachments");
    if (named_files == nullptr || !named_files->is_array())
        return command;
    std::vector<std::string> ids;
    for (const auto& id : named_files->get_array())
        if (id.is_string())
            ids.emplace_back(id.get_string());
    if (auto there = messages::check_attachments(tx, current.id, ids); !there)
        return std::unexpected{there.error()};
    auto completed = command;
    for (const auto& file : messages::list_attachments(tx, current.id))
        if (std::ranges::find(ids, file.id) != ids.end())
            completed.file_names.push_back(file.file_name);
    return completed;
}

Result<void> attach(
    db::Tx& tx,
    std::vector<messages::NewAttachment> files,
    const Sender& sender,
    cases::Command& command
)
{
    json::array ids;
    for (auto& file : files) {
        file.case_id = sender.case_id;
        const auto added = messages::add_attachment(tx, file, sender.at, sender.actor);
        if (!added)
            return std::unexpected{added.error()};
        ids.emplace_back(added->id);
    }
    if (!ids.empty())
        command.inputs["attachments"] = std::move(ids);
    return {};
}

}  // namespace redress::app
