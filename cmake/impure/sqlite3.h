#error "this file belongs to the pure library: no sockets and no database here (ARCHITECTURE.md, arrows)"
