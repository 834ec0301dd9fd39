package org.reassign.cli.client;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The file of {@code kafka-reassign-partitions.sh}. */
final class FileOptions {
    @Option(
            names = "--reassignment-json-file",
            required = true,
            paramLabel = "FILE",
            description = "The partitions and their new replicas, in the format of kafka-reassign-partitions.sh.")
    private Path file;

    ReassignmentFile read() {
        return ReassignmentFile.read(file);
    }
}
