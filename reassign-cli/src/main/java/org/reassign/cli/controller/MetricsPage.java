package org.reassign.cli.controller;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.reassign.api.model.Answer;
import org.reassign.core.meter.Cost;
import org.reassign.simulation.scenario.RunReport;

/** What the controller does, as Prometheus' metrics. From any thread. */
final class MetricsPage {
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Supplier<Cost> cost;

    /** The metrics of a controller that has cost so much. */
    MetricsPage(Supplier<Cost> cost) {
        this.cost = cost;
    }

    /** The media type of the page. */
    String contentType() {
        return writer.getContentType();
    }

    /** The page for this status. */
    String of(ServiceStatus.Snapshot now) {
        List<MetricSnapshot> metrics = new ArrayList<>();
        Map<String, Number> roles = new LinkedHashMap<>();
        Stream.of(ServiceStatus.Role.values())
                .forEach(role -> roles.put(role.name().toLowerCase(Locale.ROOT), role == now.role() ? 1 : 0));
        metrics.add(gauges("reassign_role", "1 for what the controller is now", "role", roles));
        metrics.add(gauge("reassign_controller_epoch", "Its last controller epoch, 0 before the first", now.epoch()));
        metrics.add(counter("reassign_terms", "How often it has won the office", now.terms()));
        metrics.add(gauge(
                "reassign_partitions_in_flight",
                "Partitions that are being reassigned",
                now.workload().inFlight()));
        metrics.add(gauge(
                "reassign_entries_waiting",
                "Entries of requests that are not recorded yet",
                now.workload().waiting()));
        metrics.add(gauge(
                "reassign_deletes_owed",
                "Replicas whose brokers could not be told yet to delete them",
                now.workload().owedDeletes()));
        metrics.add(gauge(
                "reassign_brokers_failing",
                "Registered brokers that have not answered the last request to them",
                now.workload().brokersFailing()));
        Map<String, Number> answers = new LinkedHashMap<>();
        Stream.of(Answer.Outcome.values())
                .forEach(outcome ->
                        answers.put(RunReport.text(outcome), now.answers().getOrDefault(outcome, 0L)));
        metrics.add(counters("reassign_answers", "Answered entries of requests", "outcome", answers));
        Cost spent = cost.get();
        metrics.add(counters(
                "reassign_zookeeper_operations",
                "What the controller has asked of ZooKeeper, those within transactions one by one",
                "type",
                operations(spent)));
        metrics.add(counter(
                "reassign_zookeeper_transactions", "Transactions that the controller has sent", spent.transactions()));
        metrics.add(counter(
                "reassign_zookeeper_bytes_written", "Data that the controller has written", spent.bytesWritten()));
        return text(new MetricSnapshots(metrics));
    }

    private static Map<String, Number> operations(Cost spent) {
        Map<String, Number> operations = new LinkedHashMap<>();
        operations.put("create", spent.create());
        operations.put("setData", spent.setData());
        operations.put("delete", spent.delete());
        operations.put("check", spent.check());
        operations.put("getData", spent.getData());
        operations.put("getChildren", spent.getChildren());
        operations.put("exists", spent.exists());
        operations.put("addWatch", spent.addWatch());
        operations.put("removeWatches", spent.removeWatches());
        return operations;
    }

    private String text(MetricSnapshots metrics) {
        try (ByteArrayOutputStream page = new ByteArrayOutputStream()) {
            writer.write(page, metrics);
            return page.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MetricSnapshot gauge(String name, String help, Number value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder()
                        .value(value.doubleValue())
                        .build())
                .build();
    }

    private static MetricSnapshot counter(String name, String help, Number value) {
        return CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder()
                        .value(value.doubleValue())
                        .build())
                .build();
    }

    private static MetricSnapshot gauges(String name, String help, String label, Map<String, Number> values) {
        GaugeSnapshot.Builder metric = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((key, value) -> metric.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of(label, key))
                .value(value.doubleValue())
                .build()));
        return metric.build();
    }

    private static MetricSnapshot counters(String name, String help, String label, Map<String, Number> values) {
        CounterSnapshot.Builder metric = CounterSnapshot.builder().name(name).help(help);
        values.forEach((key, value) -> metric.dataPoint(CounterDataPointSnapshot.builder()
                .labels(Labels.of(label, key))
                .value(value.doubleValue())
                .build()));
        return metric.build();
    }
}
