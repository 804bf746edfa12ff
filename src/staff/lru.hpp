#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace redress::staff {

/// At most `capacity` values by text; the least recently used one makes room. Not thread-safe.
template <class Value>
class Lru {
public:
    explicit Lru(std::size_t capacity) : capacity_{capacity} {}

    /// The value, now the most recently used; nullptr when there is none. Valid until the next
    /// change.
    [[nodiscard]] Value* find(std::string_view key)
    {
        const auto found = by_key_.find(key);
        if (found == by_key_.end())
            return nullptr;
        items_.splice(items_.begin(), items_, found->second);
        return &found->second->second;
    }

    Value& put(std::string_view key, Value value)
    {
        if (auto* present = find(key))
            return *present = std::move(value);
        if (items_.size() == capacity_)
            drop(std::prev(items_.end()));
        items_.emplace_front(std::string{key}, std::move(value));
        by_key_.emplace(items_.front().first, items_.begin());
        return items_.front().second;
    }

    void erase(std::string_view key)
    {
        if (const auto found = by_key_.find(key); found != by_key_.end())
            drop(found->second);
    }

    template <class Condition>
    void erase_if(Condition condition)
    {
        for (auto item = items_.begin(); item != items_.end();) {
            const auto current = item++;
            if (condition(current->second))
                drop(current);
        }
    }

    [[nodiscard]] std::size_t size() const { return items_.size(); }

private:
    using Items = std::list<std::pair<std::string, Value>>;

    void drop(typename Items::iterator item)
    {
        by_key_.erase(item->first);
        items_.erase(item);
    }

    std::size_t capacity_;
    Items items_;  ///< most recently used first
    std::unordered_map<std::string_view, typename Items::iterator> by_key_;
};

}  // namespace redress::staff
