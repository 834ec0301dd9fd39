package org.reassign.plugin.kafkabrokers.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brokers as JVMs of their own in one temporary folder. All are ended, and the folder is removed, when it is closed, also
 * by a hook when this JVM ends in order; where it is killed, the brokers end by themselves and the folder stays. Methods
 * may be called from any thread.
 */
final class BrokerCluster implements AutoCloseable {
    /** The classes that run in a broker. */
    private static final List<Class<?>> IN_BROKER = List.of(BrokerMain.class, HoldingReporter.class);

    private final KafkaVersion version;
    private final Optional<String> zooKeeper;
    private final Map<String, String> settings;
    private final Path folder;
    private final Path classes;
    private final Map<Integer, BrokerProcess> processes = new ConcurrentHashMap<>();
    private final Thread hook = new Thread(this::end, "brokers");
    private long copiedByEnded;
    private boolean closed;

    /**
     * No broker runs yet.
     *
     * @param zooKeeper where they register
     * @param settings which win over the usual ones
     */
    BrokerCluster(KafkaVersion version, Optional<String> zooKeeper, Map<String, String> settings) {
        this.version = version;
        this.zooKeeper = zooKeeper;
        this.settings = Map.copyOf(settings);
        try {
            this.folder = Files.createTempDirectory("reassign-brokers-");
        } catch (IOException e) {
            throw noFolder(e);
        }
        this.classes = folder.resolve("classes");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            for (Class<?> type : IN_BROKER) {
                extract(type);
            }
        } catch (IOException e) {
            close();
            throw noFolder(e);
        }
    }

    private static UncheckedIOException noFolder(IOException cause) {
        return new UncheckedIOException("no folder for brokers could be made; check the temporary folder", cause);
    }

    private void extract(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        Path target = classes.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            Files.copy(in, target);
        }
    }

    /** Where brokers register. */
    Optional<String> zooKeeper() {
        return zooKeeper;
    }

    /** The folder of a broker, which is made where it is missing. */
    BrokerFolder folder(int broker) {
        return new BrokerFolder(broker, folder.resolve(Integer.toString(broker)));
    }

    /** The process of a broker that runs. */
    Optional<BrokerProcess> running(int broker) {
        return Optional.ofNullable(processes.get(broker)).filter(BrokerProcess::isAlive);
    }

    /** The brokers that run. */
    SortedSet<Integer> running() {
        SortedSet<Integer> running = new TreeSet<>(processes.keySet());
        running.removeIf(broker -> running(broker).isEmpty());
        return running;
    }

    /**
     * Starts a broker, which must not run, with what it has on disk; returns before it has registered.
     *
     * @param jars the folder of Kafka's jars
     */
    BrokerProcess start(int broker, Optional<String> rack, Path jars) {
        BrokerFolder own = folder(broker);
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("broker " + broker + " is not started: the brokers have been ended");
            }
            try {
                Files.createDirectories(own.path());
                own.write(version, zooKeeper.orElseThrow(), rack, settings);
                BrokerProcess started = BrokerProcess.start(own, classes + File.pathSeparator + jars.resolve("*"));
                processes.put(broker, started);
                return started;
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "broker " + broker + " could not be started in " + own.path() + "; check the folder", e);
            }
        }
    }

    /** Ends a broker at once. */
    void kill(BrokerProcess process) {
        long copied = process.copied();
        process.kill();
        synchronized (this) {
            if (processes.values().remove(process)) {
                copiedByEnded += copied;
            }
        }
    }

    /** Bytes that all brokers have copied from each other, those that were killed included. */
    long copied() {
        long running =
                processes.values().stream().mapToLong(BrokerProcess::copied).sum();
        synchronized (this) {
            return copiedByEnded + running;
        }
    }

    private synchronized void end() {
        if (closed) {
            return;
        }
        closed = true;
        List<BrokerProcess> all = List.copyOf(processes.values());
        processes.clear();
        all.forEach(BrokerProcess::destroy);
        try {
            all.forEach(BrokerProcess::kill);
        } finally {
            deleteFolder();
        }
    }

    /** Where all is; it is there until the brokers are ended. */
    Path folder() {
        return folder;
    }

    private void deleteFolder() {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("the brokers' folder " + folder + " could not be deleted", e);
        }
    }

    @Override
    public void close() {
        try {
            end();
        } finally {
            Hooks.remove(hook);
        }
    }
}
