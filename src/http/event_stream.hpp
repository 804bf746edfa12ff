#pragma once

#include "http/errand.hpp"
#include "http/hub.hpp"
#include "http/shared.hpp"
#include "http/socket.hpp"

#include <memory>

namespace redress::http {

/// Sends a stream after its head, chunked or (HTTP/1.0) plain, until it is closed or the client has
/// gone.
boost::asio::awaitable<void>
send_events(Shared& shared, Socket& socket, std::shared_ptr<Stream> stream, bool is_chunked);

}  // namespace redress::http
