#pragma once

#include "http/shared.hpp"
#include "http/socket.hpp"

namespace redress::http {

/// Serves one connection from handshake to close. Throws nothing but what ends the program.
boost::asio::awaitable<void> serve(Shared& shared, Socket socket);

}  // namespace redress::http
