#include "messages/model_outbox.hpp"

namespace redress::messages {

std::vector<OutgoingCommand> commands_of(const Outgoing& what)
{
    std::vector<OutgoingCommand> commands{{what.verb, what.inputs}};
    for (const auto& promise : what.promises)
        commands.push_back(
            {"promise",
             {{"promise_text", promise.text}, {"promise_due", to_rfc3339(promise.due_at)}}}
        );
    return commands;
}

}  // namespace redress::messages
