package org.reassign.plugin.kafkabrokers.cluster;

import java.util.Arrays;
import java.util.Optional;

/** The versions of Kafka that can be started: all run on Java 17 with a ZooKeeper of 3.9. */
public enum KafkaVersion {
    /** The last line with ZooKeeper. */
    V3_9_2("3.9.2", "2.13", "2.6", "slf4j-reload4j", "1.7.36", 46),
    /** The first line whose controller writes topic ids; its protocol is set back to 2.6. */
    V2_8_2("2.8.2", "2.13", "2.6", "slf4j-log4j12", "1.7.30", 36),
    /** The line of the time when reassignments could not be interrupted. */
    V1_1_1("1.1.1", "2.11", "1.1", "slf4j-log4j12", "1.7.30", 26);

    private final String number;
    private final String scala;
    private final String protocol;
    private final String logBinding;
    private final String logBindingVersion;
    private final int megabytes;

    KafkaVersion(
            String number, String scala, String protocol, String logBinding, String logBindingVersion, int megabytes) {
        this.number = number;
        this.scala = scala;
        this.protocol = protocol;
        this.logBinding = logBinding;
        this.logBindingVersion = logBindingVersion;
        this.megabytes = megabytes;
    }

    /** The version with this number, if it can be started. */
    public static Optional<KafkaVersion> of(String number) {
        return Arrays.stream(values())
                .filter(version -> version.number.equals(number))
                .findFirst();
    }

    /** As in {@code 3.9.2}. */
    public String number() {
        return number;
    }

    /** The name of the jar by which its jars are known. */
    public String jar() {
        return "kafka_" + scala + "-" + number + ".jar";
    }

    /** The version of Scala that its jars are built with. */
    String scala() {
        return scala;
    }

    /** The inter-broker protocol that brokers are started with: at most 2.6, above which no outsider can be controller. */
    String protocol() {
        return protocol;
    }

    /** Whether its controller takes requests by the Admin API and lets them be changed and cancelled (KIP-455, Kafka 2.4). */
    boolean hasReassignmentApi() {
        return this != V1_1_1;
    }

    /** The artifact that lets it write a log. */
    String logBinding() {
        return logBinding;
    }

    /** The version of that artifact. */
    String logBindingVersion() {
        return logBindingVersion;
    }

    /** The size of its jars. */
    int megabytes() {
        return megabytes;
    }
}
