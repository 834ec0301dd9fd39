package org.reassign.cli.controller;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.reassign.api.model.TopicPartition;

/** Writes what the controller does, one line each, which is flushed at once. From any thread. */
final class ControllerLog {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final PrintWriter out;
    private final Format format;

    /** How lines are written. */
    enum Format {
        /** Time and text. */
        TEXT,
        /** A JSON object. */
        JSON
    }

    ControllerLog(PrintWriter out, Format format) {
        this.out = out;
        this.format = format;
    }

    /** Something that happened. */
    void info(String text) {
        write(LogEntry.Level.INFO, Optional.empty(), text);
    }

    /** Something that a user should know. */
    void warning(String text) {
        write(LogEntry.Level.WARNING, Optional.empty(), text);
    }

    /** A step of a partition. */
    void step(TopicPartition partition, Optional<String> label, Optional<String> request, String text) {
        write(LogEntry.Level.INFO, Optional.of(new LogEntry.Step(partition, label, request)), text);
    }

    private synchronized void write(LogEntry.Level level, Optional<LogEntry.Step> step, String text) {
        LogEntry entry = new LogEntry(
                Instant.now().truncatedTo(ChronoUnit.MILLIS),
                level,
                step,
                text.replaceAll("\\s+", " ").strip());
        out.println(format == Format.TEXT ? entry.asText() : json(entry));
        out.flush();
    }

    private static String json(LogEntry entry) {
        try {
            return MAPPER.writeValueAsString(entry.asFields());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
