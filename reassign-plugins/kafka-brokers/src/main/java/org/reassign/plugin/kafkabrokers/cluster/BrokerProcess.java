package org.reassign.plugin.kafkabrokers.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A broker as a JVM of its own. It ends when it is killed, and by itself when this process ends. */
final class BrokerProcess implements ReplicaHolds.Holder {
    private static final long END_SECONDS = 10;
    private static final long ANSWER_SECONDS = 2;

    private final BrokerFolder folder;
    private final Process process;
    private final Writer toBroker;
    private final Map<String, CompletableFuture<Void>> applied = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Void> answer = new CompletableFuture<>();
    private volatile long copied;

    private BrokerProcess(BrokerFolder folder, Process process) {
        this.folder = folder;
        this.process = process;
        this.toBroker = process.outputWriter();
        Thread listening = new Thread(this::listen, "broker " + folder.id());
        listening.setDaemon(true);
        listening.start();
    }

    /**
     * Starts the broker of a folder, in which its settings have been written; returns before it is ready.
     *
     * @param classPath the jars of Kafka and the classes that run in the broker
     */
    static BrokerProcess start(BrokerFolder folder, String classPath) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-Xms64m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Dlog4j.configuration=" + folder.logging().toUri(),
                "-cp",
                classPath,
                BrokerMain.class.getName(),
                folder.settings().toString());
        return new BrokerProcess(
                folder,
                new ProcessBuilder(command)
                        .directory(folder.path().toFile())
                        .redirectError(ProcessBuilder.Redirect.appendTo(
                                folder.console().toFile()))
                        .start());
    }

    private void listen() {
        try (BufferedReader fromBroker = process.inputReader()) {
            for (String line = fromBroker.readLine(); line != null; line = fromBroker.readLine()) {
                String[] words = line.split(" ", 2);
                switch (words[0]) {
                    case "copied" -> {
                        copied = Long.parseLong(words[1]);
                        answer.complete(null);
                    }
                    case "applied" -> applied(words[1]).complete(null);
                    default -> {}
                }
            }
        } catch (IOException ended) {
            answer.complete(null);
        }
    }

    @Override
    public CompletableFuture<Void> applied(String number) {
        return applied.computeIfAbsent(number, any -> new CompletableFuture<>());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the process has ended. */
    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Why it has ended, as the broker has written it down. */
    @Override
    public String lastError() {
        return folder.lastError();
    }

    /**
     * Bytes that it has copied from other brokers since its start, by its metric ReplicationBytesInPerSec; of one that
     * has ended, or does not answer, those last heard of.
     */
    synchronized long copied() {
        if (process.isAlive()) {
            ask();
        }
        return copied;
    }

    private void ask() {
        answer = new CompletableFuture<>();
        try {
            toBroker.write("copied\n");
            toBroker.flush();
            answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (IOException | TimeoutException | ExecutionException endsOrHangs) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it at once, as kill -9 does, and waits for nothing; repeated calls do nothing. */
    void destroy() {
        process.destroyForcibly();
    }

    /**
     * Ends it at once, as kill -9 does, and waits for that, also where the thread is interrupted: what it writes must not
     * meet the deletion of its folder. Repeated calls do nothing.
     */
    void kill() {
        destroy();
        try {
            var unused =
                    process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException(
                    "process " + process.pid() + " of broker " + folder.id() + " did not end within " + END_SECONDS
                            + " s; end it with kill -9 " + process.pid(),
                    e);
        }
    }
}
