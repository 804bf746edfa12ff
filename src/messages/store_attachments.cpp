#include "messages/store_attachments.hpp"

#include "base/hash.hpp"
#include "messages/messages_sql.hpp"
#include "messages/rules_file_name.hpp"

namespace redress::messages {
namespace {

constexpr std::size_t id_bytes = 16;

struct Counts {
    std::int64_t all{};
    std::int64_t recent{};
};
BOOST_DESCRIBE_STRUCT(Counts, (), (all, recent))

using Text = std::string_view;

constexpr db::Command<Text, CaseId, Text, Text, Text, std::int64_t, Instant, Text> insert_row{
    "messages.insert_attachment",
    sql::insert_attachment};
constexpr db::Query<Attachment, Text> find_row{"messages.find_attachment", sql::find_attachment};
constexpr db::Query<Attachment, CaseId, std::int64_t> list_rows{
    "messages.list_attachments",
    sql::list_attachments};
constexpr db::Query<Counts, CaseId, Instant> count_rows{
    "messages.count_attachments",
    sql::count_attachments};

constexpr db::Command<CaseId> delete_rows{"messages.delete_attachments", sql::delete_attachments};
constexpr db::Query<std::int64_t, Text> is_named{"messages.find_blob_use", sql::find_blob_use};

constexpr auto max_of_case = static_cast<std::int64_t>(max_attachments_of_case);
constexpr auto max_of_message = static_cast<std::int64_t>(max_attachments_of_message);

}  // namespace

Result<Attachment>
add_attachment(db::Tx& tx, const NewAttachment& attachment, Instant now, std::string_view actor)
{
    const auto counts =
        tx.one(count_rows, attachment.case_id, now - upload_burst).value_or(Counts{});
    if (counts.all >= max_of_case)
        return deny(
            Denial::conflict,
            "attachments_too_many",
            {},
            {{"max", std::to_string(max_of_case)}}
        );
    if (counts.recent >= max_of_message)
        return deny(
            Denial::too_many,
            "attachments_too_fast",
            {},
            {{"max", std::to_string(max_of_message)}}
        );
    Attachment row{
        random_hex(id_bytes),
        attachment.case_id,
        attachment.sha256,
        safe_file_name(attachment.file_name),
        attachment.media_type,
        attachment.bytes,
        now,
        std::string{actor}};
    tx.run(
        insert_row,
        row.id,
        row.case_id,
        row.sha256,
        row.file_name,
        row.media_type,
        row.bytes,
        row.created_at,
        row.created_by
    );
    return row;
}

std::optional<Attachment> find_attachment(db::Tx& tx, std::string_view id)
{
    return tx.one(find_row, id);
}

std::vector<Attachment> list_attachments(db::Tx& tx, CaseId case_id)
{
    return tx.all(list_rows, case_id, max_of_case);
}

std::vector<std::string> forget_attachments(db::Tx& tx, CaseId case_id)
{
    std::vector<std::string> blobs;
    for (auto& attachment : list_attachments(tx, case_id))
        blobs.push_back(std::move(attachment.sha256));
    tx.run(delete_rows, case_id);
    return blobs;
}

bool is_blob_named(db::Tx& tx, std::string_view sha256)
{
    return tx.one(is_named, sha256).has_value();
}

Result<void> check_attachments(db::Tx& tx, CaseId case_id, std::span<const std::string> ids)
{
    if (ids.size() > max_attachments_of_message)
        return deny(
            Denial::invalid,
            "attachments_of_message",
            "attachments",
            {{"max", std::to_string(max_of_message)}}
        );
    std::vector<Refusal> refusals;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto found = find_attachment(tx, ids[i]);
        if (!found || found->case_id != case_id)
            refusals.push_back(
                {"attachment_not_found", "attachments[" + std::to_string(i) + "]", {}}
            );
    }
    if (!refusals.empty())
        return std::unexpected{Denied{Denial::invalid, std::move(refusals)}};
    return {};
}

}  // namespace redress::messages
