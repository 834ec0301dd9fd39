package org.reassign.cli.controller;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.model.TopicPartition;

/**
 * One line of the log.
 *
 * @param time when it was written
 * @param level {@code info} or {@code warning}
 * @param step the step of a partition, if it is about one
 * @param text what happened, in one line
 */
record LogEntry(Instant time, Level level, Optional<Step> step, String text) {
    /** How much it matters. */
    enum Level {
        INFO,
        WARNING
    }

    /**
     * What a line about a partition names.
     *
     * @param partition the partition
     * @param label the protocol's label; empty for the answer of a request
     * @param request the id of the request that is followed, where it is known
     */
    record Step(TopicPartition partition, Optional<String> label, Optional<String> request) {}

    /** As text: time, partition, label, and what happened. */
    String asText() {
        String what = level == Level.WARNING ? "warning: " + text : text;
        return time + "  "
                + step.map(of -> String.format(
                                "%-12s %-3s ", of.partition(), of.label().orElse("")))
                        .orElse("")
                + what;
    }

    /** The fields of the JSON object. */
    Map<String, Object> asFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", time.toString());
        fields.put("level", level.name().toLowerCase(Locale.ROOT));
        step.ifPresent(of -> {
            fields.put("partition", of.partition().toString());
            of.label().ifPresent(label -> fields.put("step", label));
            of.request().ifPresent(request -> fields.put("request", request));
        });
        fields.put("message", text);
        return fields;
    }
}
