#include "http/hub.hpp"
#include "http/test_client.hpp"

#include <array>
#include <cstdio>
#include <doctest/doctest.h>
#include <filesystem>
#include <memory>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <unistd.h>

using namespace redress;
using namespace redress::http;
using testing::request;
using testing::test_options;

namespace {

template <auto free_it>
struct Free {
    void operator()(auto* it) const { free_it(it); }
};
template <class T, auto free_it>
using Owned = std::unique_ptr<T, Free<free_it>>;
using OpenFile = Owned<std::FILE, [](std::FILE* file) { static_cast<void>(std::fclose(file)); }>;
using OpenBio = Owned<BIO, [](BIO* bio) { BIO_free_all(bio); }>;

/// A fresh key and a certificate signed with it, in files that go with the object.
class Certificate {
public:
    Certificate()
        : folder_{
              std::filesystem::temp_directory_path() /
              ("redress_tls_" + std::to_string(::getpid()))}
    {
        std::filesystem::create_directories(folder_);
        const Owned<EVP_PKEY, EVP_PKEY_free> key{EVP_EC_gen("P-256")};
        const Owned<X509, X509_free> certificate{X509_new()};
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3'600);
        X509_set_pubkey(certificate.get(), key.get());
        REQUIRE(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
        const OpenFile key_out{std::fopen(key_file().c_str(), "w")};
        PEM_write_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        const OpenFile certificate_out{std::fopen(certificate_file().c_str(), "w")};
        PEM_write_X509(certificate_out.get(), certificate.get());
    }
    ~Certificate() { std::filesystem::remove_all(folder_); }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;

    [[nodiscard]] std::string key_file() const { return folder_ / "key.pem"; }
    [[nodiscard]] std::string certificate_file() const { return folder_ / "certificate.pem"; }

private:
    std::filesystem::path folder_;
};

/// A TLS client of at most `max_version`.
class TlsClient {
public:
    explicit TlsClient(std::uint16_t port, int max_version = TLS1_3_VERSION)
        : context_{SSL_CTX_new(TLS_client_method())}
    {
        SSL_CTX_set_min_proto_version(context_.get(), 0);
        SSL_CTX_set_cipher_list(context_.get(), "DEFAULT:@SECLEVEL=0");
        SSL_CTX_set_max_proto_version(context_.get(), max_version);
        bio_.reset(BIO_new_ssl_connect(context_.get()));
        BIO_set_conn_hostname(bio_.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
        is_connected_ = BIO_do_connect(bio_.get()) > 0;
    }

    [[nodiscard]] bool is_connected() const { return is_connected_; }
    std::string ask(std::string_view bytes, std::string_view until)
    {
        if (!bytes.empty())
            BIO_write(bio_.get(), bytes.data(), static_cast<int>(bytes.size()));
        std::string received;
        std::array<char, 4096> part{};
        while (received.find(until) == std::string::npos) {
            const int size = BIO_read(bio_.get(), part.data(), static_cast<int>(part.size()));
            if (size <= 0)
                break;
            received.append(part.data(), static_cast<std::size_t>(size));
        }
        return received;
    }

private:
    Owned<SSL_CTX, SSL_CTX_free> context_;
    OpenBio bio_;
    bool is_connected_{};
};

Options tls_options(const Certificate& certificate)
{
    auto options = test_options();
    options.tls_certificate_file = certificate.certificate_file();
    options.tls_key_file = certificate.key_file();
    return options;
}

}  // namespace

TEST_CASE("TLS: requests, large bodies, HSTS, and no version before 1.2")
{
    const Certificate certificate;
    Server server{tls_options(certificate), [](const Request& asked) {
                      return Response{
                          .body = (asked.is_tls ? "tls " : "plain ") +
                                  std::to_string(asked.body.size())};
                  }};
    server.start();
    TlsClient client{server.port()};
    REQUIRE(client.is_connected());
    const auto answer =
        client.ask(request("POST", "/", std::string(3'000'000, 'x')), "tls 3000000");
    CHECK(answer.ends_with("tls 3000000"));
    CHECK(answer.find("Strict-Transport-Security: max-age=") != std::string::npos);
    CHECK(client.ask(request("GET", "/"), "tls 0").ends_with("tls 0"));
    CHECK(TlsClient{server.port(), TLS1_2_VERSION}.is_connected());
    CHECK(!TlsClient{server.port(), TLS1_1_VERSION}.is_connected());
    testing::TestClient plain{server.port()};
    plain.send(request("GET", "/"));
    CHECK(plain.receive().status == 0);
    testing::TestClient silent{server.port()};
    CHECK(silent.is_closed());
}

TEST_CASE("TLS: event streams, and a stop that does not wait for them")
{
    const Certificate certificate;
    Hub hub;
    Server server{tls_options(certificate), [&](const Request&) {
                      return Response{.stream = hub.subscribe({})};
                  }};
    server.start();
    TlsClient client{server.port()};
    CHECK(
        client.ask(request("GET", "/"), "retry: 2000\n\n").find("text/event-stream") !=
        std::string::npos
    );
    hub.publish({.id = 1, .event = "case", .data = "{}"});
    CHECK(client.ask({}, "data: {}\n\n").find("id: 1\n") != std::string::npos);
    const auto begun = std::chrono::steady_clock::now();
    server.stop();
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{3});
}

TEST_CASE("TLS: a certificate that is not there is an error at once")
{
    auto options = test_options();
    options.tls_certificate_file = "/nowhere.pem";
    CHECK_THROWS_AS((Server{options, [](const Request&) { return Response{}; }}), std::exception);
}
