#include "app/metrics.hpp"

#include "db/database.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace redress::app {

struct Metrics::Families {
    prometheus::Registry registry;
    prometheus::Family<prometheus::Histogram>& requests = prometheus::BuildHistogram()
                                                              .Name("redress_http_request_seconds")
                                                              .Help("Answered requests")
                                                              .Register(registry);
    prometheus::Family<prometheus::Gauge>& store = prometheus::BuildGauge()
                                                       .Name("redress_store")
                                                       .Help("Figures of the database writer")
                                                       .Register(registry);
    prometheus::Gauge& batches = store.Add({{"figure", "batches"}});
    prometheus::Gauge& jobs = store.Add({{"figure", "jobs"}});
    prometheus::Gauge& failed = store.Add({{"figure", "failed_jobs"}});
    prometheus::Gauge& retries = store.Add({{"figure", "retries"}});
    prometheus::Gauge& reconnects = store.Add({{"figure", "reconnects"}});
    prometheus::Gauge& commit_seconds = store.Add({{"figure", "commit_seconds"}});
    prometheus::Gauge& queued = store.Add({{"figure", "queued"}});
    prometheus::Gauge& streams = prometheus::BuildGauge()
                                     .Name("redress_event_streams")
                                     .Help("Open event streams")
                                     .Register(registry)
                                     .Add({});
};

Metrics::Metrics() : families_{std::make_unique<Families>()} {}
Metrics::~Metrics() = default;

void Metrics::count(const http::AccessLine& line)
{
    static const prometheus::Histogram::BucketBoundaries
        seconds{0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};
    auto& histogram = families_->requests.Add(
        {{"route", std::string{line.route}},
         {"method", std::string{line.method}},
         {"status", std::to_string(line.status)}},
        seconds
    );
    histogram.Observe(std::chrono::duration<double>(line.duration).count());
}

std::string Metrics::text(const db::Database& database, std::size_t streams) const
{
    const auto figures = database.figures();
    families_->batches.Set(static_cast<double>(figures.batches));
    families_->jobs.Set(static_cast<double>(figures.jobs));
    families_->failed.Set(static_cast<double>(figures.failed_jobs));
    families_->retries.Set(static_cast<double>(figures.retries));
    families_->reconnects.Set(static_cast<double>(figures.reconnects));
    families_->commit_seconds.Set(static_cast<double>(figures.commit_us) / 1e6);
    families_->queued.Set(static_cast<double>(figures.queue_depth));
    families_->streams.Set(static_cast<double>(streams));
    return prometheus::TextSerializer{}.Serialize(families_->registry.Collect());
}

}  // namespace redress::app
