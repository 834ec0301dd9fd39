package org.reassign.it.violations.decide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.reassign.api.spi.Timers;
import org.reassign.api.zk.ZkReader;
import org.reassign.it.violations.lead.EightCollaborators;
import org.slf4j.LoggerFactory;

/** Each method does something that a pure package must not do. */
@SuppressWarnings({"JavaUtilDate", "ReturnValueIgnored"})
final class ImpureDecision {
    long clock() {
        return System.currentTimeMillis();
    }

    long elapsed() {
        return System.nanoTime();
    }

    Object instant() {
        return Instant.now();
    }

    Object date() {
        return new Date();
    }

    long timers(Timers timers) {
        return timers.nowMillis();
    }

    String environment() {
        return System.getenv("HOME");
    }

    String property() {
        return System.getProperty("user.dir");
    }

    Object hiddenProperty() {
        return Integer.getInteger("port");
    }

    double random() {
        return Math.random();
    }

    Object generator() {
        return new Random(1);
    }

    Object identifier() {
        return UUID.randomUUID();
    }

    Supplier<UUID> reference() {
        return UUID::randomUUID;
    }

    void shuffle(List<String> list) {
        Collections.shuffle(list);
    }

    String thread() {
        return Thread.currentThread().getName();
    }

    void parallel(List<String> list) {
        list.parallelStream().forEach(String::length);
    }

    void log() {
        LoggerFactory.getLogger(ImpureDecision.class).info("decided");
    }

    String file() throws IOException {
        return Files.readString(Path.of("decision"));
    }

    Object zooKeeper(ZkReader zk) {
        return zk.getData("/decision");
    }

    Object controller() {
        return EightCollaborators.class;
    }
}
